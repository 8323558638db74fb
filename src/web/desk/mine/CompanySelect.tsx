import { Select } from 'antd'
import { listMines } from '#contract/org.ts'
import { recentCompanies } from '#web/desk/mine/recentCompanies.ts'
import { useAnswer } from '#web/desk/queries.ts'

type Props = { id: string; value: string | undefined; onChange: (companyId: string) => void }

/** The companies that have a mine here, and those registered just now in this tab. */
export const CompanySelect = ({ id, value, onChange }: Props) => {
  const listed = useAnswer(listMines, { query: { limit: 200 } }, { staleTime: 60_000 })
  const known = new Map([
    ...recentCompanies().map(({ id: companyId, name, creditCode }) => [companyId, `${name} ${creditCode}`] as const),
    ...(listed.data?.items ?? []).map(
      ({ companyId, companyName, creditCode }) => [companyId, `${companyName} ${creditCode}`] as const,
    ),
  ])
  return (
    <Select
      id={id}
      showSearch={{ optionFilterProp: 'label' }}
      value={value ?? null}
      loading={listed.isPending}
      options={[...known].map(([companyId, label]) => ({ value: companyId, label }))}
      onChange={(companyId) => companyId && onChange(companyId)}
      notFoundContent="没有这家企业，先登记企业"
    />
  )
}
