import { Button, Drawer } from 'antd'
import { useState } from 'react'
import { listPeople, revealPerson } from '#contract/org.ts'
import { useAnswer } from '#web/desk/queries.ts'
import { PageSkeleton } from '#web/desk/shown/PageSkeleton.tsx'
import { ProblemBox } from '#web/desk/shown/ProblemBox.tsx'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'
import { api, type ProblemError } from '#web/parts/api.ts'
import { newCommandId } from '#web/parts/commandId.ts'

type Listed = {
  readonly id: string
  readonly post: string
  readonly name?: string | undefined
  readonly phone?: string | undefined
}

/** Who answers for the mine stands first; a call is rarely for a driver. */
const rank = ({ post }: { readonly post: string }): number => {
  const order = [/矿长|主要负责人/, /安全/, /实际控制人|法定代表人/, /副矿长|技术/]
  const at = order.findIndex((pattern) => pattern.test(post))
  return at < 0 ? order.length : at
}

/** A number is personal: showing it is an act with its reason, kept (个人信息保护法); then one tap calls. */
const Callable = ({ person, tenantId, reason }: { person: Listed; tenantId: string; reason: string }) => {
  const [commandId] = useState(newCommandId)
  const [phone, setPhone] = useState<string>()
  const [problem, setProblem] = useState<ProblemError['problem']>()
  const reveal = async () => {
    const answer = await api.call(revealPerson, { params: { tenantId, id: person.id }, body: { commandId, reason } })
    if (!answer.ok) return setProblem(answer.problem)
    setPhone(answer.value.phone ?? '')
  }
  return (
    <li className="callable">
      <span>
        {person.post}
        {person.name && <span className="soft"> {person.name}</span>}
      </span>
      {phone ? (
        <a className="button-link call-link" href={`tel:${phone}`}>
          拨打 {phone}
        </a>
      ) : (
        <Button onClick={() => void reveal()} aria-label={`显示号码：${person.post}`}>
          {person.phone ?? '显示号码'}
        </Button>
      )}
      <ProblemBox problem={problem} />
    </li>
  )
}

type Props = { mineId: string; mineName: string; reason: string; close: () => void }

/** Whom to call at a mine. */
export const CallSheet = ({ mineId, mineName, reason, close }: Props) => {
  const read = useAnswer(listPeople, { params: { tenantId: mineId } })
  const people = (read.data?.items ?? [])
    .filter(({ active, phone }) => active && phone)
    .sort((a, b) => rank(a) - rank(b))
  return (
    <Drawer open onClose={close} title={`打电话：${mineName}`} size={420}>
      <p className="soft">点号码显示完整号码，理由“{reason}”记入留痕；再点一下就拨打。</p>
      {read.isError && <QueryProblem error={read.error} retry={() => read.refetch()} />}
      {read.isPending && <PageSkeleton rows={4} />}
      {read.data && people.length === 0 && (
        <p className="empty">这座矿还没有登记手机号。在“人员”里登记后，这里可以直接拨打。</p>
      )}
      <ul className="callables">
        {people.map((person) => (
          <Callable key={person.id} person={person} tenantId={mineId} reason={reason} />
        ))}
      </ul>
    </Drawer>
  )
}
