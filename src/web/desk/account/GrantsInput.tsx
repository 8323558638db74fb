import { Button, Input, Radio, Select } from 'antd'
import type { Scope } from '#domain/access/actor.ts'
import { type Role, roleNames, roleTitle } from '#domain/access/role.ts'
import { type NamedTenant, TenantsSelect } from '#web/desk/org/TenantSelect.tsx'

export type GrantDraft = { readonly role?: Role | undefined; readonly scope: Scope }
type Props = {
  value: readonly GrantDraft[]
  onChange: (value: readonly GrantDraft[]) => void
  /** Names of tenants that are chosen already. */
  known: readonly NamedTenant[]
  empty: GrantDraft
}

const roleOptions = roleNames
  .filter((role) => role !== 'setup')
  .map((role) => ({ value: role, label: roleTitle(role) }))

type RowProps = {
  grant: GrantDraft
  known: readonly NamedTenant[]
  change: (grant: GrantDraft) => void
  remove?: () => void
}

const GrantRow = ({ grant, known, change, remove }: RowProps) => {
  const { role, scope } = grant
  const kind = (next: Scope['kind']): Scope =>
    next === 'division' ? { kind: 'division', code: '' } : { kind: 'tenants', ids: [] }
  return (
    <div className="grant">
      <Select
        aria-label="岗位"
        placeholder="岗位"
        showSearch={{ optionFilterProp: 'label' }}
        value={role ?? null}
        options={roleOptions}
        onChange={(chosen) => change({ role: chosen ?? undefined, scope })}
      />
      <Radio.Group
        aria-label="管辖范围"
        value={scope.kind}
        options={[
          { value: 'division', label: '一个区划' },
          { value: 'tenants', label: '指定单位' },
        ]}
        onChange={({ target }) => change({ role, scope: kind(target.value) })}
      />
      {scope.kind === 'division' ? (
        <Input
          aria-label="行政区划代码"
          placeholder="行政区划代码，例如 140404"
          value={scope.code}
          onChange={({ target }) => change({ role, scope: { kind: 'division', code: target.value.trim() } })}
        />
      ) : (
        <TenantsSelect
          value={scope.ids}
          known={known}
          onChange={(ids) => change({ role, scope: { kind: 'tenants', ids } })}
        />
      )}
      {remove && (
        <Button type="text" size="small" onClick={remove}>
          去掉
        </Button>
      )}
    </div>
  )
}

export const GrantsInput = ({ value, onChange, known, empty }: Props) => (
  <div>
    {value.map((grant, index) => (
      <GrantRow
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are told apart by their place alone
        key={index}
        grant={grant}
        known={known}
        change={(changed) => onChange(value.with(index, changed))}
        {...(value.length > 1 && { remove: () => onChange(value.toSpliced(index, 1)) })}
      />
    ))}
    <Button onClick={() => onChange([...value, { ...empty }])}>再加一个岗位</Button>
  </div>
)
