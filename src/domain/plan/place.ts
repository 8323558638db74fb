import { paragraphsAt } from './paragraphs.ts'
import type { PlanText } from './planText.ts'

/** A passage in one original: offsets (UTF-16, end not included) and the numbers of its paragraphs. */
export type Place = {
  readonly start: number
  readonly end: number
  readonly paragraphs: { readonly from: number; readonly to: number }
}

export const placed = ({ paragraphs }: PlanText, span: { readonly start: number; readonly end: number }): Place => ({
  ...span,
  paragraphs: paragraphsAt(paragraphs, span),
})
