import { exactTotalLimit, writeCursor } from '#server/platform/cursor.ts'

export type ShownPage<T> = { items: T[]; next?: string; total: number; totalIsExact: boolean }

/**
 * A page of a list paged by key.
 * @param found one row more than the page holds, when there is one: it says that another page follows
 * @param keyOf what stands in the cursor: the key of the last row shown
 */
export const shownPage = <T>(
  found: readonly T[],
  {
    limit,
    total,
    keyOf,
  }: { readonly limit: number; readonly total: number; readonly keyOf: (row: T) => readonly string[] },
): ShownPage<T> => {
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return {
    items,
    ...(found.length > limit && last !== undefined && { next: writeCursor(...keyOf(last)) }),
    total: Math.min(total, exactTotalLimit),
    totalIsExact: total <= exactTotalLimit,
  }
}
