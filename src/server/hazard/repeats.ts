import { z } from 'zod'
import { fold } from '#domain/hazard/evolve.ts'
import { mayRepeat, type Sighting, whySame } from '#domain/hazard/repeats.ts'
import { everyStatus, statuses } from '#domain/hazard/status.ts'
import { findHazard } from '#server/hazard/queries.ts'
import type { ReadScope } from '#server/platform/read.ts'

const row = z.object({
  id: z.string(),
  number: z.string(),
  found_on: z.string(),
  status: z.enum(everyStatus),
  closed_on: z.string().nullable(),
  place: z.string().nullable(),
  description: z.string().nullable(),
  criteria: z.array(z.string()),
  same: z.string().nullable(),
  side: z.enum(['earlier', 'later', 'other']),
})
type Row = z.output<typeof row>

const shown = (found: Row, why: string) => ({
  id: found.id,
  number: found.number,
  foundOn: found.found_on,
  statusTitle: statuses[found.status],
  ...(found.closed_on !== null && { closedOn: found.closed_on }),
  ...(found.place !== null && { place: found.place }),
  ...(found.description !== null && { description: found.description }),
  why,
})

const sighting = ({ id, place, criteria, found_on }: Row): Sighting => ({
  id,
  place: place ?? undefined,
  criteria,
  foundOn: found_on,
})

/** Every other hazard of the mine that is linked with this one, or that it may repeat. */
export const repeatsOf = async (
  scope: ReadScope,
  { tenantId, id }: { readonly tenantId: string; readonly id: string },
) => {
  const found = await findHazard(scope, tenantId, id)
  const state = found ? fold(found.events) : undefined
  if (!state) return undefined
  const linked = state.facts.repeatLink ?? []
  const same = new Map(linked.map((one) => [one.earlier, one.same]))
  const { rows } = await scope.client.query(
    `select h.id, h.number, h.found_on, h.status, h.closed_on, h.place, h.description, h.criteria, l.same,
       case when h.id = any($3::uuid[]) then 'earlier' when l.same is not null then 'later' else 'other' end as side
     from read.hazard h
     left join lateral (
       select e.body ->> 'same' as same from core.event e
       where h.repeated and e.tenant_id = h.tenant_id and e.stream_id = h.id and e.type = 'hazard.repeatLink'
         and e.body ->> 'earlier' = $2::text
       order by e.version desc limit 1) l on true
     where h.tenant_id = $1 and h.id <> $2::uuid and h.mine_id = $4 and not h.continued
       and (h.id = any($3::uuid[]) or l.same is not null or (h.place is not null and h.found_on <= $5::date))
     order by h.found_on desc, h.id desc limit 2000`,
    [tenantId, id, [...same.keys()], state.finding.mineId, state.finding.on],
  )
  const others = rows.map((one) => row.parse(one))
  const own: Sighting = {
    id,
    place: state.finding.place,
    criteria: state.judgement?.criteria.map(({ code }) => code) ?? state.finding.suspectedCriteria,
    foundOn: state.finding.on,
  }
  const of = (side: Row['side']) => others.filter((one) => one.side === side)
  return {
    earlier: of('earlier').map((one) => shown(one, same.get(one.id) ?? '')),
    later: of('later').map((one) => shown(one, one.same ?? '')),
    proposed: of('other')
      .filter((one) => mayRepeat(own, sighting(one)))
      .slice(0, 20)
      .map((one) => shown(one, whySame(own, sighting(one)))),
  }
}
