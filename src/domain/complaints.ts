import { z } from 'zod'

const kinds: Readonly<Record<string, string>> = {
  string: '应是文字',
  number: '应是数字',
  int: '应是整数',
  boolean: '应是“是”或“否”',
  array: '应是一列内容',
  object: '应是一组内容',
  record: '应是一组内容',
}

const bound = (issue: { origin: string; inclusive?: boolean | undefined }, limit: number | bigint, least: boolean) => {
  if (issue.origin === 'string') return least ? `至少 ${limit} 个字` : `最多 ${limit} 个字`
  if (issue.origin === 'array' || issue.origin === 'set') return least ? `至少 ${limit} 项` : `最多 ${limit} 项`
  const closed = issue.inclusive !== false
  if (least) return closed ? `不能小于 ${limit}` : `应大于 ${limit}`
  return closed ? `不能大于 ${limit}` : `应小于 ${limit}`
}

const formats: Readonly<Record<string, string>> = {
  uuid: '编号格式不对，请从列表中选择',
  datetime: '应写明日期、时间和时区',
}

/** What a schema says where a field gives no words of its own: plain Chinese, no names of types. */
const complaint: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? '没有填写，请填写' : (kinds[issue.expected] ?? '格式不对')
    case 'too_small':
      return bound(issue, issue.minimum, true)
    case 'too_big':
      return bound(issue, issue.maximum, false)
    case 'invalid_format':
      return formats[issue.format] ?? '格式不对'
    case 'invalid_value':
      return '请从列表中选择'
    case 'unrecognized_keys':
      return '表上没有这一项，请去掉'
    default:
      return '格式不对'
  }
}

z.config({ localeError: complaint })
