import { Drawer, Radio } from 'antd'
import { useState } from 'react'
import { erasePerson } from '#contract/org.ts'
import { erasure, type Ground, grounds } from '#domain/org/erasure.ts'
import type { Person } from '#web/desk/people/PeoplePage.tsx'
import { queries } from '#web/desk/queries.ts'
import { checked } from '#web/desk/shown/checked.ts'
import { Registered, Registration } from '#web/desk/shown/Registration.tsx'
import { api } from '#web/parts/api.ts'
import { newCommandId } from '#web/parts/commandId.ts'

const choices = Object.entries(grounds).map(([value, label]) => ({ value, label }))

/** Cannot be undone: what goes and what stays is said before, the reason is chosen and not written. */
export const ErasureSheet = ({ person, close }: { person: Person; close: () => void }) => {
  const [ground, setGround] = useState<Ground>()
  const [commandId] = useState(newCommandId)

  const send = async () => {
    const given = checked(erasure, { ground })
    if (!given.ok) return given.problem
    const answer = await api.call(erasePerson, {
      params: { tenantId: person.tenantId, id: person.id },
      body: {
        commandId,
        ...(person.version !== undefined && { expectedVersion: person.version }),
        ...given.value,
      },
    })
    if (!answer.ok) return answer.problem
    await queries.invalidateQueries()
    close()
    return undefined
  }

  return (
    <Drawer open onClose={close} title={`删除个人信息：${person.post}`} size={480}>
      <p>
        <strong>删除以后不能恢复。</strong>
      </p>
      <p>删掉的：姓名、手机、账号名和密码，以及打开这个人登记记录的密钥。</p>
      <p>留下的：岗位、已办的隐患和存证。记录里只有这个人的编号，从此查不到是谁；以前发出的回执和佐证照样验得过。</p>
      <p className="soft">
        以前做的备份里还有姓名，请按保存期销毁；办理时写进说明里的姓名、照片里的人不在此列。（个人信息保护法 47）
      </p>
      <Registration label="删除个人信息" verb="删除个人信息" dirty={false} send={send} cancel={close}>
        {(wrong) => (
          <Registered name="ground" label="为什么删除" help="记入存证，永久保留" wrong={wrong}>
            <Radio.Group
              id="ground"
              value={ground}
              options={choices}
              vertical
              onChange={({ target }) => setGround(target.value)}
            />
          </Registered>
        )}
      </Registration>
    </Drawer>
  )
}
