import { z } from 'zod'
import { type MineOnMap, type WorstOpen, worstOpen } from '#contract/home.ts'
import { mine } from '#domain/org/mine.ts'
import type { ReadScope } from '#server/platform/read.ts'

/** More than anybody can tell apart on one map. */
const mostMines = 5000

const row = z.object({
  id: z.string(),
  doc: mine,
  major: z.number(),
  suspected: z.number(),
  general: z.number(),
  unjudged: z.number(),
  overdue: z.number(),
  stop: z.enum(['whole', 'partial']).nullable(),
})

type Counts = Pick<z.infer<typeof row>, 'major' | 'suspected' | 'general' | 'unjudged'>

const worstOf = ({ major, suspected, general, unjudged }: Counts): WorstOpen => {
  if (major > 0) return 'major'
  if (suspected > 0) return 'suspected'
  if (general > 0) return 'general'
  return unjudged > 0 ? 'unjudged' : 'none'
}

const severity = ({ worst }: MineOnMap): number => worstOpen.indexOf(worst)

/** Every mine in reach with what stands open there, worst first. A tip from the public counts for whoever may see it. */
export const minesOnMap = async (
  { client, bounds }: ReadScope,
  today: string,
): Promise<{ readonly mines: MineOnMap[]; readonly more: boolean }> => {
  const { rows } = await client.query(
    `with standing as (
       select t.mine_id, sum(t.major_open)::int as major, sum(t.open_suspected)::int as suspected, sum(t.open_general)::int as general,
         sum(t.open_unjudged)::int as unjudged, coalesce(sum(t.running) filter (where t.due_on < $4::date), 0)::int as overdue,
         case when sum(t.stopped_whole) > 0 then 'whole' when sum(t.stopped_partial) > 0 then 'partial' end as stop
       from read.hazard_tally t group by t.mine_id
     )
     select m.id, m.doc, coalesce(s.major, 0) as major, coalesce(s.suspected, 0) as suspected,
       coalesce(s.general, 0) as general, coalesce(s.unjudged, 0) as unjudged,
       coalesce(s.overdue, 0) as overdue, s.stop
     from read.mine m left join standing s on s.mine_id = m.id
     where (m.div >= $1 and m.div < $2) or m.tenant_id = any($3::uuid[])
     order by m.code, m.id limit ${mostMines + 1}`,
    [bounds.lo, bounds.hi, bounds.tenants, today],
  )
  const mines = rows.slice(0, mostMines).map((found): MineOnMap => {
    const { id, doc, overdue, stop, ...open } = row.parse(found)
    const { code, name, township, status, position, grid } = doc
    return {
      id,
      code,
      name,
      township,
      status,
      ...(position && { position }),
      ...(grid && { grid }),
      worst: worstOf(open),
      openMajor: open.major,
      suspected: open.suspected,
      openGeneral: open.general,
      unjudged: open.unjudged,
      overdue,
      ...(stop && { stopped: stop }),
    }
  })
  return {
    mines: mines.sort((a, b) => severity(a) - severity(b) || b.overdue - a.overdue || a.code.localeCompare(b.code)),
    more: rows.length > mostMines,
  }
}
