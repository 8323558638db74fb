import { Select } from 'antd'
import { useState } from 'react'
import { listCompanies, readCompany } from '#contract/org.ts'
import { useAnswer } from '#web/desk/queries.ts'

type Props = { id: string; value: string | undefined; onChange: (companyId: string) => void }

/** Any company in scope, found by name or credit code on the server. */
export const CompanySelect = ({ id, value, onChange }: Props) => {
  const [search, setSearch] = useState('')
  const listed = useAnswer(listCompanies, { query: { limit: 50, ...(search && { search }) } }, { staleTime: 60_000 })
  const chosen = useAnswer(readCompany, { params: { id: value ?? '' } }, { enabled: value !== undefined })
  const known = new Map(
    [...(chosen.data ? [chosen.data] : []), ...(listed.data?.items ?? [])].map(
      ({ id: companyId, name, creditCode }) => [companyId, `${name} ${creditCode}`] as const,
    ),
  )
  return (
    <Select
      id={id}
      showSearch={{ filterOption: false, onSearch: setSearch }}
      placeholder="按名称或信用代码查找"
      value={value && known.has(value) ? value : null}
      loading={listed.isFetching}
      options={[...known].map(([companyId, label]) => ({ value: companyId, label }))}
      onChange={(companyId) => companyId && onChange(companyId)}
      notFoundContent="没有这家企业，先登记企业"
    />
  )
}
