import { readHome } from '#contract/home.ts'
import type { Role } from '#domain/access/role.ts'
import { sideOf } from '#domain/access/role.ts'
import { daysBetween } from '#domain/calendarDate.ts'
import { transitionOf } from '#domain/hazard/transitions.ts'
import { ok } from '#domain/refusal.ts'
import type { Rulebook } from '#rulebook/rulebook.ts'
import { type FoundMatter, homeFigures, mattersOf, risingHazards } from '#server/home/queries.ts'
import { businessDate } from '#server/platform/clock.ts'
import { guarded, type Mounted } from '#server/platform/http/mounted.ts'
import type { Platform } from '#server/platform/platform.ts'

const mayEver = (role: Role, act: string): boolean =>
  transitionOf(act)?.who.some(({ roles }) => roles.includes(role)) === true

const late = ({ daysLeft }: FoundMatter): boolean => daysLeft !== undefined && daysLeft < 0

/** The mine has done its work; what is left is to have it seen. */
const inHand: ReadonlySet<string> = new Set(['requestRecheck', 'ownRecheck', 'ownCloseOut'])

/** What a mine has not done: rectifying in time is no failing, and a trace is owed only from its day on (PRACTICE A1). */
const isNotDone = (matter: FoundMatter): boolean =>
  matter.kind === 'rectify' || matter.kind === 'trace' ? late(matter) : !inHand.has(matter.kind)

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
    const phase = currentPhase(rulebook, today)
    return read(actor, async (scope) => {
      const owedByMines = await mattersOf(scope, 'mine', today)
      const owedBySide = side === 'mine' ? owedByMines : await mattersOf(scope, 'bureau', today)
      return ok({
        side,
        today,
        ...(phase && { phase }),
        figures: await homeFigures(scope, today),
        notDone: owedByMines.filter(isNotDone),
        mine: owedBySide.filter(({ act }) => mayEver(actor.role, act)),
        rising: await risingHazards(scope, today),
      })
    })
  }),
]
