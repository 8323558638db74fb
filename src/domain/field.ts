import { z } from 'zod'
import { calendarDate } from '#domain/calendarDate.ts'
import { fen } from '#domain/money.ts'
import { line, text } from '#domain/text.ts'

/**
 * Form fields as schema: one declaration validates the command, describes it in OpenAPI and draws it on both web
 * entries, so a new fact of the life cycle needs no form of its own.
 */
export type Widget =
  | 'line'
  | 'text'
  | 'date'
  | 'instant'
  | 'money'
  | 'percent'
  | 'number'
  | 'choice'
  | 'choices'
  | 'check'
  | 'files'
  | 'photos'
  | 'person'
  | 'people'
  | 'criteria'
  | 'hazard'

export type FieldMeta = {
  label: string
  widget: Widget
  help?: string
  options?: Record<string, string>
}

const fieldRegistry = z.registry<FieldMeta>()

const described = <S extends z.ZodType>(schema: S, meta: FieldMeta): S => {
  const titled = schema.describe(meta.label)
  fieldRegistry.add(titled, meta)
  return titled
}

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, '文件编号应为 64 位十六进制；请重新上传文件')
const identifier = z.uuid('编号格式不对；请从列表中选择')

export const field = {
  line: (label: string, { max = 100, help }: { max?: number; help?: string } = {}) =>
    described(line({ label, max, min: 1 }), { label, widget: 'line', ...(help ? { help } : {}) }),
  text: (label: string, { max = 2000, help }: { max?: number; help?: string } = {}) =>
    described(text({ label, max, min: 1 }), { label, widget: 'text', ...(help ? { help } : {}) }),
  date: (label: string, help?: string) =>
    described(calendarDate(), { label, widget: 'date', ...(help ? { help } : {}) }),
  instant: (label: string, help?: string) =>
    described(z.iso.datetime({ offset: true, error: `${label}应写明日期和时间` }), {
      label,
      widget: 'instant',
      ...(help ? { help } : {}),
    }),
  money: (label: string, help?: string) => described(fen(), { label, widget: 'money', ...(help ? { help } : {}) }),
  percent: (label: string) =>
    described(z.number().int().min(0, `${label}不小于 0`).max(100, `${label}不大于 100`), { label, widget: 'percent' }),
  count: (label: string) => described(z.number().int().min(0, `${label}不小于 0`), { label, widget: 'number' }),
  choice: <const O extends Record<string, string>>(label: string, options: O, help?: string) =>
    described(z.enum(Object.keys(options) as [keyof O & string, ...(keyof O & string)[]], `请从列表中选择${label}`), {
      label,
      widget: 'choice',
      options,
      ...(help ? { help } : {}),
    }),
  check: (label: string, help?: string) =>
    described(z.boolean(), { label, widget: 'check', ...(help ? { help } : {}) }),
  files: (label: string, help?: string) =>
    described(z.array(sha256).max(20, '一次最多 20 个文件'), { label, widget: 'files', ...(help ? { help } : {}) }),
  photos: (label: string, help?: string) =>
    described(z.array(sha256).max(20, '一次最多 20 张'), { label, widget: 'photos', ...(help ? { help } : {}) }),
  person: (label: string, help?: string) =>
    described(identifier, { label, widget: 'person', ...(help ? { help } : {}) }),
  people: (label: string, help?: string) =>
    described(z.array(identifier).max(30), { label, widget: 'people', ...(help ? { help } : {}) }),
  criteria: (label: string, help?: string) =>
    described(z.array(z.string().regex(/^[A-Z]{2,3}-\d{2}(-\d+)?$/, '判定标准编号格式不对，例如 OP-06')).max(8), {
      label,
      widget: 'criteria',
      ...(help ? { help } : {}),
    }),
  hazard: (label: string, help?: string) =>
    described(identifier, { label, widget: 'hazard', ...(help ? { help } : {}) }),
}

/** Reads the field's description back, through optional and default wrappers. */
export const fieldMeta = (schema: z.core.$ZodType): FieldMeta | undefined => {
  const meta = fieldRegistry.get(schema)
  if (meta) return meta
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable) {
    return fieldMeta(schema.unwrap())
  }
  return undefined
}

export const isRequired = (schema: z.ZodType): boolean => !schema.safeParse(undefined).success
