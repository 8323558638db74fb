import { z } from 'zod'
import { type ColumnKey, defaultColumns, isColumnKey, type Sort, sorts } from '#domain/register/columns.ts'
import { type FilterName, filterTitles, type RegisterFilter, registerFilter } from '#domain/register/filter.ts'
import type { View } from '#domain/register/view.ts'

const sortNames = Object.keys(sorts) as [Sort, ...Sort[]]

/** The router reads `true` and `140404` out of an address as what they look like; here all are texts. */
export const asTexts = (search: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(search).map(([name, value]) => [
      name,
      typeof value === 'boolean' || typeof value === 'number' ? String(value) : value,
    ]),
  )

export const filterNames = Object.keys(filterTitles) as FilterName[]

/** Everything that makes the register look as it does stands in its address, so that it can be sent to a colleague. */
export const registerAddress = {
  ...registerFilter,
  columns: z.string().optional(),
  sort: z.enum(sortNames).optional(),
  descending: z.enum(['true', 'false']).optional(),
  /** The view it began as. */
  view: z.string().optional(),
  /** The row in the side panel: tenant and id. */
  row: z.string().optional(),
}

const address = z.object(registerAddress)
export type RegisterAddress = z.output<typeof address>

export const flagOf = (value: boolean): 'true' | 'false' => (value ? 'true' : 'false')

export const filterIn = (search: RegisterAddress): RegisterFilter => {
  const given = filterNames.flatMap((name) => {
    const value = search[name]
    return value === undefined || value === '' ? [] : [[name, value] as const]
  })
  return Object.fromEntries(given)
}

export const columnsIn = ({ columns }: RegisterAddress): readonly ColumnKey[] => {
  const named = columns?.split(',').filter(isColumnKey) ?? []
  return named.length > 0 ? [...new Set(named)] : defaultColumns
}

export const orderIn = ({ sort = 'found', descending }: RegisterAddress): { sort: Sort; descending: boolean } => ({
  sort,
  descending: descending ? descending === 'true' : sort === 'found',
})

/** The address of a view: the whole of it, so that nothing of what was before stays. */
export const addressOf = (view: Omit<View, 'name'>, key?: string): RegisterAddress => ({
  ...view.filter,
  columns: view.columns.join(','),
  sort: view.sort,
  descending: flagOf(view.descending),
  ...(key !== undefined && { view: key }),
})
