import { useNavigate } from '@tanstack/react-router'
import { App, Checkbox, Select } from 'antd'
import { useState } from 'react'
import { listPeople, putAccount } from '#contract/org.ts'
import { account as accountSchema } from '#domain/org/account.ts'
import type { AccountShown } from '#web/desk/account/AccountListPage.tsx'
import { type GrantDraft, GrantsInput } from '#web/desk/account/GrantsInput.tsx'
import { useTenants } from '#web/desk/account/useTenants.ts'
import { queries, useAnswer } from '#web/desk/queries.ts'
import { checked } from '#web/desk/shown/checked.ts'
import { Registered, Registration } from '#web/desk/shown/Registration.tsx'
import { api } from '#web/parts/api.ts'
import { newCommandId } from '#web/parts/commandId.ts'

type Props = {
  id: string
  tenantId: string
  account: AccountShown | undefined
  accounts: readonly AccountShown[]
  onDone: (tenantId: string) => void
}

const emptyGrant: GrantDraft = { scope: { kind: 'division', code: '' } }

export const AccountForm = ({ id, tenantId, account, accounts, onDone }: Props) => {
  const navigate = useNavigate()
  const { message } = App.useApp()
  const tenants = useTenants(accounts)
  const [home, setHome] = useState(tenantId)
  const [personId, setPersonId] = useState(account?.personId)
  const [grants, setGrants] = useState<readonly GrantDraft[]>(account?.grants ?? [emptyGrant])
  const [disabled, setDisabled] = useState(account?.disabled ?? false)
  const [commandId, setCommandId] = useState(newCommandId)
  const people = useAnswer(listPeople, { params: { tenantId: home } })
  const dirty =
    grants !== account?.grants && grants[0] !== emptyGrant ? true : disabled !== (account?.disabled ?? false)

  const send = async () => {
    const read = checked(accountSchema, { ...(personId && { personId }), disabled, grants })
    if (!read.ok) return read.problem
    const answer = await api.call(putAccount, {
      params: { tenantId: home, id },
      body: {
        commandId,
        ...(account?.version !== undefined && { expectedVersion: account.version }),
        value: read.value,
      },
    })
    if (!answer.ok) return answer.problem
    setCommandId(newCommandId())
    await queries.invalidateQueries()
    message.success(account ? '已保存' : '账号已开设，接着设账号名和密码')
    onDone(home)
    return undefined
  }

  return (
    <Registration
      label="岗位和管辖范围"
      verb={account ? '保存修改' : '开设账号'}
      dirty={dirty}
      send={send}
      cancel={() => void navigate({ to: '/accounts' })}
    >
      {(wrong) => (
        <>
          <Registered name="tenantId" label="所属单位" wrong={wrong}>
            <Select
              id="tenantId"
              disabled={account !== undefined}
              showSearch={{ optionFilterProp: 'label' }}
              value={home}
              options={tenants}
              onChange={setHome}
            />
          </Registered>
          <Registered name="personId" label="对应人员（可不填）" help="办理记录里写的岗位由此而来" wrong={wrong}>
            <Select
              id="personId"
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              value={personId ?? null}
              options={(people.data?.items ?? []).map((person) => ({ value: person.id, label: person.post }))}
              onChange={(chosen) => setPersonId(chosen ?? undefined)}
            />
          </Registered>
          <Registered name="grants" label="岗位和管辖范围" wrong={wrong}>
            <GrantsInput value={grants} onChange={setGrants} tenants={tenants} empty={emptyGrant} />
          </Registered>
          <Registered name="disabled" label="停用" help="停用后不能登录；以前的办理记录不变" wrong={wrong}>
            <Checkbox id="disabled" checked={disabled} onChange={({ target }) => setDisabled(target.checked)}>
              停用这个账号
            </Checkbox>
          </Registered>
        </>
      )}
    </Registration>
  )
}
