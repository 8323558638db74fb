import { openStatuses } from '#domain/hazard/status.ts'
import type { RegisterFilter } from '#domain/register/filter.ts'
import { postsOf } from '#server/org/posts.ts'
import { exactTotalLimit } from '#server/platform/cursor.ts'
import type { ReadScope } from '#server/platform/read.ts'
import { isWide, walking } from '#server/platform/wide.ts'
import {
  type Asked,
  type Bind,
  conditionsOf,
  hazardsAsked,
  parameters,
  withinBounds,
} from '#server/register/conditions.ts'
import { hazardColumns, type Line, lineColumns, lineJoins, type Posts, readLine } from '#server/register/lines.ts'
import { afterKey, keyColumn, type Order, orderBy, orderByKey } from '#server/register/order.ts'
import { alongTheOrder, findRows } from '#server/register/search.ts'

export type RegisterQuery = {
  readonly filter: RegisterFilter
  readonly order: Order
  readonly today: string
  readonly accountId: string
  /** Key of the last row seen. */
  readonly after?: readonly string[] | undefined
  /** Left out: all rows. */
  readonly limit?: number | undefined
}

const isOpenStatus = (status: string | undefined): boolean => openStatuses.some((open) => open === status)

const limitOf = ({ limit }: RegisterQuery): string => (limit === undefined ? '' : `limit ${limit}`)

/** Mine after mine in the order of their codes, each with its newest first: no index of hazards knows the mines' codes. */
const byMine = (scope: ReadScope, query: RegisterQuery, asked: Asked, bind: Bind): string => {
  const way = query.order.descending ? 'desc' : 'asc'
  const conditions = [...conditionsOf(scope, asked, bind), 'h.mine_id = m.id']
  const mines = [withinBounds(scope, 'm', bind)]
  if (query.after) {
    const [code, mine, foundOn, id] = query.after
    const last = bind(mine)
    mines.push(`(m.code, m.id) ${query.order.descending ? '<=' : '>='} (${bind(code)}, ${last}::uuid)`)
    conditions.push(`(m.id <> ${last}::uuid or (h.found_on, h.id) < (${bind(foundOn)}::date, ${bind(id)}::uuid))`)
  }
  return `select ${hazardColumns.replaceAll('h.', 'f.')} from (
      select m.id, m.code from read.mine m where ${mines.join(' and ')}
      order by m.code ${way}, m.id ${way} offset 0) m
    cross join lateral (
      select ${hazardColumns} from ${hazardsAsked(asked, bind)} where ${conditions.join(' and ')}
      order by h.found_on desc, h.id desc ${limitOf(query)}) f
    order by m.code ${way}, m.id ${way}, f.found_on desc, f.id desc ${limitOf(query)}`
}

/** Lines in the wanted order, as one statement. */
export const linesText = (scope: ReadScope, query: RegisterQuery, asked: Asked, bind: Bind): string => {
  const { sort, descending } = query.order
  const way = descending ? 'desc' : 'asc'
  if (sort === 'mine')
    return `select ${lineColumns} from (${byMine(scope, query, asked, bind)}) h ${lineJoins}
      order by m.code ${way}, m.id ${way}, h.found_on desc, h.id desc`
  const order = { sort, descending } as const
  const conditions = [
    ...conditionsOf(scope, asked, bind),
    // Said beside the status, so that what is open is found by the indexes of that.
    ...(asked.filter.asOf === undefined && isOpenStatus(asked.filter.status) ? ['h.open'] : []),
    ...(query.after ? [afterKey(order, query.after, bind)] : []),
  ]
  return `select ${lineColumns} from (
      select ${hazardColumns} from ${hazardsAsked(asked, bind)} where ${conditions.join(' and ')}
      order by ${orderBy(order)} ${limitOf(query)}) h ${lineJoins}
    order by ${orderBy(order)}`
}

/** So far along its order a list is followed for a page, before everything its filters leave is fetched and sorted. */
const stepsAlongTheOrder = 2_000

/** What an index in the list's own order is partial by, or begins with; written as the indexes are. */
const leading = ({ filter }: RegisterQuery, sort: Order['sort'], bind: Bind): readonly string[] => [
  ...(filter.open === 'true' || filter.overdue === 'true' || isOpenStatus(filter.status) ? ['h.open'] : []),
  ...(filter.grade ? [`h.grade = '${filter.grade}'`] : []),
  ...(filter.listed && filter.listed !== 'never' ? ['h.listed'] : []),
  ...(filter.stop ? ['h.stop is not null'] : []),
  ...(filter.criterion ? [`h.criteria <> '{}'`] : []),
  ...(sort === 'found' && filter.foundFrom ? [`h.found_on >= ${bind(filter.foundFrom)}::date`] : []),
  ...(sort === 'found' && filter.foundTo ? [`h.found_on <= ${bind(filter.foundTo)}::date`] : []),
]

/** Filters that an index of their own serves better than any walk, and registers that are no table in order. */
const isNarrow = ({ filter, order, limit }: RegisterQuery, { found }: Asked): boolean =>
  order.sort === 'mine' ||
  limit === undefined ||
  found !== undefined ||
  (filter.mineId ?? filter.companyId ?? filter.asOf ?? filter.reportedByMe) !== undefined

/** A page met within a few steps along the order; nothing where it is not filled by then. */
const pageAlongTheOrder = async (
  scope: ReadScope,
  query: RegisterQuery,
  asked: Asked,
): Promise<readonly Line[] | undefined> => {
  const { sort, descending } = query.order
  if (sort === 'mine' || isNarrow(query, asked) || !isWide(scope, query.filter.division)) return undefined
  const order = { sort, descending } as const
  const { values, bind } = parameters()
  const steps = [...leading(query, sort, bind), ...(query.after ? [afterKey(order, query.after, bind)] : [])]
  const text = `select ${lineColumns} from (
      select ${hazardColumns} from (
        select *, ${keyColumn(sort)} from read.hazard h where ${['true', ...steps].join(' and ')}
        order by ${orderBy(order)} limit ${stepsAlongTheOrder}) h
      where ${conditionsOf(scope, asked, bind).join(' and ')}
      order by ${orderByKey(order)} ${limitOf(query)}) h ${lineJoins}
    order by ${orderBy(order)}`
  const { rows } = await walking(scope, () => scope.client.query(text, values))
  return rows.length === query.limit ? rows.map(readLine) : undefined
}

export const askedOf = async (
  scope: ReadScope,
  { filter, today, accountId }: Pick<RegisterQuery, 'filter' | 'today' | 'accountId'>,
): Promise<Asked> => ({ filter, today, accountId, found: await findRows(scope, filter) })

export const pageOfRegister = async (scope: ReadScope, query: RegisterQuery): Promise<readonly Line[]> => {
  const asked = await askedOf(scope, query)
  const met = await pageAlongTheOrder(scope, query, asked)
  if (met) return met
  const { values, bind } = parameters()
  const text = linesText(scope, query, asked, bind)
  const run = () => scope.client.query(text, values)
  // Mine by mine along its own days: the planner would else look up the whole scope again for each.
  const byMines = query.order.sort === 'mine' && asked.found === undefined
  const { rows } = await (byMines ? walking(scope, run) : alongTheOrder(scope, asked.found, run))
  return rows.map(readLine)
}

/** How many rows match; no further than `most` + 1 where it is given. */
export const countRegister = async (scope: ReadScope, asked: Asked, most?: number): Promise<number> => {
  const { values, bind } = parameters()
  const where = conditionsOf(scope, asked, bind).join(' and ')
  const from = hazardsAsked(asked, bind)
  const few = most === undefined ? '' : `limit ${most + 1}`
  const { rows } = await scope.client.query<{ total: number }>(
    `select count(*)::int as total from (select from ${from} where ${where} ${few}) as few`,
    values,
  )
  return rows[0]?.total ?? 0
}

/** Nothing but words and division: the search itself has counted. */
const searchAlone = ({ search: _search, division: _division, ...rest }: RegisterFilter): boolean =>
  Object.values(rest).every((value) => value === undefined)

export const totalOf = async (
  scope: ReadScope,
  given: Pick<RegisterQuery, 'filter' | 'today' | 'accountId'>,
): Promise<number> => {
  const found = await findRows(scope, given.filter, exactTotalLimit)
  if (found?.kind === 'words' && searchAlone(given.filter)) return exactTotalLimit + 1
  return countRegister(scope, { ...given, found }, exactTotalLimit)
}

/** Posts of persons, asked for once each: an export meets the same few again and again. */
export const postKeeper = (scope: ReadScope) => {
  const posts = new Map<string, string>()
  const asked = new Set<string>()
  return async (ids: readonly string[]): Promise<Posts> => {
    const fresh = [...new Set(ids)].filter((id) => !asked.has(id))
    if (fresh.length === 0) return posts
    for (const id of fresh) asked.add(id)
    for (const [id, post] of Object.entries(await postsOf(scope, fresh))) posts.set(id, post)
    return posts
  }
}
