import { Select } from 'antd'
import { useState } from 'react'
import { listMines } from '#contract/org.ts'
import { useAnswer } from '#web/desk/queries.ts'

type Props = {
  id?: string
  value: string | undefined
  onChange: (mineId: string | undefined) => void
}

export const MineSelect = ({ id, value, onChange }: Props) => {
  const [search, setSearch] = useState('')
  const listed = useAnswer(listMines, { query: { limit: 100, ...(search && { search }) } }, { staleTime: 60_000 })
  return (
    <Select
      {...(id ? { id } : { 'aria-label': '矿山' })}
      allowClear
      placeholder="矿山"
      className="filter-select"
      loading={listed.isFetching}
      showSearch={{ filterOption: false, onSearch: setSearch }}
      value={value ?? null}
      options={(listed.data?.items ?? []).map((mine) => ({ value: mine.id, label: mine.name }))}
      onChange={(mineId) => onChange(mineId ?? undefined)}
      notFoundContent="没有找到"
    />
  )
}
