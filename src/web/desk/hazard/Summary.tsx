import { Link } from '@tanstack/react-router'
import type { HazardShown } from '#contract/hazard.ts'
import { latest } from '#domain/hazard/facts.ts'
import { listingLevels } from '#domain/hazard/ledgerRow.ts'
import { externalNumbers, listingStands, pendingExtension, standingStop } from '#domain/hazard/standing.ts'
import { gradeOf, type Legacy, type Stop, type StoppedArea, unverified } from '#domain/hazard/state.ts'
import { timelinessWords } from '#web/desk/hazard/timelinessWords.ts'
import { GradeMark } from '#web/desk/shown/GradeMark.tsx'

const Criteria = ({ criteria }: Pick<HazardShown, 'criteria'>) => (
  <ul className="cited">
    {criteria.map(({ code, title, text, documentNumber }) => (
      <li key={code}>
        <strong>
          {code} {title}
        </strong>
        <blockquote>{text}</blockquote>
        <span className="soft">{documentNumber}</span>
      </li>
    ))}
  </ul>
)

const stops = { partial: '局部停产', whole: '全矿停产' } as const

const stopWords = (stop: Stop, areas: readonly StoppedArea[] | undefined): string =>
  areas && areas.length > 0
    ? `${stops[stop]}（${areas.map(({ where, on }) => `${where} ${on} 起`).join('，')}）`
    : stops[stop]

/** Listed with number, level, tracker and deadline; extended how often; closed before; numbered elsewhere. */
const Standing = ({ hazard: { state, people, timeline } }: { hazard: HazardShown }) => {
  const { listing, extensionRequest = [], extensionDecision = [] } = state.facts
  const listed = listingStands(state) ? latest(listing) : undefined
  const granted = extensionDecision.filter(({ granted: answer }) => answer === 'yes')
  const pending = pendingExtension(state)
  const closings = timeline.filter(({ act }) => act === 'closeOut' || act === 'reportFixed')
  const numbers = Object.entries(externalNumbers(state))
  const lines = [
    listed &&
      `挂牌督办：${listed.document}，${listingLevels[listed.level]}，督办责任人 ${people[listed.tracker] ?? '（已登记人员）'}，督办期限 ${listed.deadline}`,
    extensionRequest.length > 0 &&
      `申请延期 ${extensionRequest.length} 次，批准 ${granted.length} 次${pending ? `；申请延到 ${pending.deadline}，待批` : ''}`,
    ...state.reopenings.map(
      ({ on, reason }) => `${on} 重新打开：${reason}${closings.length > 0 ? '；原来的销号记录仍在经过里' : ''}`,
    ),
    numbers.length > 0 && `其他系统编号：${numbers.map(([system, number]) => `${system} ${number}`).join('，')}`,
  ].filter((line): line is string => typeof line === 'string')
  return (
    <ul className="standing-lines" aria-label="督办、延期、重开和编号">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}

const legacyLines = ({ ledgerStatus, category, responsibleUnit, claims, remark }: Legacy): readonly string[] =>
  [
    ledgerStatus && `原台账写的状态：${ledgerStatus}`,
    category && `类别：${category}`,
    responsibleUnit && `责任单位：${responsibleUnit}`,
    claims && `原台账写有：${claims}`,
    remark && `备注：${remark}`,
  ].filter((line): line is string => typeof line === 'string')

/** What came from an older ledger is told apart from what was seen to here, with what speaks against it. */
const FromLedger = ({ legacy }: { legacy: Legacy }) => (
  <aside className="from-ledger" aria-label="来历">
    <p>
      <strong>{unverified}</strong>
      <span className="soft"> 从原有台账转入，原台账记的事没有在本系统办理过</span>
    </p>
    {legacy.doubts.length > 0 && (
      <p>
        原台账这一行有矛盾：{legacy.doubts.join('；')}。照收的理由：{legacy.word}
      </p>
    )}
    {legacyLines(legacy).map((line) => (
      <p key={line} className="soft">
        {line}
      </p>
    ))}
  </aside>
)

/** What it is, where, how grave, how it stands with its deadline, and what is ordered meanwhile. */
export const Summary = ({ hazard }: { hazard: HazardShown }) => {
  const { state } = hazard
  const stop = standingStop(state)
  const { word, reason, late } = timelinessWords(hazard.timeliness, state)
  return (
    <section className="summary" aria-label="概况">
      <p className="summary-line">
        <GradeMark grade={gradeOf(state)} suspected={!state.judgement} />
        <strong data-status={state.status}>{hazard.statusTitle}</strong>
        <span>
          <span className={late ? 'days days-due' : 'days'} data-timeliness={hazard.timeliness.kind}>
            {word}
          </span>
          {reason && <span className="soft">（{reason}）</span>}
        </span>
        {stop && <strong data-stop={stop}>{stopWords(stop, state.stopped)}</strong>}
      </p>
      <Standing hazard={hazard} />
      {state.legacy && <FromLedger legacy={state.legacy} />}
      {state.finding.description && <p className="description">{state.finding.description}</p>}
      <p className="soft">
        <Link to="/mines/$id" params={{ id: state.finding.mineId }}>
          {hazard.mineName}
        </Link>
        {' · '}
        {hazard.sourceTitle} {state.finding.on}
        {state.corrections > 0 && ` · 更正过 ${state.corrections} 次，原记录见经过`}
      </p>
      {hazard.criteria.length > 0 && <Criteria criteria={hazard.criteria} />}
    </section>
  )
}
