import { effectiveDeadline, finishedOn } from '#domain/hazard/deadline.ts'
import { extensionClause, latest } from '#domain/hazard/facts.ts'
import { missingAssignments } from '#domain/hazard/five.ts'
import { foundBy } from '#domain/hazard/source.ts'
import { listingStands, pendingExtension, pendingResumption, sinceReopening } from '#domain/hazard/standing.ts'
import { gradeOf, type HazardState } from '#domain/hazard/state.ts'
import { isOpen } from '#domain/hazard/status.ts'
import type { HazardAct } from '#domain/hazard/transitions.ts'

/** Something that waits for somebody: the rows of both homes. `dueOn` is left out where no rule sets a day. */
export type Matter = {
  readonly kind: string
  readonly side: 'mine' | 'bureau'
  readonly title: string
  readonly act: HazardAct
  readonly clause: string
  readonly since: string
  readonly dueOn?: string | undefined
}

const minesMatters = (state: HazardState): Matter[] => {
  const { facts, finding, five } = state
  // A report from the public is the bureau's until the visit: the mine owes nothing it cannot see.
  if (finding.source === 'publicReport') return []
  const general = state.judgement?.grade === 'general'
  const since = finding.on
  const major = gradeOf(state) === 'major'
  const owed: Matter[] = []
  const owe = (matter: Omit<Matter, 'side'>) => owed.push({ side: 'mine', ...matter })
  if (state.status === 'found' && foundBy(finding.source) === 'mine')
    owe({ kind: 'judge', title: '判定', act: 'judge', clause: '安全生产法 41', since })
  if (major && isOpen(state.status)) {
    if (!facts.control)
      owe({
        kind: 'control',
        title: '先期管控未记',
        act: 'control',
        clause: '安全生产事故隐患排查治理暂行规定 16',
        since,
      })
    if (state.judgement && !facts.posting)
      owe({ kind: 'posting', title: '未公示', act: 'posting', clause: '通知 四(一)2', since })
    if (state.judgement && !facts.departmentReport)
      owe({
        kind: 'departmentReport',
        title: '未报告部门',
        act: 'departmentReport',
        clause: '安全生产法 41、101(5)',
        since,
      })
    if (state.judgement && !facts.workersReport)
      owe({
        kind: 'workersReport',
        title: '职工大会未报',
        act: 'workersReport',
        clause: '安全生产法 41、101(5)',
        since,
      })
    if (state.judgement && !facts.plan)
      owe({ kind: 'plan', title: '治理方案未交', act: 'plan', clause: '安全生产事故隐患排查治理暂行规定 15', since })
  }
  if (state.status === 'judged' || state.status === 'rectifying') {
    const missing = missingAssignments(five)
    if (missing.length > 0)
      owe({
        kind: 'fiveAssignments',
        title: `五定缺${missing.join('、')}`,
        act: 'assign',
        clause: '通知 四(三)13(7)',
        since,
      })
    const deadline = effectiveDeadline(state)
    if (deadline && !finishedOn(state))
      owe({ kind: 'rectify', title: '整改', act: 'accept', clause: '通知 四(一)2', since, dueOn: deadline })
  }
  if (state.status === 'accepted' && major && !state.recheckRequest)
    owe({
      kind: 'requestRecheck',
      title: '申请复查',
      act: 'requestRecheck',
      clause: '安全生产事故隐患排查治理暂行规定 23',
      since: state.acceptance?.on ?? since,
    })
  if (general && foundBy(finding.source) === 'mine') {
    if (state.status === 'accepted')
      owe({
        kind: 'ownRecheck',
        title: '复查',
        act: 'recheck',
        clause: '通知 四(一)2',
        since: state.acceptance?.on ?? since,
      })
    if (state.status === 'rechecked')
      owe({
        kind: 'ownCloseOut',
        title: '销号',
        act: 'closeOut',
        clause: '通知 四(一)2',
        since: latest(state.rechecks)?.on ?? since,
      })
  }
  if (state.status === 'closed' && state.closing?.traceDueOn !== undefined && major && !facts.trace)
    owe({
      kind: 'trace',
      title: '溯源未完成',
      act: 'trace',
      clause: '通知 四(三)13(7)',
      since: state.closing.on,
      dueOn: state.closing.traceDueOn,
    })
  return owed
}

const bureausMatters = (state: HazardState): Matter[] => {
  const { facts, finding } = state
  const owed: Matter[] = []
  const owe = (matter: Omit<Matter, 'side'>) => owed.push({ side: 'bureau', ...matter })
  const listingOutlived = !isOpen(state.status) || state.judgement?.grade === 'general'
  if (listingOutlived && listingStands(state))
    owe({
      kind: 'delisting',
      title: '摘牌',
      act: 'delisting',
      clause: '安全生产事故隐患排查治理暂行规定 23',
      since: state.closing?.on ?? state.ending?.on ?? state.judgement?.on ?? finding.on,
    })
  const resumption = pendingResumption(state)
  if (resumption && (isOpen(state.status) || state.status === 'closed'))
    owe({
      kind: 'resumption',
      title: '恢复生产审批',
      act: 'resumeDecision',
      clause: '安全生产法 65(3)',
      since: resumption.on,
    })
  if (!isOpen(state.status)) return owed
  const major = state.judgement?.grade === 'major'
  const department = foundBy(finding.source) === 'department'
  if (state.status === 'found' && department)
    owe({
      kind: 'verify',
      title: '核查',
      act: 'judge',
      clause: '安全生产法 73',
      since: finding.on,
      dueOn: finding.verifyBy,
    })
  const report = latest(facts.departmentReport)
  if (report && !facts.departmentReceipt)
    owe({ kind: 'receipt', title: '签收报告', act: 'departmentReceipt', clause: '安全生产法 41', since: report.on })
  if (major && !department && sinceReopening(state, 'listing').length === 0 && state.status !== 'rechecked')
    owe({
      kind: 'listing',
      title: '挂牌督办',
      act: 'listing',
      clause: '通知 四(二)7',
      since: state.judgement?.on ?? finding.on,
    })
  const extension = pendingExtension(state)
  const decidable = state.status === 'judged' || state.status === 'rectifying'
  if (extension && decidable && (major || department))
    owe({
      kind: 'extension',
      title: '审批延期',
      act: 'extensionDecision',
      clause: extensionClause,
      since: extension.on,
      dueOn: effectiveDeadline(state),
    })
  if (state.status === 'accepted' && (major || department))
    owe({
      kind: 'recheck',
      title: '复查',
      act: 'recheck',
      clause: '安全生产事故隐患排查治理暂行规定 23',
      since: state.recheckRequest?.on ?? state.acceptance?.on ?? finding.on,
      dueOn: state.recheckRequest?.recheckDueOn,
    })
  const last = latest(state.rechecks)
  if (state.status === 'rectifying' && last?.result === 'fail' && (major || department)) {
    const order = facts.order?.findLast(({ on }) => on >= last.on)
    const ordered = order !== undefined || last.orderedDeadline !== undefined
    owe({
      kind: 'recheckAfterOrder',
      title: ordered ? '责令后复查' : '复查不合格，重新责令',
      act: ordered ? 'recheck' : 'order',
      clause: '安全生产法 65、102',
      since: last.on,
      dueOn: order?.deadline ?? last.orderedDeadline,
    })
  }
  if (state.status === 'rechecked' && (major || department))
    owe({ kind: 'closeOut', title: '销号', act: 'closeOut', clause: '通知 四(一)2', since: last?.on ?? finding.on })
  return owed
}

/** All that waits, on both sides; derived from the one stream, so a row can carry it. */
export const matters = (state: HazardState): readonly Matter[] => [...minesMatters(state), ...bureausMatters(state)]

/**
 * 未落实: what a mine has not done. Rectifying in time is no failing, and a trace is owed only from its day on
 * (PRACTICE A1); what is in hand the mine has done, and it only has to be seen.
 */
export const notDone = {
  onlyWhenLate: ['rectify', 'trace'],
  inHand: ['requestRecheck', 'ownRecheck', 'ownCloseOut'],
} as const
