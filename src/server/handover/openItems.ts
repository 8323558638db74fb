import { z } from 'zod'
import type { Actor } from '#domain/access/actor.ts'
import { type Role, roleNames, sideOf } from '#domain/access/role.ts'
import type { RecordedEvent } from '#domain/event.ts'
import { type HandoverItem, mostItems } from '#domain/handover/item.ts'
import { fold } from '#domain/hazard/evolve.ts'
import { latest } from '#domain/hazard/facts.ts'
import { listingStands } from '#domain/hazard/standing.ts'
import type { HazardState } from '#domain/hazard/state.ts'
import { isOpen } from '#domain/hazard/status.ts'
import { actsOfRole } from '#server/home/actsOfRole.ts'
import { mattersFor } from '#server/home/queries.ts'
import { eventsIn, recordedEvent } from '#server/platform/load.ts'
import type { ReadScope } from '#server/platform/read.ts'

const candidate = z.object({
  tenant_id: z.string(),
  id: z.string(),
  number: z.string(),
  place: z.string().nullable(),
  mine_name: z.string().nullable(),
  events: z.array(z.unknown()),
})

type Named = z.infer<typeof candidate> & { readonly state: HazardState }

const foldedOf = (row: unknown): readonly Named[] => {
  const found = candidate.parse(row)
  const events: readonly RecordedEvent[] = found.events.map(recordedEvent)
  const state = fold(events)
  return state ? [{ ...found, state }] : []
}

/** Hazards that some record names the person in; whether he still is what the record made him, the state says. */
const naming = async ({ client, bounds }: ReadScope, where: string, personId: string): Promise<readonly Named[]> => {
  const { rows } = await client.query(
    `select h.tenant_id, h.id, h.number, h.place, m.name as mine_name, ${eventsIn('h.tenant_id', 'h.id')} as events
     from read.hazard h left join read.mine m on m.tenant_id = h.mine_id and m.id = h.mine_id
     where ((h.div >= $1 and h.div < $2) or h.tenant_id = any($3::uuid[])) and ${where}
     order by h.due_on nulls last, h.number limit 2000`,
    [bounds.lo, bounds.hi, bounds.tenants, personId],
  )
  return rows.flatMap(foldedOf)
}

const named = (field: string): string => `exists (
  select from core.event e where e.tenant_id = h.tenant_id and e.stream_id = h.id and e.body ->> '${field}' = $4::text)`

const itemOf = ({ tenant_id, id, number, place, mine_name, state }: Named) => ({
  tenantId: tenant_id,
  streamId: id,
  number,
  ...(place && { place }),
  ...(mine_name && { mineName: mine_name }),
  ...(state.due && { dueOn: state.due }),
})

const responsibleFor = async (scope: ReadScope, personId: string): Promise<readonly HandoverItem[]> =>
  (await naming(scope, `h.open and ${named('responsible')}`, personId))
    .filter(({ state }) => isOpen(state.status) && state.five.responsible?.value === personId)
    .map((hazard) => ({ kind: 'responsible', title: '整改到销号', ...itemOf(hazard) }))

const tracking = async (scope: ReadScope, personId: string): Promise<readonly HandoverItem[]> =>
  (await naming(scope, `h.listing_stands and ${named('tracker')}`, personId))
    .filter(({ state }) => listingStands(state) && latest(state.facts.listing)?.tracker === personId)
    .map((hazard) => ({ kind: 'tracker', title: '跟踪督办到摘牌', ...itemOf(hazard) }))

/** More nobody reads through when taking over; the rest is counted. */
const mostHandedOver = 300

const waitingFor = async (scope: ReadScope, role: Role, today: string) => {
  const side = sideOf(role) === 'mine' ? 'mine' : 'bureau'
  const { shown, total } = await mattersFor(scope, {
    side,
    acts: actsOfRole(role),
    today,
    most: mostHandedOver,
    countAll: true,
  })
  const items = shown.map(
    ({ tenantId, hazardId, number, place, mineName, title, dueOn }): HandoverItem => ({
      kind: 'waiting',
      tenantId,
      streamId: hazardId,
      number,
      title,
      ...(place && { place }),
      ...(mineName && { mineName }),
      ...(dueOn && { dueOn }),
    }),
  )
  return { items, more: total - items.length }
}

const sheetRow = z.object({ tenant_id: z.string(), id: z.string(), month: z.string(), waits: z.boolean() })

/** Months whose sheet was begun and is not signed: the principal's to sign, the others' to finish. */
const unsignedSheets = async ({ client }: ReadScope, tenantId: string): Promise<readonly HandoverItem[]> => {
  const { rows } = await client.query(
    'select tenant_id, id, month, waits from read.self_check where tenant_id = $1 and (not done or waits) order by month',
    [tenantId],
  )
  return rows
    .map((row) => sheetRow.parse(row))
    .map(({ tenant_id, id, month, waits }) => ({
      kind: 'sheet',
      tenantId: tenant_id,
      streamId: id,
      title: `${month} 月排查${waits ? '等主要负责人签字' : '没有查完'}`,
    }))
}

/** Which posts somebody holds, as his accounts say. */
const rolesOf = async ({ client }: ReadScope, personId: string): Promise<readonly Role[]> => {
  const { rows } = await client.query<{ role: string }>(
    `select distinct g ->> 'role' as role from read.account a cross join lateral jsonb_array_elements(a.grants) as g
     where a.person_id = $1`,
    [personId],
  )
  return roleNames.filter((role) => rows.some((row) => row.role === role))
}

export type OpenItems = { readonly items: HandoverItem[]; readonly more: number }

/** Everything that is open in somebody's name or waits for his post: what he must not leave without handing over. */
export const openItems = async (
  scope: ReadScope,
  { actor, personId, today }: { readonly actor: Actor; readonly personId: string; readonly today: string },
): Promise<OpenItems> => {
  const own = personId === actor.personId
  const [role = actor.role] = own ? [actor.role] : await rolesOf(scope, personId)
  const waiting = await waitingFor(scope, role, today)
  // Only people of a mine are responsible for the work, only officers for following it up.
  const named =
    sideOf(role) === 'mine'
      ? [...(await responsibleFor(scope, personId)), ...(await unsignedSheets(scope, actor.homeTenantId))]
      : await tracking(scope, personId)
  const all = [...named, ...waiting.items]
  return { items: all.slice(0, mostItems), more: waiting.more + Math.max(0, all.length - mostItems) }
}
