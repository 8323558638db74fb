import { z } from 'zod'
import { columnKeys, type Sort, sorts } from '#domain/register/columns.ts'
import { filterShape } from '#domain/register/filter.ts'

const sortNames = Object.keys(sorts) as [Sort, ...Sort[]]

/** What is on record of an export: which rows, by which filter, how many, in which form. Never the rows themselves. */
export const exported = z.object({
  format: z.enum(['xlsx', 'csv']),
  columns: z.array(z.enum(columnKeys)).min(1),
  filter: filterShape,
  sort: z.enum(sortNames),
  descending: z.boolean(),
  /** Day that 逾期 and the like were reckoned on. */
  on: z.string(),
  rows: z.number().int().min(0),
})

export type Exported = z.output<typeof exported>

/** As stored: columns and filters of a later version are not asked for again. */
export const storedExport = z.object({
  format: z.enum(['xlsx', 'csv']),
  columns: z.array(z.string()),
  filter: z.record(z.string(), z.string()),
  sort: z.string(),
  descending: z.boolean(),
  on: z.string(),
  rows: z.number().int(),
})
