import fc from 'fast-check'
import { z } from 'zod'
import { addDays } from '#domain/calendarDate.ts'
import { fieldMeta } from '#domain/field.ts'
import { bureauId, mineId, otherHazardId, paper, person, photo, today } from '#tests/support/hazardStream.ts'

const persons = fc.integer({ min: 1, max: 5 }).map(person)

/** Days around the day of the act: most of the time it is entered the same day. */
const day = (around: string) => fc.integer({ min: -4, max: 45 }).map((days) => addDays(around, days))
const happened = (around: string) => fc.integer({ min: -3, max: 1 }).map((days) => addDays(around, days))

const plain = (schema: z.core.$ZodType, around: string): fc.Arbitrary<unknown> => {
  const meta = fieldMeta(schema)
  switch (meta?.widget) {
    case 'line':
    case 'text':
      return fc.constantFrom('一', '北帮坡脚', '已处置，见附件')
    case 'date':
      return meta.label === '日期' ? happened(around) : day(around)
    case 'money':
      return fc.integer({ min: 0, max: 100_000_000 })
    case 'percent':
      return fc.integer({ min: 0, max: 100 })
    case 'number':
      return fc.nat({ max: 60 })
    case 'choice':
      return fc.constantFrom(...Object.keys(meta.options ?? {}))
    case 'check':
      return fc.boolean()
    case 'files':
    case 'photos':
      return fc.subarray([photo, paper])
    case 'person':
      return persons
    case 'people':
      return fc.uniqueArray(persons, { maxLength: 3 })
    case 'criteria':
      return fc.subarray(['OP-03', 'OP-06'])
    case 'hazard':
      return fc.constant(otherHazardId)
    default:
      return fc.constantFrom(mineId, bureauId)
  }
}

const arbitraryOf = (schema: z.core.$ZodType, around: string): fc.Arbitrary<unknown> =>
  schema instanceof z.ZodOptional
    ? fc.option(arbitraryOf(schema.unwrap(), around), { nil: undefined, freq: 3 })
    : plain(schema, around)

/** Bodies as the act's own form allows them, read from its schema: what is optional is left out now and then. */
export const arbitraryBody = (body: z.ZodObject, around: string = today): fc.Arbitrary<Record<string, unknown>> =>
  fc
    .record(Object.fromEntries(Object.entries(body.shape).map(([name, member]) => [name, arbitraryOf(member, around)])))
    .map((members) => Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)))
