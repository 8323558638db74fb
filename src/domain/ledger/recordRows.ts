import type { Widget } from '#domain/field.ts'
import type { FieldWords, RecordWords } from '#domain/ledger/recordWords.ts'
import { formatYuan } from '#domain/money.ts'

/** One line of a disclosed record, in Chinese. */
export type RecordRow = { readonly name: string; readonly label: string; readonly text: string }

/** What stands under an event's commitment, by the names that the log seals, in the order in which a reader asks. */
const sealedLabels = {
  kind: '办理事项',
  receivedAt: '系统收到时间',
  capturedAt: '现场记录时间',
  role: '办理岗位',
  record: '内容',
  tenant: '单位编号',
  subject: '对象编号',
  version: '该对象的第几条记录',
  actor: '办理账号编号',
  provenance: '系统内部编号',
} as const

type SealedName = keyof typeof sealedLabels

const isSealedName = (name: string): name is SealedName => Object.keys(sealedLabels).includes(name)

export const sealedLabel = (name: string): string => (isSealedName(name) ? sealedLabels[name] : name)

const nothing = '（无）'

type Body = { readonly [name: string]: unknown }

const isBody = (value: unknown): value is Body => typeof value === 'object' && value !== null && !Array.isArray(value)

const asWritten = (value: unknown): string => {
  if (value === null || value === undefined) return nothing
  // Lines of a table that the record holds: a row each.
  if (Array.isArray(value) && value.length > 0 && value.every(isBody))
    return value.map((line) => Object.values(line).map(asWritten).join('，')).join('；')
  return typeof value === 'string' ? value : JSON.stringify(value)
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value])

const codeOf = (criterion: unknown): string =>
  isBody(criterion) && typeof criterion.code === 'string' ? criterion.code : asWritten(criterion)

type Words = { readonly words: RecordWords; readonly timeOf: (iso: string) => string }

const option = (value: unknown, { options }: FieldWords): string =>
  (typeof value === 'string' ? options?.[value] : undefined) ?? asWritten(value)

const instant = (value: unknown, { timeOf }: Words): string =>
  typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? timeOf(value) : asWritten(value)

/** Files stand in the record by their SHA-256; whoever holds one can compare it. */
const files = (value: unknown, unit: string): string => {
  const hashes = listOf(value)
  return hashes.length === 0 ? nothing : `${hashes.length} ${unit}：${hashes.map(asWritten).join('、')}`
}

const inWords: { readonly [W in Widget]?: (value: unknown, field: FieldWords, words: Words) => string } = {
  money: (value) => (typeof value === 'number' && Number.isSafeInteger(value) ? formatYuan(value) : asWritten(value)),
  percent: (value) => `${asWritten(value)}%`,
  instant: (value, _field, words) => instant(value, words),
  choice: (value, field) => option(value, field),
  choices: (value, field) =>
    listOf(value)
      .map((one) => option(one, field))
      .join('、') || nothing,
  check: (value) => (value === true ? '是' : value === false ? '否' : asWritten(value)),
  criteria: (value) => listOf(value).map(codeOf).join('、') || nothing,
  files: (value) => files(value, '个文件'),
  photos: (value) => files(value, '张照片'),
}

const ownProperty = <T>(table: Readonly<Record<string, T>>, name: unknown): T | undefined =>
  typeof name === 'string' && Object.keys(table).includes(name) ? table[name] : undefined

/** The record's body in the words of its own form; what the form does not know is shown as it stands. */
const bodyRows = (value: unknown, words: Words): readonly RecordRow[] => {
  if (!isBody(value) || !isBody(value.body))
    return [{ name: 'record', label: sealedLabels.record, text: asWritten(value) }]
  const fields = ownProperty(words.words.kinds, value.type)?.fields ?? {}
  return Object.entries(value.body).map(([name, one]) => {
    const field = ownProperty(fields, name)
    const text = (field && one !== null ? inWords[field.widget]?.(one, field, words) : undefined) ?? asWritten(one)
    return { name, label: field?.label ?? name, text }
  })
}

const rowsOf = (name: string, value: unknown, words: Words): readonly RecordRow[] => {
  const row = (text: string) => [{ name, label: sealedLabel(name), text }]
  switch (name) {
    case 'kind':
      return row(kindTitle(value, words.words) ?? asWritten(value))
    case 'role':
      return row(ownProperty(words.words.roles, value) ?? asWritten(value))
    case 'receivedAt':
    case 'capturedAt':
      return row(instant(value, words))
    case 'record':
      return bodyRows(value, words)
    default:
      return row(asWritten(value))
  }
}

export const kindTitle = (kind: unknown, { kinds }: RecordWords): string | undefined => ownProperty(kinds, kind)?.title

const order = (name: string): number => {
  const at = Object.keys(sealedLabels).indexOf(name)
  return at < 0 ? Object.keys(sealedLabels).length : at
}

/** The fields of a disclosure, from whatever hand it comes, as lines to be read. */
export const recordRows = (
  disclosed: readonly { readonly name: string; readonly value: unknown }[],
  words: RecordWords,
  timeOf: (iso: string) => string,
): readonly RecordRow[] =>
  [...disclosed]
    .sort((a, b) => order(a.name) - order(b.name))
    .flatMap(({ name, value }) => rowsOf(name, value, { words, timeOf }))
