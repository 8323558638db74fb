import { roleTitle } from '#domain/access/role.ts'
import type { EventActor } from '#domain/event.ts'
import { fieldMeta } from '#domain/field.ts'
import { facts, latest } from '#domain/hazard/facts.ts'
import { listingStands } from '#domain/hazard/standing.ts'
import type { HazardState } from '#domain/hazard/state.ts'
import type { ColumnKey } from '#domain/register/columns.ts'
import { termsOf, wordsOf } from '#domain/register/words.ts'

/** A cell as it is kept: persons as ids (or as text, where only a post is known), everything else as it is shown. */
export type KeptCell = string | number | boolean | readonly string[]

/** A cell read from the state; what is empty is left out. */
type Reader = (state: HazardState) => KeptCell | undefined

const last = <T>(entries: readonly T[] | undefined): T | undefined => latest(entries)

const joined = (texts: readonly (string | undefined)[], mark = '、'): string | undefined => {
  const said = [...new Set(texts.filter((text) => text !== undefined && text !== ''))]
  return said.length === 0 ? undefined : said.join(mark)
}

const personOf = ({ personId, role }: EventActor): readonly string[] => [personId ?? roleTitle(role)]

/** The word a form shows for a choice. */
const chosen = (schema: Parameters<typeof fieldMeta>[0], value: string | undefined): string | undefined =>
  value === undefined ? undefined : (fieldMeta(schema)?.options?.[value] ?? value)

const extended = ({ facts: { extensionDecision } }: HazardState): boolean =>
  extensionDecision?.some(({ granted }) => granted === 'yes') ?? false

const filed = (files: readonly string[] | undefined): string | undefined =>
  files && files.length > 0 ? `${files.length} 个文件` : undefined

const numberOf = (state: HazardState, belongs: (system: string) => boolean): string | undefined => {
  const bySystem = new Map(
    (state.facts.externalNumber ?? []).filter(({ system }) => belongs(system)).map((one) => [one.system, one]),
  )
  return joined([...bySystem.values()].map(({ number }) => number))
}

const isNational = (system: string): boolean => /国家|全国|应急管理部|矿山安全监察/.test(system)
const isProvincial = (system: string): boolean => !isNational(system) && system.includes('省')

const penalised = ({ facts: { penalty } }: HazardState, whom: 'company' | 'principal'): string | undefined =>
  joined((penalty ?? []).filter(({ against }) => against === whom).map(({ document }) => document))

/** What else a reader of the line should know, and no column says. */
const remarkOf = (state: HazardState): string | undefined =>
  joined(
    [
      state.ending && joined([state.ending.reason, state.ending.reference], '，'),
      state.reopenings.length > 0 ? `重新打开 ${state.reopenings.length} 次` : undefined,
      state.corrections > 0 ? `登记更正 ${state.corrections} 次` : undefined,
      state.finding.tooDangerous ? '危险，不宜靠近拍照' : undefined,
      state.legacy?.remark,
      ...(state.legacy?.doubts ?? []),
    ],
    '；',
  )

/** Cells that the row of read.hazard does not carry already. */
export const entryCells: { readonly [K in ColumnKey]?: Reader } = {
  criteriaVersion: ({ judgement }) => joined((judgement?.criteria ?? []).map(({ packVersion }) => packVersion)),
  basis: ({ judgement }) => judgement?.basis,
  judgedOn: ({ judgement }) => judgement?.on,
  finder: ({ finding }) => personOf(finding.by),
  photos: ({ finding }) => finding.photos.length || undefined,
  controlledOn: (state) => state.facts.control?.[0]?.on,
  controlled: ({ facts: { control } }) => {
    const one = last(control)
    return one && joined([one.where, chosen(facts.control.body.shape.scope, one.scope), one.measure], '；')
  },
  withdrawn: ({ facts: { control } }) => control?.findLast(({ withdrawn }) => withdrawn !== undefined)?.withdrawn,
  postedOn: ({ facts: { posting } }) => posting?.[0]?.on,
  posted: ({ facts: { posting } }) => joined((posting ?? []).map(({ where }) => where)),
  departmentReportedOn: ({ facts: { departmentReport } }) => departmentReport?.[0]?.on,
  departmentReported: ({ facts: { departmentReport } }) =>
    joined((departmentReport ?? []).map(({ department }) => department)),
  departmentReceipt: ({ facts: { departmentReceipt } }) =>
    joined((departmentReceipt ?? []).map(({ department, on }) => `${department} ${on} 收到`)),
  workersReportedOn: ({ facts: { workersReport } }) => workersReport?.[0]?.on,
  workersReported: ({ facts: { workersReport } }) => {
    const one = last(workersReport)
    if (!one) return undefined
    const attended = one.attended === undefined ? undefined : `到会 ${one.attended} 人`
    return joined([chosen(facts.workersReport.body.shape.meeting, one.meeting), attended, filed(one.minutes)], '，')
  },
  planGoal: ({ facts: { plan } }) => last(plan)?.goal,
  planMethod: ({ facts: { plan } }) => last(plan)?.method,
  planResources: ({ facts: { plan } }) => last(plan)?.resources,
  planOrganisation: ({ facts: { plan } }) => last(plan)?.organisation,
  planSchedule: ({ facts: { plan } }) => last(plan)?.schedule,
  planSafeguards: ({ facts: { plan } }) => last(plan)?.safeguards,
  responsible: ({ five }) => (five.responsible === undefined ? undefined : [five.responsible.value]),
  measures: ({ five }) => five.measures?.value,
  dueFirst: (state) => (extended(state) ? state.five.deadline?.value : state.due),
  dueExtended: (state) => (extended(state) ? state.due : undefined),
  contingencyPlan: ({ five }) => five.contingencyPlan?.value,
  listingLevel: ({ facts: { listing } }) => chosen(facts.listing.body.shape.level, last(listing)?.level),
  listingDocument: ({ facts: { listing } }) => last(listing)?.document,
  listedOn: ({ facts: { listing } }) => last(listing)?.on,
  listingDue: ({ facts: { listing } }) => last(listing)?.deadline,
  tracker: ({ facts: { listing } }) => {
    const one = last(listing)
    return one && [one.tracker]
  },
  delistedOn: (state) => (listingStands(state) ? undefined : last(state.facts.delisting)?.on),
  delistingDocument: (state) => (listingStands(state) ? undefined : last(state.facts.delisting)?.document),
  progressNote: ({ facts: { progress } }) => progress?.findLast(({ note }) => note !== undefined)?.note,
  evaluatedOn: ({ facts: { evaluation } }) => last(evaluation)?.on,
  evaluation: ({ facts: { evaluation } }) => {
    const one = last(evaluation)
    return one && joined([chosen(facts.evaluation.body.shape.evaluator, one.evaluator), one.conclusion], '：')
  },
  acceptedOn: ({ acceptance }) => acceptance?.on,
  acceptance: ({ acceptance }) => acceptance?.conclusion,
  resumeRequestedOn: ({ facts: { resumeRequest } }) => last(resumeRequest)?.on,
  resumeDecidedOn: ({ facts: { resumeDecision } }) => last(resumeDecision)?.on,
  resumeDecision: ({ facts: { resumeDecision } }) =>
    chosen(facts.resumeDecision.body.shape.granted, last(resumeDecision)?.granted),
  recheckRequestedOn: ({ recheckRequest }) => recheckRequest?.on,
  recheckedOn: ({ rechecks }) => last(rechecks)?.on,
  recheckers: ({ rechecks }) => last(rechecks)?.officers,
  recheckResult: ({ rechecks }) => {
    const one = last(rechecks)
    return one && (one.result === 'pass' ? '合格' : '不合格')
  },
  recheckFindings: ({ rechecks }) => last(rechecks)?.findings,
  closer: ({ closing }) => closing && personOf(closing.by),
  traceDueOn: ({ closing }) => closing?.traceDueOn,
  tracedOn: ({ facts: { trace } }) => last(trace)?.on,
  traceFacts: ({ facts: { trace } }) => last(trace)?.facts,
  traceCauses: ({ facts: { trace } }) => last(trace)?.causes,
  traceAccountability: ({ facts: { trace } }) => last(trace)?.accountability,
  traceDuties: ({ facts: { trace } }) => last(trace)?.duties,
  traceCure: ({ facts: { trace } }) => last(trace)?.cure,
  orderDocument: ({ facts: { order } }) => joined((order ?? []).map(({ document }) => document)),
  penaltyCompany: (state) => penalised(state, 'company'),
  penaltyPrincipal: (state) => penalised(state, 'principal'),
  nationalNumber: (state) => numberOf(state, isNational),
  provincialNumber: (state) => numberOf(state, isProvincial),
  otherNumbers: (state) => numberOf(state, (system) => !isNational(system) && !isProvincial(system)),
  remark: remarkOf,
}

const isFilled = (value: KeptCell | undefined): value is KeptCell =>
  value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)

const docOf = (state: HazardState): Readonly<Record<string, KeptCell>> =>
  Object.fromEntries(
    Object.entries(entryCells).flatMap(([key, read]): [string, KeptCell][] => {
      const value = read(state)
      return isFilled(value) ? [[key, value]] : []
    }),
  )

/** The row of read.hazard_entry a stream leads to. */
export const registerEntry = (state: HazardState) => {
  const { finding, five, facts: said, number } = state
  const words = wordsOf([
    number,
    finding.place,
    finding.description,
    five.measures?.value,
    ...(said.externalNumber ?? []).map((one) => one.number),
    last(said.listing)?.document,
  ])
  return { words, terms: termsOf(words), doc: docOf(state) }
}
