import type { ReadScope } from '#server/platform/read.ts'

/** A city has four digits, a province two. */
const digitsOfCity = 4

/**
 * Of a wide scope so many rows are within reach that a list finds its page a few steps along its own order. The planner
 * cannot know: to row-level security every scope is a hundredth of all rows, and it would fetch and sort the whole of it.
 */
export const isWide = ({ bounds }: ReadScope, division?: string): boolean =>
  bounds.tenants.length === 0 && Math.max(bounds.lo.length, division?.length ?? 0) <= digitsOfCity

/** What reads a whole table or scope where a few steps by an index would do; with each page's joins, mines one by one too. */
const methods = ['sort', 'bitmapscan', 'seqscan', 'material'] as const

/** Runs one statement so that it walks along an index in the order asked for, whatever the planner expects to find. */
export const walking = async <T>({ client }: ReadScope, run: () => Promise<T>): Promise<T> => {
  const set = (to: 'on' | 'off') =>
    client.query(
      [
        ...methods.map((method) => `set local enable_${method} = ${to}`),
        // Of two indexes in one order the planner, who expects to read all of it, else takes the one whose rows lie together.
        `set local random_page_cost = ${to === 'off' ? '1' : 'default'}`,
      ].join('; '),
    )
  await set('off')
  const done = await run()
  await set('on')
  return done
}
