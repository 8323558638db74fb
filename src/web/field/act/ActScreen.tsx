import { useEffect } from 'react'
import type { HazardShown } from '#contract/hazard.ts'
import { isFact } from '#domain/hazard/facts.ts'
import type { Transition } from '#domain/hazard/move.ts'
import { type HazardAct, hazardActs, transitions } from '#domain/hazard/transitions.ts'
import { ActForm } from '#web/field/act/ActForm.tsx'
import { Retry, Skeleton } from '#web/field/hazard/MyReports.tsx'
import { useHazard } from '#web/field/hazard/reads.ts'
import { begin, untouched, useOutbox } from '#web/field/outbox/outbox.ts'
import { isAct } from '#web/field/outbox/pending.ts'
import { businessDay, useApp } from '#web/field/session/app.ts'
import { useSession } from '#web/field/session/session.tsx'
import { prefilled } from '#web/parts/prefilled.ts'

type ActScreenProps = { readonly tenantId: string; readonly id: string; readonly act: string }

const actNamed = (name: string): HazardAct | undefined => hazardActs.find((act) => act === name)

export const ActScreen = ({ tenantId, id, act: name }: ActScreenProps) => {
  const { data, error, isPending, refetch } = useHazard(tenantId, id)
  const act = actNamed(name)
  const transition = act && transitions[act]
  if (act && transition && data) return <Begun hazard={data} act={act} transition={transition} />
  return (
    <main className="page">
      {isPending ? <Skeleton /> : <Retry message={error?.message ?? '没有这个办理事项'} again={() => void refetch()} />}
    </main>
  )
}

type BegunProps = { readonly hazard: HazardShown; readonly act: HazardAct; readonly transition: Transition }

/** Goes on with what was begun on this phone, or begins; what was only opened leaves nothing behind. */
const Begun = ({ hazard, act, transition }: BegunProps) => {
  const { accountId, personId } = useSession()
  const app = useApp()
  const { commands, loaded } = useOutbox()
  const command = commands
    .filter(isAct)
    .find((one) => one.hazardId === hazard.id && one.act === act && one.accountId === accountId)
  const wanting = loaded && app.data !== undefined && command === undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: begun once, when the page opens
  useEffect(() => {
    if (!wanting) return
    const today = businessDay(app.data)
    void begin({
      accountId,
      tenantId: hazard.tenantId,
      hazardId: hazard.id,
      act,
      title: transition.title,
      body: prefilled(act, { hazard, today, personId }),
      writtenOn: today,
      // A move goes from a state that was seen; a fact is written down whatever else happened meanwhile.
      ...(!isFact(act) && { expectedVersion: hazard.version }),
    })
  }, [loaded && app.data !== undefined])
  const commandId = command?.commandId
  useEffect(() => () => void (commandId && untouched(commandId)), [commandId])
  if (!command)
    return (
      <main className="page">
        <Skeleton />
      </main>
    )
  return <ActForm hazard={hazard} command={command} transition={transition} />
}
