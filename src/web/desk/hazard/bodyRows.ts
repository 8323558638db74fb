import type { Widget } from '#domain/field.ts'
import { type FormField, formFields } from '#web/desk/act/shape.ts'
import { dateTimeOf, formatYuan } from '#web/parts/words.ts'

export type BodyRow = { readonly name: string; readonly label: string; readonly text: string }

export type Names = {
  readonly people?: Readonly<Record<string, string>>
  readonly hazards?: Readonly<Record<string, string>>
}

const codeOf = (criterion: unknown): string =>
  typeof criterion === 'object' && criterion !== null && 'code' in criterion
    ? String(criterion.code)
    : String(criterion)

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value])

const inWords: { readonly [W in Widget]?: (value: unknown, field: FormField, names: Names) => string } = {
  money: (value) => (typeof value === 'number' ? formatYuan(value) : String(value)),
  percent: (value) => `${value}%`,
  instant: (value) => dateTimeOf(String(value)),
  choice: (value, { meta }) => meta.options?.[String(value)] ?? String(value),
  choices: (value, { meta }) =>
    listOf(value)
      .map((one) => meta.options?.[String(one)] ?? String(one))
      .join('、'),
  check: (value) => (value ? '是' : '否'),
  person: (value, _field, { people }) => people?.[String(value)] ?? '（已登记人员）',
  people: (value, _field, { people }) =>
    listOf(value)
      .map((one) => people?.[String(one)] ?? '（已登记人员）')
      .join('、'),
  criteria: (value) => listOf(value).map(codeOf).join('、'),
  hazard: () => '见关联隐患',
  files: (value) => `${listOf(value).length} 个文件`,
  photos: (value) => `${listOf(value).length} 张`,
}

/** A record's body in the words of its own form, in the form's order; `on` stands in the heading already. */
export const bodyRows = (act: string, body: Readonly<Record<string, unknown>>, names: Names): readonly BodyRow[] =>
  formFields(act).flatMap((field): BodyRow[] => {
    const value = body[field.name]
    const nothing = value === undefined || value === null || (Array.isArray(value) && value.length === 0)
    if (nothing || field.name === 'on') return []
    const text = inWords[field.meta.widget]?.(value, field, names) ?? String(value)
    return [{ name: field.name, label: field.meta.label, text }]
  })

/** The files a record names, in the order of its fields. */
export const bodyFiles = (
  act: string,
  body: Readonly<Record<string, unknown>>,
): readonly { readonly name: string; readonly label: string; readonly sha256: readonly string[] }[] =>
  formFields(act).flatMap(({ name, meta }) => {
    const value = body[name]
    if (meta.widget !== 'files' && meta.widget !== 'photos') return []
    return Array.isArray(value) && value.length > 0 ? [{ name, label: meta.label, sha256: value.map(String) }] : []
  })
