import { useNavigate } from '@tanstack/react-router'
import { App, Checkbox, Select } from 'antd'
import { useState } from 'react'
import { type AccountShown, listPeople, putAccount, type TenantShown } from '#contract/org.ts'
import { account as accountSchema } from '#domain/org/account.ts'
import { type GrantDraft, GrantsInput } from '#web/desk/account/GrantsInput.tsx'
import { type NamedTenant, TenantSelect } from '#web/desk/org/TenantSelect.tsx'
import { queries, useAnswer } from '#web/desk/queries.ts'
import { checked } from '#web/desk/shown/checked.ts'
import { Registered, Registration } from '#web/desk/shown/Registration.tsx'
import { useSeenVersion } from '#web/desk/shown/StaleEntry.tsx'
import { api } from '#web/parts/api.ts'
import { newCommandId } from '#web/parts/commandId.ts'

type Props = {
  id: string
  home: NamedTenant
  /** What the form begins with. */
  usual: readonly GrantDraft[]
  account: AccountShown | undefined
  /** Chosen before, on the page of people. */
  personId?: string | undefined
  onDone: (tenantId: string) => void
}

/** An office answers for a division, a mine's people for their mine. */
export const usualGrant = (tenant: Pick<TenantShown, 'id' | 'kind' | 'div'>): GrantDraft => ({
  scope:
    tenant.kind === 'organisation' ? { kind: 'division', code: tenant.div } : { kind: 'tenants', ids: [tenant.id] },
})

const emptyGrant: GrantDraft = { scope: { kind: 'division', code: '' } }

export const AccountForm = ({ id, home: given, usual, account, personId: chosen, onDone }: Props) => {
  const navigate = useNavigate()
  const { message } = App.useApp()
  const [home, setHome] = useState<NamedTenant>(given)
  const [initial] = useState(usual)
  const [personId, setPersonId] = useState(account?.personId ?? chosen)
  const [grants, setGrants] = useState(initial)
  const [disabled, setDisabled] = useState(account?.disabled ?? false)
  const [commandId, setCommandId] = useState(newCommandId)
  const { seen, takeLatest } = useSeenVersion(account?.version)
  const people = useAnswer(listPeople, { params: { tenantId: home.id } })
  const dirty =
    grants !== initial || disabled !== (account?.disabled ?? false) || personId !== (account?.personId ?? chosen)

  const moveTo = (tenant: TenantShown) => {
    setHome(tenant)
    setPersonId(undefined)
    if (grants.every(({ role }) => role === undefined)) setGrants([usualGrant(tenant)])
  }

  const send = async () => {
    const read = checked(accountSchema, { ...(personId && { personId }), disabled, grants })
    if (!read.ok) return read.problem
    const answer = await api.call(putAccount, {
      params: { tenantId: home.id, id },
      body: {
        commandId,
        ...(seen !== undefined && { expectedVersion: seen }),
        value: read.value,
      },
    })
    if (!answer.ok) return answer.problem
    setCommandId(newCommandId())
    await queries.invalidateQueries()
    message.success(account ? '已保存' : '账号已开设，接着设账号名和密码')
    onDone(home.id)
    return undefined
  }

  return (
    <Registration
      label="岗位和管辖范围"
      verb={account ? '保存修改' : '开设账号'}
      dirty={dirty}
      send={send}
      cancel={() => void navigate({ to: '/accounts' })}
      entry={{ labels: { personId: '对应人员', grants: '岗位和管辖范围', disabled: '停用' }, takeLatest }}
    >
      {(wrong) => (
        <>
          <Registered name="tenantId" label="所属单位" help="局、乡镇、专家库、矿山或企业，按名称查找" wrong={wrong}>
            <TenantSelect
              id="tenantId"
              disabled={account !== undefined}
              value={home.id}
              known={[home]}
              onChange={moveTo}
            />
          </Registered>
          <Registered name="personId" label="对应人员（可不填）" help="办理记录里写的岗位由此而来" wrong={wrong}>
            <Select
              id="personId"
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              value={personId ?? null}
              options={(people.data?.items ?? []).map((person) => ({ value: person.id, label: person.post }))}
              onChange={(next) => setPersonId(next ?? undefined)}
              notFoundContent="这个单位还没有登记人员"
            />
          </Registered>
          <Registered name="grants" label="岗位和管辖范围" wrong={wrong}>
            <GrantsInput
              value={grants}
              onChange={setGrants}
              known={[home, ...(account?.reaches ?? [])]}
              empty={emptyGrant}
            />
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
