import { z } from 'zod'
import type { MineUnitShown } from '#contract/mineUnit.ts'
import { agreementStanding, mineUnit } from '#domain/org/mineUnit.ts'
import type { ReadScope } from '#server/platform/read.ts'

const row = z.object({
  id: z.string(),
  version: z.number().nullable(),
  doc: mineUnit,
  part_of: z.string().nullable(),
  leader: z.string().nullable(),
  people: z.number(),
})

/** Everything a mine is made of, own parts first; undefined where there is no such mine for this actor. */
export const unitsOf = async (
  { client }: ReadScope,
  mineId: string,
  today: string,
): Promise<MineUnitShown[] | undefined> => {
  const mine = await client.query('select from read.mine where tenant_id = $1 and id = $1', [mineId])
  if (mine.rowCount === 0) return undefined
  const { rows } = await client.query(
    `select u.id, h.version, u.doc, a.name as part_of, p.post as leader,
       (select count(*)::int from read.person w
        where w.tenant_id = u.tenant_id and w.active and w.doc ->> 'unitId' = u.id::text) as people
     from read.mine_unit u
     left join core.stream h on h.tenant_id = u.tenant_id and h.stream_id = u.id
     left join read.mine_unit a on a.tenant_id = u.tenant_id and a.id = (u.doc ->> 'partOfId')::uuid
     left join read.person p on p.tenant_id = u.tenant_id and p.id = (u.doc ->> 'leaderId')::uuid
     where u.tenant_id = $1
     order by u.active desc, array_position(array['workshop', 'crew', 'post', 'contractor', 'lessor'], u.kind), u.name, u.id
     limit 2000`,
    [mineId],
  )
  return rows.map((one) => {
    const { id, version, doc, part_of, leader, people } = row.parse(one)
    const agreement = doc.active ? agreementStanding(doc, today) : undefined
    return {
      id,
      ...(version !== null && { version }),
      ...doc,
      ...(part_of !== null && { partOfName: part_of }),
      ...(leader !== null && { leaderPost: leader }),
      people,
      ...(agreement && { agreement }),
    }
  })
}
