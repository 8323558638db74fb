import { z } from 'zod'
import { calendarDate } from '#domain/calendarDate.ts'
import type { Sort } from '#domain/register/columns.ts'
import type { Bind } from '#server/register/conditions.ts'

export type Order = { readonly sort: Sort; readonly descending: boolean }

const number = z.string().max(100)

/** What stands in a cursor: the key of the last row seen, by which the list is put into order. */
export const cursorKeys = {
  found: z.tuple([calendarDate(), z.uuid()]),
  due: z.tuple([calendarDate(), z.uuid()]),
  number: z.tuple([number, z.uuid()]),
  mine: z.tuple([number, z.uuid(), calendarDate(), z.uuid()]),
} as const satisfies Record<Sort, z.ZodType>

/** A hazard without a deadline is due after all others. */
export const noDeadline = '9999-12-31'

type Plain = Exclude<Sort, 'mine'>

/** Written as the indexes are. */
const keys: Readonly<Record<Plain, { readonly text: string; readonly type: string }>> = {
  found: { text: 'h.found_on', type: 'date' },
  due: { text: `coalesce(h.due_on, date '${noDeadline}')`, type: 'date' },
  number: { text: 'h.number collate "C"', type: 'text' },
}

export const orderBy = ({ sort, descending }: Order & { readonly sort: Plain }): string => {
  const way = descending ? 'desc' : 'asc'
  return `${keys[sort].text} ${way}, h.id ${way}`
}

/** The key beside the rows of a subquery, so that what is asked of it outside is known to be in its order still. */
export const keyColumn = (sort: Plain): string => `${keys[sort].text} as sort_key`

export const orderByKey = ({ descending }: Order): string => {
  const way = descending ? 'desc' : 'asc'
  return `h.sort_key ${way}, h.id ${way}`
}

export const afterKey = (
  { sort, descending }: Order & { readonly sort: Plain },
  [key, id]: readonly string[],
  bind: Bind,
): string => {
  const { text, type } = keys[sort]
  return `(${text}, h.id) ${descending ? '<' : '>'} (${bind(key)}::${type}, ${bind(id)}::uuid)`
}
