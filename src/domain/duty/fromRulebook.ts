import type { LawDuty, Obligation, Rhythm } from '#rulebook/obligation.ts'
import type { Rulebook } from '#rulebook/rulebook.ts'
import type { Setting } from '#rulebook/setting.ts'
import type { CountedRhythm, DueRule, Duty, Fulfilment } from './duty.ts'

type Rules = Pick<Rulebook, 'notices' | 'lawDuties' | 'settings'>
type AnyDuty = Omit<LawDuty, 'citations' | 'validFrom' | 'validTo'> | Omit<Obligation, 'quotes' | 'clause'>

const dueRule = ({ deadline }: AnyDuty, settings: readonly Setting[]): DueRule | undefined => {
  if (deadline?.afterPeriodDays !== undefined) return { kind: 'afterPeriod', days: deadline.afterPeriodDays }
  const setting = settings.find(({ key }) => key === deadline?.setting)
  if (setting?.kind === 'monthDay') return { kind: 'beforeDayOfYear', monthDay: setting.value }
  // 次月15日前 is the fifteenth day after a period that ends with its month.
  if (setting?.kind === 'count' && setting.value !== null) return { kind: 'afterPeriod', days: setting.value }
  return undefined
}

const counted = (duty: AnyDuty, rhythm: Rhythm, settings: readonly Setting[]): CountedRhythm | undefined => {
  const due = dueRule(duty, settings)
  switch (rhythm.every) {
    case 'event':
    case 'standing':
    case 'periodic':
      return undefined
    case 'once': {
      const { from, by } = duty.deadline ?? {}
      return { kind: 'once', ...(from !== undefined && { from }), ...(by !== undefined && { by }) }
    }
    default:
      return { kind: 'periods', every: rhythm.every, times: rhythm.times, ...(due !== undefined && { due }) }
  }
}

/** 须由主要负责人做的, his signature proves it; for the others the record and whoever made it stand for themselves. */
const fulfilmentOf = ({ fulfilledBy, actor }: AnyDuty): Fulfilment =>
  fulfilledBy === 'selfCheck'
    ? { by: 'selfCheck' }
    : { by: 'dutyRecord', signedByPrincipal: actor === 'principal', files: actor !== 'crew' }

const common = (duty: AnyDuty, settings: readonly Setting[]) => ({
  id: duty.id,
  title: duty.title,
  actor: duty.actor,
  counted: duty.rhythm.flatMap((rhythm) => counted(duty, rhythm, settings) ?? []),
  uncounted: duty.rhythm.filter((rhythm) => counted(duty, rhythm, settings) === undefined),
  statuses: duty.appliesTo,
  mineTypes: duty.mineTypes,
  presupposesWork: duty.presupposesWork,
  fulfilment: fulfilmentOf(duty),
})

/** Where the day a duty came into force was not found. */
const beforeEveryDay = '1000-01-01'

/** Every duty of the rulebook, of its notices and of the law, as the calendar computes it. */
export const dutiesOf = ({ notices, lawDuties, settings }: Rules): readonly Duty[] => [
  ...notices.flatMap(({ obligations, inForce }) =>
    obligations.map(
      (duty): Duty => ({
        ...common(duty, settings),
        campaignOnly: true,
        validFrom: inForce.from,
        validTo: inForce.to,
        phase: duty.phase,
      }),
    ),
  ),
  ...lawDuties.map(
    (duty): Duty => ({
      ...common(duty, settings),
      campaignOnly: false,
      validFrom: duty.validFrom ?? beforeEveryDay,
      validTo: duty.validTo ?? undefined,
      phase: undefined,
    }),
  ),
]

/** 企业的义务: what a mine itself owes, without what authorities owe about it. */
export const isOfMine = ({ actor, statuses }: Duty): boolean =>
  statuses.length > 0 && (actor === 'principal' || actor === 'mine' || actor === 'crew' || actor === 'everyone')
