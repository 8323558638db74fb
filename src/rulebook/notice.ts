import { z } from 'zod'
import { confidenceSchema } from './confidence.ts'
import { day, id, sha256Hex, wording } from './fields.ts'
import type { Obligation } from './obligation.ts'
import type { Phase } from './phase.ts'
import type { Quote } from './quote.ts'

export const noticeFileSchema = z.strictObject({
  id,
  title: wording,
  documentNumber: wording,
  issuer: wording,
  division: z.string().regex(/^\d{6}$/),
  issuedOn: day.nullable(),
  issuedOnNote: wording.optional(),
  /** The days its duties are counted for. */
  inForce: z.strictObject({ from: day, to: day, confidence: confidenceSchema, why: wording }),
  /** Of the original bytes, with the officials' names; the copy in notice.txt has ××× instead. */
  originalSha256: sha256Hex,
  /** The criteria that the notice tells the mines to check themselves against. */
  criteriaPack: id,
})

export const annexFileSchema = z.strictObject({
  lines: z.array(z.strictObject({ code: id, quote: wording })).min(1),
})

export const noDutyFileSchema = z.strictObject({
  noDuty: z.array(z.strictObject({ reason: wording, quotes: z.array(wording).min(1) })).min(1),
})

/** Span of the notice that states a criterion or one of its situations. */
export type AnnexLine = { readonly code: string; readonly quote: Quote }

export type NoDuty = { readonly reason: string; readonly quotes: readonly Quote[] }

export type Notice = z.output<typeof noticeFileSchema> & {
  readonly text: string
  readonly phases: readonly Phase[]
  readonly obligations: readonly Obligation[]
  readonly annex: readonly AnnexLine[]
  readonly noDuty: readonly NoDuty[]
  readonly version: string
}
