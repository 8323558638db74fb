import type { ReadScope } from '#server/platform/read.ts'

/** A city has four digits, a province two. */
const digitsOfCity = 4

/**
 * Of a wide scope so many rows are within reach that a list finds its page a few steps along its own order. The planner
 * cannot know: to row-level security every scope is a hundredth of all rows, and it would fetch and sort the whole of it.
 */
export const isWide = ({ bounds }: ReadScope, division?: string): boolean =>
  bounds.tenants.length === 0 && Math.max(bounds.lo.length, division?.length ?? 0) <= digitsOfCity

/** Runs one statement so that it walks along an index in the order asked for, whatever the planner expects to find. */
export const walking = async <T>({ client }: ReadScope, run: () => Promise<T>): Promise<T> => {
  const set = (to: 'on' | 'off') => client.query(`set local enable_sort = ${to}; set local enable_bitmapscan = ${to}`)
  // Sent without waiting for the answer: statements of one connection run in order.
  const [, done] = await Promise.all([set('off'), run(), set('on')])
  return done
}
