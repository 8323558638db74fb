import { z } from 'zod'

/** Field kinds that the rulebook's files share. */

// Not trimmed: a quote or a criterion is kept character for character.
export const wording = z.string().regex(/\S/)

export const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]*$/)

/** A legal date is a calendar day, YYYY-MM-DD, that exists. */
export const day = z.iso.date()

export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/)
