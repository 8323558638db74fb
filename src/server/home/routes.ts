import { readHome, readMineMap } from '#contract/home.ts'
import { sideOf } from '#domain/access/role.ts'
import { addDays, daysBetween } from '#domain/calendarDate.ts'
import { ok } from '#domain/refusal.ts'
import type { Rulebook } from '#rulebook/rulebook.ts'
import { actsOfRole } from '#server/home/actsOfRole.ts'
import { minesOnMap } from '#server/home/mineMap.ts'
import { homeFigures, mattersFor, mattersNotDone, risingHazards } from '#server/home/queries.ts'
import { silentMines } from '#server/home/silentMines.ts'
import { businessDate } from '#server/platform/clock.ts'
import { guarded, type Mounted } from '#server/platform/http/mounted.ts'
import type { Platform } from '#server/platform/platform.ts'
import { daysSetting } from '#server/platform/settings.ts'

const currentPhase = (rulebook: Rulebook, today: string) => {
  const phases = rulebook.notices[0]?.phases ?? []
  const phase = phases.find(({ from, to }) => (from === null || from <= today) && today <= to)
  return phase && { title: phase.title, until: phase.to, daysLeft: daysBetween(today, phase.to) }
}

export const homeRoutes = ({ read, clock, rulebook }: Platform): readonly Mounted[] => [
  guarded(readHome, async ({ caller }) => {
    const { actor } = caller
    const today = businessDate(clock.now())
    const side = sideOf(actor.role) === 'mine' ? 'mine' : 'bureau'
    const silentDays = daysSetting(rulebook, 'hazard.silentMineDays')
    const phase = currentPhase(rulebook, today)
    return read(actor, async (scope) => {
      const notDone = await mattersNotDone(scope, today)
      const mine = await mattersFor(scope, { side, acts: actsOfRole(actor.role), today })
      const rising = await risingHazards(scope, today)
      return ok({
        side,
        today,
        ...(phase && { phase }),
        figures: await homeFigures(scope, today),
        totals: { notDone: notDone.total, mine: mine.total, rising: rising.total },
        totalsAreExact: { notDone: notDone.totalIsExact, mine: mine.totalIsExact, rising: rising.totalIsExact },
        notDone: notDone.shown,
        mine: mine.shown,
        rising: rising.shown,
        silent: side === 'bureau' ? await silentMines(scope, addDays(today, -silentDays)) : [],
        silentDays,
      })
    })
  }),
  guarded(readMineMap, async ({ caller: { actor } }) =>
    read(actor, async (scope) => ok(await minesOnMap(scope, businessDate(clock.now())))),
  ),
]
