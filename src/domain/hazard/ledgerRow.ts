import { z } from 'zod'
import { field } from '#domain/field.ts'
import { accept } from '#domain/hazard/acts/accept.ts'
import { inCase } from '#domain/hazard/case.ts'
import { isEmpty } from '#domain/hazard/five.ts'
import { requirements } from '#domain/hazard/requirements.ts'
import { ledgerSources } from '#domain/hazard/source.ts'
import type { HazardState } from '#domain/hazard/state.ts'
import { grades, type HazardStatus } from '#domain/hazard/status.ts'

/** How other systems' numbers are kept: beside ours, under the name of the system. */
export const numberSystems = { ledger: '原台账', national: '国家系统', provincial: '省系统' } as const

export const listingLevels = { district: '县（区）级', city: '市级', province: '省级', township: '乡镇级' } as const

/** What a row of an older ledger may say of a hazard; names are people on record or nothing. */
export const ledgerRow = {
  on: field.date('发现日期'),
  source: field.choice('发现方式', ledgerSources),
  place: field.line('部位').optional(),
  description: field.text('描述'),
  category: field.line('类别', { max: 50 }).optional(),
  grade: field.choice('等级', grades).optional(),
  criteria: field.criteria('判定标准').optional(),
  measures: field.text('整改措施').optional(),
  responsible: field.person('责任人').optional(),
  responsibleUnit: field.line('责任单位').optional(),
  funds: field.money('计划资金').optional(),
  spent: field.money('已用资金').optional(),
  deadline: field.date('整改期限').optional(),
  contingencyPlan: field.line('预案', { max: 200 }).optional(),
  goal: field.text('治理的目标和任务').optional(),
  method: field.text('采取的方法和措施').optional(),
  resources: field.text('经费和物资的落实').optional(),
  organisation: field.text('负责治理的机构和人员').optional(),
  schedule: field.text('治理的时限和要求').optional(),
  safeguards: field.text('安全措施和应急预案').optional(),
  state: field.choice('原台账里', { open: '未销号', closed: '已销号' }),
  ledgerStatus: field.line('原台账写的状态', { max: 50 }).optional(),
  finishedOn: field.date('整改完成日期').optional(),
  recheckedOn: field.date('复查日期').optional(),
  recheckResult: field.choice('复查结论', { pass: '合格', fail: '不合格' }).optional(),
  rechecker: field.person('复查人').optional(),
  closedOn: field.date('销号日期').optional(),
  listingLevel: field.choice('挂牌级别', listingLevels).optional(),
  listingNumber: field.line('督办文号').optional(),
  tracker: field.person('督办责任人').optional(),
  listingDeadline: field.date('督办期限').optional(),
  ledgerNumber: field.line('原台账编号').optional(),
  nationalNumber: field.line('国家系统编号').optional(),
  provincialNumber: field.line('省系统编号').optional(),
  claims: field.text('原台账写有', { max: 300 }).optional(),
  remark: field.text('备注', { max: 500 }).optional(),
}

const schema = z.object(ledgerRow)
export type LedgerRow = z.output<typeof schema>

/** Something in a row that cannot be so, with the column it shows in. */
export type Contradiction = { readonly key: keyof LedgerRow; readonly reason: string; readonly remedy: string }

const order = [
  ['finishedOn', '完成日期'],
  ['recheckedOn', '复查日期'],
  ['closedOn', '销号日期'],
] as const

/** Days that must not lie before others, each pair told once. */
const wrongOrder = (row: LedgerRow): readonly Contradiction[] => {
  const told: Contradiction[] = []
  let before: { readonly on: string; readonly title: string } = { on: row.on, title: '发现日期' }
  if (row.deadline !== undefined && row.deadline < row.on)
    told.push({ key: 'deadline', reason: `期限 ${row.deadline} 早于发现日期 ${row.on}`, remedy: '核对两个日期' })
  for (const [key, title] of order) {
    const on = row[key]
    if (on === undefined) continue
    if (on < before.on)
      told.push({ key, reason: `${title} ${on} 早于${before.title} ${before.on}`, remedy: '核对两个日期' })
    else before = { on, title }
  }
  return told
}

/** Where a row contradicts itself: it is refused unless a person says why it is to be taken as it stands. */
export const contradictionsOf = (row: LedgerRow): readonly Contradiction[] => {
  const told = [...wrongOrder(row)]
  if (row.state === 'closed' && row.closedOn === undefined)
    told.push({ key: 'closedOn', reason: '写着已销号，没有销号日期', remedy: '补上销号日期；没有销号的改状态' })
  if (row.state === 'open' && row.closedOn !== undefined)
    told.push({ key: 'closedOn', reason: '有销号日期，状态却不是已销号', remedy: '核对状态和销号日期' })
  if (row.state === 'closed' && row.recheckResult === 'fail')
    told.push({ key: 'recheckResult', reason: '复查不合格，却写着已销号', remedy: '核对复查结论和状态' })
  if (row.grade === 'general' && (row.criteria?.length ?? 0) > 0)
    told.push({ key: 'grade', reason: '写明了触及的判定标准，等级却是一般', remedy: '核对等级和判定标准' })
  return told
}

const days = ['on', 'finishedOn', 'recheckedOn', 'closedOn'] as const

/** What has happened has a day that has come; no word of a person changes that. */
export const notYet = (row: LedgerRow, today: string): readonly Contradiction[] =>
  days.flatMap((key) => {
    const on = row[key]
    return on !== undefined && on > today
      ? [{ key, reason: `${on} 还没有到（今天是 ${today}）`, remedy: '填写实际发生的日期' }]
      : []
  })

/** A row judges where it says general and cites nothing, or says major and cites what it touches. */
export const judgedGrade = ({ grade, criteria = [] }: Pick<LedgerRow, 'grade' | 'criteria'>) => {
  if (grade === 'general' && criteria.length === 0) return 'general'
  return grade === 'major' && criteria.length > 0 ? 'major' : undefined
}

/** What the mine's acceptance asks, but for the photograph that no ledger carries. */
const lacksForAcceptance = (state: HazardState): boolean =>
  accept.needs
    .filter((need) => inCase(need, state))
    .flatMap(({ facts }) => facts)
    .some((name) => !requirements[name].comesWithTheAct && requirements[name].missing(state).length > 0)

/**
 * Where a row enters: closed stays closed; an open one goes as far as the facts it holds lead, by the needs of the
 * transition table itself, and no further.
 * @param state what the row says, as a state whose status does not yet count
 */
export const furthestStatus = (row: LedgerRow, state: HazardState): HazardStatus => {
  if (row.state === 'closed') return 'closed'
  if (state.judgement === undefined) return 'found'
  if (isEmpty(state.five)) return 'judged'
  if (row.finishedOn === undefined || row.recheckResult === 'fail' || lacksForAcceptance(state)) return 'rectifying'
  const own = row.rechecker !== undefined && row.rechecker === row.responsible
  return row.recheckResult === 'pass' && row.recheckedOn !== undefined && !own ? 'rechecked' : 'accepted'
}
