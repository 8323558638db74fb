import { z } from 'zod'
import type { HandoverListed, HandoverShown, MovedItem } from '#contract/handover.ts'
import type { Actor } from '#domain/access/actor.ts'
import { maskName } from '#domain/access/mask.ts'
import type { HandoverItem } from '#domain/handover/item.ts'
import { fold, type HandoverState, handoverStatuses } from '#domain/handover/record.ts'
import { fold as foldHazard } from '#domain/hazard/evolve.ts'
import { isOpen } from '#domain/hazard/status.ts'
import { streamsOf } from '#server/dutyRecord/queries.ts'
import { exactTotalLimit } from '#server/platform/cursor.ts'
import { eventsOf, recordedEvent } from '#server/platform/load.ts'
import type { ReadScope } from '#server/platform/read.ts'

type Somebody = HandoverListed['from']

const personRow = z.object({ id: z.string(), post: z.string(), name: z.string().nullable() })

/** People by post, their names masked. */
const peopleById = async ({ client }: ReadScope, ids: readonly string[]): Promise<(personId: string) => Somebody> => {
  const { rows } = await client.query(
    `select p.id, p.post, s.name from read.person p
     left join private.person s on s.tenant_id = p.tenant_id and s.person_id = p.id where p.id = any($1::uuid[])`,
    [ids],
  )
  const found = new Map(rows.map((row) => personRow.parse(row)).map((person) => [person.id, person]))
  return (personId) => {
    const person = found.get(personId)
    return { personId, post: person?.post ?? '已不在名录', ...(person?.name && { name: maskName(person.name) }) }
  }
}

const listedRow = z.object({
  tenant_id: z.string(),
  id: z.string(),
  status: z.enum(['given', 'taken', 'withdrawn']),
  from_person: z.string(),
  to_person: z.string(),
  given_at: z.string(),
  ended_at: z.string().nullable(),
  items: z.number(),
})

const instant = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** The hand-overs of the actor's own house, latest first; those of the mines in reach are the mines' own. */
export const pageOfHandovers = async (
  scope: ReadScope,
  {
    actor,
    after,
    limit,
  }: { readonly actor: Actor; readonly after: readonly string[] | undefined; readonly limit: number },
): Promise<{ readonly found: readonly HandoverListed[]; readonly total: number }> => {
  const { rows } = await scope.client.query(
    `select tenant_id, id, status, from_person, to_person, ${instant('given_at')} as given_at, ${instant('ended_at')} as ended_at, items
     from read.handover where tenant_id = $1 and ($2::timestamptz is null or (given_at, id) < ($2, $3::uuid))
     order by given_at desc, id desc limit $4`,
    [actor.homeTenantId, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  )
  const counted = await scope.client.query<{ total: number }>(
    `select count(*)::int as total from (select from read.handover where tenant_id = $1 limit ${exactTotalLimit + 1}) as few`,
    [actor.homeTenantId],
  )
  const listed = rows.map((row) => listedRow.parse(row))
  const somebody = await peopleById(
    scope,
    listed.flatMap(({ from_person, to_person }) => [from_person, to_person]),
  )
  return {
    found: listed.map((row) => ({
      tenantId: row.tenant_id,
      id: row.id,
      status: row.status,
      statusTitle: handoverStatuses[row.status],
      from: somebody(row.from_person),
      to: somebody(row.to_person),
      givenAt: row.given_at,
      ...(row.ended_at && { endedAt: row.ended_at }),
      items: row.items,
      forMe: row.status === 'given' && row.to_person === actor.personId,
    })),
    total: counted.rows[0]?.total ?? 0,
  }
}

const fates = {
  pending: '等接收',
  moved: '责任人已改为接收人',
  withPost: '随岗位，由接收人继续办',
  toDo: '责任人还没有改，请另办',
  finished: '已办完',
} as const satisfies Record<MovedItem['fate'], string>

/** Where each item went: read from the records as they stand now, not from what was meant. */
const fateOf = async (scope: ReadScope, state: HandoverState): Promise<(item: HandoverItem) => MovedItem['fate']> => {
  if (state.status !== 'taken') return () => 'pending'
  const streams = await streamsOf(
    scope,
    state.items.filter(({ kind }) => kind === 'responsible' || kind === 'tracker'),
  )
  return ({ kind, streamId }) => {
    if (kind === 'waiting' || kind === 'sheet') return 'withPost'
    const hazard = foldHazard(streams.get(streamId) ?? [])
    if (!hazard) return 'toDo'
    if (kind === 'tracker')
      return hazard.facts.listing?.at(-1)?.tracker === state.to ? 'moved' : isOpen(hazard.status) ? 'toDo' : 'finished'
    if (hazard.five.responsible?.value === state.to) return 'moved'
    return isOpen(hazard.status) ? 'toDo' : 'finished'
  }
}

export const findHandover = async (
  scope: ReadScope,
  { tenantId, id }: { readonly tenantId: string; readonly id: string },
  actor: Actor,
): Promise<HandoverShown | undefined> => {
  if (tenantId !== actor.homeTenantId) return undefined
  const { rows } = await scope.client.query<{ kind: string; house: string | null; events: unknown[] }>(
    `select (select kind from core.stream where tenant_id = $1 and stream_id = $2) as kind,
       (select name from read.tenant where tenant_id = $1 and id = $1) as house, ${eventsOf} as events`,
    [tenantId, id],
  )
  const row = rows[0]
  if (row?.kind !== 'handover') return undefined
  const events = row.events.map(recordedEvent)
  const state = fold(events)
  if (!state) return undefined
  const somebody = await peopleById(scope, [state.from, state.to])
  const fate = await fateOf(scope, state)
  const concerned = [state.from, state.to].includes(actor.personId ?? '') || state.givenBy.accountId === actor.accountId
  return {
    tenantId,
    id,
    version: events.length,
    houseName: row.house ?? '',
    status: state.status,
    statusTitle: handoverStatuses[state.status],
    on: state.on,
    givenAt: state.givenAt,
    from: somebody(state.from),
    to: somebody(state.to),
    onBehalf: state.givenBy.personId !== state.from,
    ...(state.note && { note: state.note }),
    items: state.items.map((item) => ({ ...item, fate: fate(item), fateTitle: fates[fate(item)] })),
    more: state.more,
    ...(state.ended && {
      ended: { on: state.ended.on, at: state.ended.at, ...(state.ended.words && { words: state.ended.words }) },
    }),
    can: {
      take: state.status === 'given' && actor.personId === state.to,
      withdraw: state.status === 'given' && concerned,
    },
  }
}
