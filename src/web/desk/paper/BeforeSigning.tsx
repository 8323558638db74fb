import '#web/desk/paper/paper.css'
import { listBeforeSigning } from '#contract/beforeSigning.ts'
import type { HazardShown } from '#contract/hazard.ts'
import { gapsBeforeSigning } from '#domain/hazard/gapsBeforeSigning.ts'
import type { HazardAct } from '#domain/hazard/transitions.ts'
import { useAnswer } from '#web/desk/queries.ts'
import { useStanding } from '#web/desk/session/session.ts'

type Props = {
  /** Capability and act, e.g. `hazard.accept`. */
  readonly act: string
  /** What this record does not have, 未查 among it. */
  readonly gaps: readonly string[]
}

/** 签字前看这三条: what you confirm, what you answer for by which clause, what is missing. For whoever signs as principal. */
export const BeforeSigning = ({ act, gaps }: Props) => {
  const read = useAnswer(listBeforeSigning, {}, { staleTime: 3_600_000 })
  const lines = read.data?.items.find((one) => one.act === act)
  if (!lines) return null
  return (
    <section className="before-signing" aria-labelledby="before-signing">
      <h3 id="before-signing">签字前看这三条</h3>
      <ol>
        <li>{lines.confirms}</li>
        <li>
          {lines.answers}
          <span className="soft">
            （
            {lines.clauses.map(({ short, requires }, at) => (
              <span key={short} title={requires}>
                {at > 0 && '、'}
                {short}
              </span>
            ))}
            ）
          </span>
        </li>
        <li>
          {gaps.length > 0 ? (
            <>
              还缺：<strong>{gaps.join('；')}</strong>
            </>
          ) : (
            '这条记录该有的都有。'
          )}
        </li>
      </ol>
    </section>
  )
}

/** The same on a hazard's sheet: only the principal signs, so only he is shown it. */
export const BeforeSigningAct = ({ hazard, act }: { hazard: HazardShown; act: HazardAct }) => {
  const { session, app } = useStanding()
  if (session.grant.role !== 'principal') return null
  return <BeforeSigning act={`hazard.${act}`} gaps={gapsBeforeSigning(hazard.state, act, app.businessDate)} />
}
