import { Drawer, Input } from 'antd'
import { useState } from 'react'
import { revealPerson } from '#contract/org.ts'
import type { Person } from '#web/desk/people/PeoplePage.tsx'
import { Registered, Registration } from '#web/desk/shown/Registration.tsx'
import { api } from '#web/parts/api.ts'
import { newCommandId } from '#web/parts/commandId.ts'

type Shown = { readonly name?: string | undefined; readonly phone?: string | undefined }

/** Looking at a name is an act: it states why, and it is kept. What was shown leaves with the sheet. */
export const RevealSheet = ({ person, close }: { person: Person; close: () => void }) => {
  const [reason, setReason] = useState('')
  const [commandId] = useState(newCommandId)
  const [shown, setShown] = useState<Shown>()

  const send = async () => {
    const answer = await api.call(revealPerson, {
      params: { tenantId: person.tenantId, id: person.id },
      body: { commandId, reason },
    })
    if (!answer.ok) return answer.problem
    setShown(answer.value)
    return undefined
  }

  return (
    <Drawer open onClose={close} title={`显示姓名手机：${person.post}`} size={420}>
      {shown ? (
        <dl className="facts">
          <div>
            <dt>姓名</dt>
            <dd>{shown.name ?? '没有登记'}</dd>
          </div>
          <div>
            <dt>手机</dt>
            <dd>{shown.phone ? <a href={`tel:${shown.phone}`}>{shown.phone}</a> : '没有登记'}</dd>
          </div>
        </dl>
      ) : (
        <Registration label="显示姓名手机" verb="显示" dirty={false} send={send} cancel={close}>
          {(wrong) => (
            <Registered name="reason" label="为什么要看" help="例如：通知复查时间；记入留痕" wrong={wrong}>
              <Input id="reason" value={reason} onChange={({ target }) => setReason(target.value)} />
            </Registered>
          )}
        </Registration>
      )}
    </Drawer>
  )
}
