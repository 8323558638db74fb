import type { HazardShown } from '#contract/hazard.ts'
import { proofPath, type ReceiptInLog, type RecordAt } from '#contract/ledger.ts'
import type { Ability } from '#domain/hazard/can.ts'
import type { Timeliness } from '#domain/hazard/deadline.ts'
import { gradeOf, unverified } from '#domain/hazard/state.ts'
import { shortTitle } from '#web/field/act/formFields.ts'
import { Answer } from '#web/field/hazard/Answer.tsx'
import { actsInOrder } from '#web/field/hazard/actsInOrder.ts'
import { Grade } from '#web/field/hazard/Grade.tsx'
import { Retry, Skeleton } from '#web/field/hazard/MyReports.tsx'
import { Photo } from '#web/field/hazard/Photo.tsx'
import { useHazard, useReceipts } from '#web/field/hazard/reads.ts'
import { StepStrip } from '#web/field/hazard/StepStrip.tsx'
import { Link } from '#web/field/routing/Link.tsx'
import { onItsWayWords, placeWords } from '#web/parts/ledgerWords.ts'
import { daysLeftWords } from '#web/parts/words.ts'

type Place = { readonly tenantId: string; readonly id: string }

export const HazardView = ({ tenantId, id }: Place) => {
  const { data, error, isPending, refetch } = useHazard(tenantId, id)
  if (isPending)
    return (
      <main className="page">
        <Skeleton />
      </main>
    )
  if (!data)
    return (
      <main className="page">
        <Retry message={error?.message ?? '没有读到这条隐患'} again={() => void refetch()} />
      </main>
    )
  return <Shown hazard={data} />
}

const DeadlineLine = ({ timeliness }: { readonly timeliness: Timeliness }) => {
  switch (timeliness.kind) {
    case 'running':
      return (
        <p>
          期限 {timeliness.deadline}，{daysLeftWords(timeliness.daysLeft)}
        </p>
      )
    case 'overdue':
      return (
        <p>
          期限 {timeliness.deadline}，<strong className="late">逾期 {timeliness.daysLate} 天</strong>
        </p>
      )
    case 'inTime':
      return (
        <p>
          期限 {timeliness.deadline}，{timeliness.finishedOn} 按期完成
          {timeliness.enteredOn && `（${timeliness.enteredOn} 补录）`}
        </p>
      )
    case 'finishedLate':
      return (
        <p>
          期限 {timeliness.deadline}，{timeliness.finishedOn} 完成，晚 {timeliness.daysLate} 天
        </p>
      )
    case 'noDeadline':
      return <p className="soft">还没有定期限</p>
    case 'ended':
      return null
  }
}

const afterPhotos = ({ state }: HazardShown): readonly string[] => [
  ...(state.acceptance?.photos ?? []),
  ...(state.facts.progress?.flatMap(({ photos }) => photos ?? []) ?? []),
]

const Pictures = ({ hazard }: { readonly hazard: HazardShown }) => {
  const { state, tenantId } = hazard
  const before = state.finding.photos
  const after = afterPhotos(hazard)
  if (before.length === 0 && after.length === 0)
    return state.finding.tooDangerous ? <p className="calm">危险，不宜靠近：没有照片。</p> : null
  return (
    <div className="pictures">
      {before.length > 0 && (
        <figure>
          {before.map((sha256) => (
            <Photo key={sha256} tenantId={tenantId} sha256={sha256} alt="整改前" />
          ))}
          <figcaption>整改前 {state.finding.on}</figcaption>
        </figure>
      )}
      {after.length > 0 && (
        <figure>
          {after.map((sha256) => (
            <Photo key={sha256} tenantId={tenantId} sha256={sha256} alt="整改后" />
          ))}
          <figcaption>整改中、整改后</figcaption>
        </figure>
      )}
    </div>
  )
}

type ActLinkProps = { readonly ability: Ability; readonly hazard: HazardShown; readonly primary?: boolean }

const ActLink = ({ ability, hazard, primary = false }: ActLinkProps) => (
  <Link
    to={`/hazard/${hazard.tenantId}/${hazard.id}/${ability.act}`}
    className={`button large${primary ? ' primary' : ''}`}
    act={ability.act}
  >
    {shortTitle(ability)}
  </Link>
)

const Acts = ({ hazard }: { readonly hazard: HazardShown }) => {
  const { next, others, refused } = actsInOrder(hazard)
  return (
    <section className="stack" aria-label="可以办的">
      {next.map((ability, index) => (
        <div key={ability.act} className="stack tight">
          <ActLink ability={ability} hazard={hazard} primary={index === 0} />
          {index === 0 && <p className="help">依据：{ability.clause}</p>}
        </div>
      ))}
      {others.length > 0 && (
        <details className="more" open={next.length === 0}>
          <summary>其他可以办的（{others.length}）</summary>
          <div className="stack">
            {others.map((ability) => (
              <ActLink key={ability.act} ability={ability} hazard={hazard} />
            ))}
          </div>
        </details>
      )}
      {refused.length > 0 && (
        <details className="more">
          <summary>现在还不能办的（{refused.length}）</summary>
          <ul className="plain stack">
            {refused.map(({ act, title, refusal }) => (
              <li key={act}>
                <strong>{title}</strong>
                <p className="refusal">
                  {refusal?.message}。{refusal?.remedy}
                </p>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

type InLogProps = { readonly record: RecordAt; readonly receipt: ReceiptInLog | undefined }

const InLog = ({ record, receipt }: InLogProps) =>
  receipt?.inLog ? (
    <p className="in-log">
      <span className="soft">已入存证{placeWords(receipt.inLog)}</span>
      {!receipt.erased && (
        <a href={proofPath(record, 'all')} download>
          下载证明
        </a>
      )}
    </p>
  ) : null

const Shown = ({ hazard }: { readonly hazard: HazardShown }) => {
  const { state, timeline } = hazard
  const { data: receipts } = useReceipts(hazard.tenantId, hazard.id, hazard.version)
  const late = receipts?.find((one) => one.late)
  return (
    <main className="page stack">
      <div className="stack tight">
        <p className="soft">
          {state.number} · {hazard.mineName}
        </p>
        <h1>{state.finding.place ?? '没有写部位'}</h1>
        <p>
          {gradeOf(state) && <Grade grade={gradeOf(state)} />} <strong>{hazard.statusTitle}</strong>
        </p>
        {state.legacy && <p className="calm">{unverified}：从原有台账转入</p>}
        <DeadlineLine timeliness={hazard.timeliness} />
      </div>
      {!state.legacy && <Answer hazard={hazard} />}
      <Pictures hazard={hazard} />
      {state.finding.description && <p>{state.finding.description}</p>}
      {hazard.criteria.map(({ code, title }) => (
        <p key={code} className="soft">
          判定标准 {code} {title}
        </p>
      ))}
      <p className="soft">
        {hazard.sourceTitle}，{state.finding.on} 发现
      </p>
      <StepStrip steps={hazard.steps} />
      <Acts hazard={hazard} />
      <details className="more">
        <summary>经过（{timeline.length}）</summary>
        {late && <p role="status">{onItsWayWords(late)}</p>}
        <ol className="plain timeline">
          {timeline.map((entry) => (
            <li key={entry.eventId}>
              <span className="number">{entry.on}</span> {entry.title}
              <span className="soft">
                {' '}
                {entry.byPost ?? entry.roleTitle}
                {entry.onBehalf && '（代录）'}
                {entry.enteredLater && '（补录）'}
              </span>
              <InLog
                record={{ tenantId: hazard.tenantId, streamId: hazard.id, version: entry.version }}
                receipt={receipts?.find(({ version }) => version === entry.version)}
              />
            </li>
          ))}
        </ol>
      </details>
    </main>
  )
}
