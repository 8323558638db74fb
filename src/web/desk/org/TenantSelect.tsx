import { Select } from 'antd'
import { useState } from 'react'
import { listTenants, type TenantShown, tenantKinds } from '#contract/org.ts'
import { useAnswer } from '#web/desk/queries.ts'

export type NamedTenant = { readonly id: string; readonly name: string }

const labelOf = ({ kind, name }: TenantShown): string =>
  kind === 'organisation' ? name : `${name}（${tenantKinds[kind]}）`

/** Units, mines and companies in scope, found by name on the server; `known` names what is chosen already. */
const useTenantOptions = (known: readonly NamedTenant[]) => {
  const [search, setSearch] = useState('')
  const listed = useAnswer(listTenants, { query: { limit: 50, ...(search && { search }) } }, { staleTime: 60_000 })
  const found = listed.data?.items ?? []
  const options = new Map([
    ...known.map(({ id, name }) => [id, name] as const),
    ...found.map((tenant) => [tenant.id, labelOf(tenant)] as const),
  ])
  return {
    found,
    props: {
      showSearch: { filterOption: false, onSearch: setSearch },
      loading: listed.isFetching,
      options: [...options].map(([value, label]) => ({ value, label })),
      notFoundContent: '没有找到；先登记单位、企业或矿山',
    },
  }
}

type OneProps = {
  id?: string
  value: string | undefined
  known?: readonly NamedTenant[]
  disabled?: boolean
  placeholder?: string
  onChange: (tenant: TenantShown) => void
}

export const TenantSelect = ({ id, value, known = [], disabled = false, placeholder, onChange }: OneProps) => {
  const { found, props } = useTenantOptions(known)
  return (
    <Select
      {...props}
      {...(id ? { id } : { 'aria-label': '单位' })}
      className="filter-select"
      disabled={disabled}
      placeholder={placeholder}
      value={value ?? null}
      onChange={(chosen) => {
        const tenant = found.find((one) => one.id === chosen)
        if (tenant) onChange(tenant)
      }}
    />
  )
}

type ManyProps = {
  value: readonly string[]
  known: readonly NamedTenant[]
  onChange: (ids: string[]) => void
}

export const TenantsSelect = ({ value, known, onChange }: ManyProps) => {
  const { props } = useTenantOptions(known)
  return (
    <Select
      {...props}
      aria-label="管辖的单位、矿山、企业"
      mode="multiple"
      placeholder="按名称查找"
      value={[...value]}
      onChange={onChange}
    />
  )
}
