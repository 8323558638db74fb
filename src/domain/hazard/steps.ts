import { latest } from '#domain/hazard/facts.ts'
import { isComplete, missingAssignments } from '#domain/hazard/five.ts'
import { dualReported, percentDone } from '#domain/hazard/standing.ts'
import type { HazardState } from '#domain/hazard/state.ts'
import { isOpen } from '#domain/hazard/status.ts'

export const stepTitles = {
  found: '发现',
  controlled: '管控',
  judged: '判定',
  disclosed: '报告公示',
  assigned: '五定',
  rectified: '整改',
  accepted: '企业验收',
  rechecked: '复查',
  closed: '销号',
} as const

export type StepName = keyof typeof stepTitles

/** A step of the strip: done (since when), next to do, still open, or not asked of this hazard. */
export type Step = {
  readonly name: StepName
  readonly title: string
  readonly standing: 'done' | 'next' | 'open' | 'partial' | 'notAsked'
  readonly on?: string | undefined
  readonly note?: string | undefined
}

type Progress = {
  readonly on?: string | undefined
  readonly note?: string | undefined
  readonly done: boolean
  readonly notAsked?: boolean
}

const disclosed = (state: HazardState): Progress => {
  const { facts } = state
  if (state.judgement?.grade === 'general') return { done: false, notAsked: true }
  const posted = latest(facts.posting)
  const missing = [
    !posted && '未公示',
    !facts.departmentReport && '未报告部门',
    !facts.workersReport && '未报告职工大会',
  ].filter((word): word is string => typeof word === 'string')
  return {
    done: dualReported(state) && posted !== undefined,
    on: latest(facts.departmentReport)?.on,
    ...(missing.length > 0 && missing.length < 3 && { note: missing.join('、') }),
  }
}

const assigned = ({ five }: HazardState): Progress => {
  const missing = missingAssignments(five)
  return {
    done: isComplete(five),
    on: five.deadline?.on,
    ...(missing.length > 0 && missing.length < 5 && { note: `缺${missing.join('、')}` }),
  }
}

const percentNote = (state: HazardState): string | undefined => {
  const percent = percentDone(state)
  return percent === undefined ? undefined : `${percent}%`
}

const judged = ({ judgement, status, ending }: HazardState): Progress =>
  status === 'notEstablished'
    ? { done: true, on: ending?.on, note: '不构成' }
    : { done: judgement !== undefined, on: judgement?.on }

const progressOf = (state: HazardState): Record<StepName, Progress> => {
  const control = state.facts.control?.[0]
  const general = state.judgement?.grade === 'general'
  const recheck = latest(state.rechecks)
  const accepted = state.acceptance !== undefined
  return {
    found: { done: true, on: state.finding.on },
    controlled: control ? { done: true, on: control.on, note: control.where } : { done: false, notAsked: general },
    judged: judged(state),
    disclosed: disclosed(state),
    assigned: assigned(state),
    rectified: { done: accepted, on: state.acceptance?.on, note: accepted ? undefined : percentNote(state) },
    accepted: { done: accepted, on: state.acceptance?.on },
    rechecked: {
      done: state.status === 'rechecked' || state.status === 'closed',
      on: recheck?.on,
      note: recheck?.result === 'fail' ? '不合格' : undefined,
    },
    closed: { done: state.closing !== undefined, on: state.closing?.dayUnknown ? undefined : state.closing?.on },
  }
}

const order = Object.keys(stepTitles) as StepName[]

/** The strip of steps 发现→…→销号, derived from the state; the first that is asked and not done is next. */
export const steps = (state: HazardState): readonly Step[] => {
  const progress = progressOf(state)
  const next = isOpen(state.status) ? order.find((name) => !progress[name].done && !progress[name].notAsked) : undefined
  return order.map((name): Step => {
    const { done, notAsked, on, note } = progress[name]
    const standing = done ? 'done' : name === next ? 'next' : notAsked ? 'notAsked' : note ? 'partial' : 'open'
    return { name, title: stepTitles[name], standing, ...(on && { on }), ...(note && { note }) }
  })
}
