import { z } from 'zod'
import type { SilentMine } from '#contract/home.ts'
import type { ReadScope } from '#server/platform/read.ts'
import { walking } from '#server/platform/wide.ts'

const row = z.object({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  last_found_on: z.string().nullable(),
  found_by_others: z.number(),
})

/** More would be no list to ask about one by one. */
const most = 50

/**
 * Mines of the campaign that work and found nothing themselves since a day, not even a general hazard (PRACTICE 26); first
 * those where others found what the mine had not.
 */
export const silentMines = async (scope: ReadScope, since: string): Promise<SilentMine[]> => {
  // Mine after mine along its own days: how many rows one has is not for the policy to guess.
  const { rows } = await walking(scope, () =>
    scope.client.query({
      name: 'home-silent',
      text: `select m.id, m.code, m.name,
       (select h.found_on::text from read.hazard h where h.mine_id = m.id and h.found_by = 'mine'
        order by h.found_on desc, h.id desc limit 1) as last_found_on,
       (select count(*)::int from read.hazard h
        where h.mine_id = m.id and h.found_by = 'department' and h.found_on >= $1::date and h.status <> 'found') as found_by_others
     from read.mine m
     where m.in_scope and m.status = 'producing'
       and not exists (select from read.hazard h where h.mine_id = m.id and h.found_by = 'mine' and h.found_on >= $1::date)
     order by found_by_others desc, m.code limit ${most}`,
      values: [since],
    }),
  )
  return rows.map((found): SilentMine => {
    const { id, code, name, last_found_on, found_by_others } = row.parse(found)
    return {
      mineId: id,
      code,
      mineName: name,
      ...(last_found_on && { lastFoundOn: last_found_on }),
      foundByOthers: found_by_others,
    }
  })
}
