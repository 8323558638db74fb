import type { z } from 'zod'

type Issue = z.core.$ZodIssue

const nameOf = (issue: Issue): string => {
  const last = issue.path.findLast((part) => typeof part === 'string')
  return last === undefined ? '这个文件' : `“${String(last)}”`
}

const typeNames: Record<string, string> = {
  string: '文字（数字和日期请加引号）',
  number: '数',
  int: '整数',
  boolean: 'true 或者 false',
  array: '列表（每项以“- ”开头）',
  object: '带字段的条目',
  record: '带字段的条目',
}

export type Complaint = { readonly message: string; readonly remedy: string }

const ofType = (issue: z.core.$ZodIssueInvalidType): Complaint => {
  const expected = typeNames[issue.expected] ?? issue.expected
  if (issue.input === undefined) return { message: `缺少${nameOf(issue)}`, remedy: `补上这个字段，内容是${expected}` }
  return { message: `${nameOf(issue)}的内容不对`, remedy: `改成${expected}` }
}

const ofFormat = (issue: z.core.$ZodIssueInvalidStringFormat): Complaint => {
  const name = nameOf(issue)
  if (issue.format === 'date')
    return {
      message: `${name}不是存在的日期`,
      remedy: '写成 年-月-日，例如 2023-05-25；没有就写 null（限允许为空的字段）',
    }
  if (issue.pattern === '/\\S/') return { message: `${name}是空的`, remedy: '填上内容，或者删去这个字段' }
  return { message: `${name}的写法不对`, remedy: `按这个格式写：${issue.pattern ?? issue.format}` }
}

/** What a schema found wrong, in the words of the person who edits the file. */
export const complaintOf = (issue: Issue): Complaint => {
  const name = nameOf(issue)
  switch (issue.code) {
    case 'invalid_type':
      return ofType(issue)
    case 'invalid_format':
      return ofFormat(issue)
    case 'unrecognized_keys':
      return { message: `有不认识的字段：${issue.keys.join('、')}`, remedy: '检查拼写，或者删去' }
    case 'invalid_value':
      return { message: `${name}的值不在允许的范围内`, remedy: `只能是：${issue.values.map(String).join('、')}` }
    case 'too_small':
      return { message: `${name}太少或者太小`, remedy: `至少 ${issue.minimum}` }
    case 'too_big':
      return { message: `${name}太多、太长或者太大`, remedy: `最多 ${issue.maximum}` }
    case 'invalid_union':
      return {
        message: `${name}的写法不属于任何一种允许的形式`,
        remedy: issue.discriminator === undefined ? '照同一文件里其他条目的写法改' : `检查“${issue.discriminator}”的值`,
      }
    default:
      return { message: `${name}不符合要求`, remedy: '照同一文件里其他条目的写法改' }
  }
}
