import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import { actOnHazard, type HazardShown, readRepeats, type repeatedHazard } from '#contract/hazard.ts'
import type { Problem } from '#contract/problem.ts'
import { queries, useAnswer } from '#web/desk/queries.ts'
import { ProblemBox } from '#web/desk/shown/ProblemBox.tsx'
import { api } from '#web/parts/api.ts'
import { newCommandId } from '#web/parts/commandId.ts'

type Repeated = z.output<typeof repeatedHazard>

const Line = ({ tenantId, one, children }: { tenantId: string; one: Repeated; children?: React.ReactNode }) => (
  <li data-repeat={one.number}>
    <Link to="/hazards/$tenantId/$id" params={{ tenantId, id: one.id }}>
      {one.number}
    </Link>{' '}
    {one.foundOn} {one.place} <span className="soft">{one.description}</span>（
    {one.closedOn ? `${one.closedOn} ${one.statusTitle}` : one.statusTitle}）
    <span className="soft block">{one.why}</span>
    {children}
  </li>
)

/** 重复隐患: linked by a person; what only seems the same is proposed, with the reason. */
export const Repeats = ({ hazard }: { hazard: HazardShown }) => {
  const { tenantId, id, can, version } = hazard
  const read = useAnswer(readRepeats, { params: { tenantId, id } })
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState(false)
  const mayLink = can.some(({ act, refusal }) => act === 'repeatLink' && !refusal)
  if (!read.data) return null
  const { earlier, later, proposed } = read.data
  if (earlier.length + later.length + proposed.length === 0) return null
  const link = async ({ id: other, why }: Repeated) => {
    setBusy(true)
    const answer = await api.call(actOnHazard, {
      params: { tenantId, id, act: 'repeatLink' },
      body: { commandId: newCommandId(), expectedVersion: version, body: { earlier: other, same: why } },
    })
    setProblem(answer.ok ? undefined : answer.problem)
    await queries.invalidateQueries()
    setBusy(false)
  }
  return (
    <section aria-labelledby="repeats" className="repeats">
      <h2 id="repeats">重复隐患</h2>
      <ProblemBox problem={problem} />
      {earlier.length > 0 && (
        <>
          <p>
            <strong>
              先前出现过 {earlier.length} 次，这是第 {earlier.length + 1} 次
            </strong>
          </p>
          <ul>
            {earlier.map((one) => (
              <Line key={one.id} tenantId={tenantId} one={one} />
            ))}
          </ul>
        </>
      )}
      {later.length > 0 && (
        <>
          <p>后来又出现 {later.length} 次</p>
          <ul>
            {later.map((one) => (
              <Line key={one.id} tenantId={tenantId} one={one} />
            ))}
          </ul>
        </>
      )}
      {proposed.length > 0 && (
        <>
          <p>可能是重复的，由人确认（系统提示不等于认定）：</p>
          <ul>
            {proposed.map((one) => (
              <Line key={one.id} tenantId={tenantId} one={one}>
                {mayLink && (
                  <Button size="small" disabled={busy} onClick={() => void link(one)}>
                    是重复，关联
                  </Button>
                )}
              </Line>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
