import type { Scene } from '#demo/photographs/scenes.ts'
import type { Step, Telling } from '#demo/story.ts'
import type { HazardSource } from '#domain/hazard/source.ts'

type General = {
  readonly found: { readonly when: string; readonly by: string; readonly source: HazardSource }
  readonly place: string
  readonly description: string
  readonly basis: string
  readonly five: {
    readonly responsible: string
    readonly measures: string
    readonly fundsFen: number
    readonly deadline: string
    readonly contingencyPlan: string
  }
  readonly before?: Scene
}

type Closed = General & {
  readonly closed: {
    readonly when: string
    readonly conclusion: string
    readonly acceptedBy: string
    readonly recheckedBy: string
    readonly findings: string
    readonly after?: Scene
  }
}

/** Found, judged general, assigned: what every general hazard of the mine itself goes through on its first day. */
export const begun = ({ on, who }: Telling, { found, place, description, basis, five, before }: General): Step[] => [
  on(
    found.when,
    found.by,
    'report',
    { source: found.source, place, description, suspectedGrade: 'general' },
    before ? { photographs: [before] } : {},
  ),
  on(found.when, found.by, 'judge', { outcome: 'general', basis }),
  on(found.when, found.by, 'assign', {
    responsible: who(five.responsible),
    measures: five.measures,
    funds: five.fundsFen,
    deadline: five.deadline,
    contingencyPlan: five.contingencyPlan,
  }),
]

/** The whole short way of a general hazard within the mine. */
export const shortWay = (telling: Telling, given: Closed): Step[] => {
  const { on, who } = telling
  const { closed } = given
  return [
    ...begun(telling, given),
    on(
      closed.when,
      closed.acceptedBy,
      'accept',
      { conclusion: closed.conclusion, ...(closed.after === undefined && { notPhotographable: true }) },
      closed.after ? { photographs: [closed.after] } : {},
    ),
    on(closed.when, closed.recheckedBy, 'recheck', {
      result: 'pass',
      officers: [who(closed.recheckedBy)],
      findings: closed.findings,
    }),
    on(closed.when, closed.recheckedBy, 'closeOut', {}),
  ]
}
