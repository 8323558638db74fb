import { z } from 'zod'

/**
 * How far a rule was checked: confirmed, read in the text itself; secondary, also on another page;
 * single-source, one third party only; assumed, general knowledge; notFound, searched in vain.
 * Ordered from the surest down.
 */
export const confidences = ['confirmed', 'secondary', 'single-source', 'assumed', 'notFound'] as const

export const confidenceSchema = z.enum(confidences)

export type Confidence = z.output<typeof confidenceSchema>

/** A rule is as sure as its weakest part. */
export const weakest = (given: readonly Confidence[]): Confidence =>
  given.reduce<Confidence>((a, b) => (confidences.indexOf(b) > confidences.indexOf(a) ? b : a), 'confirmed')
