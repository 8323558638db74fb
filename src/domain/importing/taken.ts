import { z } from 'zod'
import { importKindNames } from './kinds/kinds.ts'
import { rowOutcomes } from './settle.ts'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, '应是 64 位的 SHA-256')

/** Header as written → key of the column; null: not to be taken. */
export const corrections = z.record(z.string().min(1).max(200), z.string().max(60).nullable())

/**
 * What stands in the record of an import: which workbook, how its headers were read, which rows were taken and how, and
 * the digest of what those rows became. The rows themselves follow, one command each.
 */
export const taken = z.object({
  kind: z.enum(importKindNames),
  /** SHA-256 of the workbook. */
  file: sha256,
  corrections,
  rows: z
    .array(
      z.object({
        sheet: z.string().max(200),
        fate: z.enum(rowOutcomes),
        /** `3-120,122` */
        rows: z.string().max(200_000),
        count: z.number().int().min(1),
      }),
    )
    .max(500),
  /** Rows that were bad and left out, because a person chose to take the good ones. */
  left: z.number().int().min(0),
  /** SHA-256 over the commands of the rows taken, without personal data. */
  digest: sha256,
})

export type Taken = z.infer<typeof taken>

export const countOf = ({ rows }: Taken, fate: (typeof rowOutcomes)[number]): number =>
  rows.filter((one) => one.fate === fate).reduce((sum, { count }) => sum + count, 0)
