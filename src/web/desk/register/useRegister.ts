import { useInfiniteQuery } from '@tanstack/react-query'
import { readRegister } from '#contract/register.ts'
import type { ColumnKey, Sort } from '#domain/register/columns.ts'
import type { RegisterFilter } from '#domain/register/filter.ts'
import { keyOf } from '#web/desk/queries.ts'
import { flagOf } from '#web/desk/register/address.ts'
import { api, must } from '#web/parts/api.ts'

type Wanted = {
  readonly filter: RegisterFilter
  readonly columns: readonly ColumnKey[]
  readonly sort: Sort
  readonly descending: boolean
}

/** The rows of the register, page after page; what stood there before stays until the new ones are there. */
export const useRegister = ({ filter, columns, sort, descending }: Wanted) => {
  const query = {
    ...filter,
    sort,
    descending: flagOf(descending),
    columns: columns.join(','),
    limit: 100,
  }
  return useInfiniteQuery({
    queryKey: [...keyOf(readRegister, query), 'rows'],
    queryFn: async ({ pageParam }) =>
      must(await api.call(readRegister, { query: { ...query, ...(pageParam && { after: pageParam }) } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next,
    placeholderData: (before) => before,
  })
}
