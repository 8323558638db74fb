import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { printPaper } from '#contract/paper.ts'
import type { Problem } from '#contract/problem.ts'
import { type HazardAct, transitionOf } from '#domain/hazard/transitions.ts'
import { useStanding } from '#web/desk/session/session.ts'
import { ProblemBox } from '#web/desk/shown/ProblemBox.tsx'
import { api } from '#web/parts/api.ts'
import { newId } from '#web/parts/commandId.ts'

type Props = {
  readonly tenantId: string
  readonly hazardId: string
  readonly act: HazardAct
  readonly body: Readonly<Record<string, unknown>>
}

/** For whoever prepares what a principal signs by hand (PRACTICE A14): what is filled in goes on paper, with its own code. */
export const PrintToSign = ({ tenantId, hazardId, act, body }: Props) => {
  const navigate = useNavigate()
  const { session } = useStanding()
  const [wrong, setWrong] = useState<Problem>()
  const print = async () => {
    const id = newId()
    const { paperSignature: _photo, ...written } = body
    const answer = await api.call(printPaper, {
      params: { tenantId, id },
      body: { kind: 'hazardAct', hazardId, act, body: written },
    })
    if (!answer.ok) return setWrong(answer.problem)
    await navigate({ to: '/papers/$tenantId/$id', params: { tenantId, id } })
  }
  const signer = transitionOf(act)?.paperSigner
  if (signer === undefined || signer === session.grant.role) return null
  return (
    <>
      <Button size="large" onClick={() => void print()}>
        打印手签
      </Button>
      <ProblemBox problem={wrong} />
    </>
  )
}
