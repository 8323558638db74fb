import { Button } from 'antd'
import { z } from 'zod'
import type { Problem } from '#contract/problem.ts'
import { transitionOf } from '#domain/hazard/transitions.ts'
import { bodyRows } from '#web/desk/hazard/bodyRows.ts'

const theirs = z.array(
  z.looseObject({ type: z.string(), receivedAt: z.string(), body: z.record(z.string(), z.unknown()) }),
)

const Side = ({ title, act, body }: { title: string; act: string; body: Record<string, unknown> }) => (
  <section>
    <h4>{title}</h4>
    <dl className="facts">
      {bodyRows(act, body, {}).map(({ label, text }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  </section>
)

type Props = { problem: Problem; act: string; mine: Record<string, unknown>; onTakeLatest: () => void }

/** Somebody acted while this form was open: both sides, and the way on. Nothing that was typed is lost. */
export const StaleBox = ({ problem, act, mine, onTakeLatest }: Props) => {
  const read = theirs.safeParse(problem.details?.theirs)
  const others = read.success ? read.data : []
  return (
    <div role="alert" className="problem" data-problem={problem.code}>
      <p className="problem-detail">{problem.detail}</p>
      <div className="two-sides">
        <div>
          {others.map(({ type, receivedAt, body }) => {
            const other = type.replace('hazard.', '')
            return (
              <Side
                key={receivedAt + type}
                title={`已办理：${transitionOf(other)?.title ?? other}`}
                act={other}
                body={body}
              />
            )
          })}
        </div>
        <Side title={`您要办理：${transitionOf(act)?.title ?? act}`} act={act} body={mine} />
      </div>
      <p>{problem.remedy}</p>
      <Button onClick={onTakeLatest}>看过了，用我填的继续</Button>
    </div>
  )
}
