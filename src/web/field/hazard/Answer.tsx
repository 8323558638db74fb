import { useQuery } from '@tanstack/react-query'
import type { HazardShown } from '#contract/hazard.ts'
import { afterPhotoOf, goesOnAs, outcome, reasonOf } from '#web/field/hazard/outcome.ts'
import { Photo } from '#web/field/hazard/Photo.tsx'
import { hazardQuery } from '#web/field/hazard/reads.ts'
import { Link } from '#web/field/routing/Link.tsx'
import { useSession } from '#web/field/session/session.tsx'

const toldOf = ({ state }: HazardShown) => ({
  status: state.status,
  ...(state.judgement && { grade: state.judgement.grade }),
  ...(state.due && { deadline: state.due }),
  ...(state.closing && { closedOn: state.closing.on }),
})

/** How the record that goes on in this one's place stands, with its photo after the work. */
const GoesOn = ({ at, withPhoto }: { readonly at: { tenantId: string; id: string }; readonly withPhoto: boolean }) => {
  const { data } = useQuery(hazardQuery(at.tenantId, at.id))
  if (!data) return null
  const after = data.state.status === 'closed' ? afterPhotoOf(data.state) : undefined
  return (
    <>
      <p>
        <Link to={`/hazard/${at.tenantId}/${at.id}`} className="text-link">
          {data.state.number}
        </Link>
        ：{data.state.status === 'closed' ? outcome(toldOf(data)).replace('你报的隐患', '') : outcome(toldOf(data))}
      </p>
      {withPhoto && after && <Photo tenantId={at.tenantId} sha256={after} alt="整改后" />}
    </>
  )
}

/** On the page of a report: what came of it and why, told to the one who made it and to nobody else. */
export const Answer = ({ hazard }: { readonly hazard: HazardShown }) => {
  const { accountId } = useSession()
  const { state, tenantId } = hazard
  if (state.finding.by.accountId !== accountId) return null
  const reason = reasonOf(state)
  const other = goesOnAs(tenantId, state)
  const after = state.status === 'closed' ? afterPhotoOf(state) : undefined
  return (
    <section className="answer stack tight" aria-label="给你的答复">
      <p>
        <strong className={state.status === 'closed' ? 'done' : undefined}>{outcome(toldOf(hazard))}</strong>
      </p>
      {reason && <p>理由：{reason}</p>}
      {other && <GoesOn at={other} withPhoto />}
      {after && <Photo tenantId={tenantId} sha256={after} alt="改好之后" />}
      {state.status === 'notEstablished' && <p className="soft">看到情况有变化，再报一次，会重新看。</p>}
    </section>
  )
}

/** In a list: the reason in one line. */
export const AnswerLine = ({ tenantId, id }: { readonly tenantId: string; readonly id: string }) => {
  const { data } = useQuery(hazardQuery(tenantId, id))
  const reason = data && reasonOf(data.state)
  const other = data && goesOnAs(tenantId, data.state)
  return (
    <>
      {reason && <span className="clamp">理由：{reason}</span>}
      {other && <GoesOnLine at={other} />}
    </>
  )
}

const GoesOnLine = ({ at }: { readonly at: { tenantId: string; id: string } }) => {
  const { data } = useQuery(hazardQuery(at.tenantId, at.id))
  if (data?.state.status !== 'closed') return null
  return <strong className="done">那一条{outcome(toldOf(data)).replace('你报的隐患', '')}</strong>
}
