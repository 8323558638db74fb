import { Select } from 'antd'
import { useState } from 'react'
import { listHazards } from '#contract/hazard.ts'
import type { InputProps } from '#web/desk/act/fields/inputProps.ts'
import { usePlace } from '#web/desk/act/place.ts'
import { useAnswer } from '#web/desk/queries.ts'

/** Another hazard of the same register. */
export const HazardInput = ({ id, value, onChange }: InputProps) => {
  const { mineId, hazardId } = usePlace()
  const [search, setSearch] = useState('')
  const listed = useAnswer(listHazards, { query: { ...(mineId && { mineId }), ...(search && { search }), limit: 50 } })
  const options = (listed.data?.items ?? [])
    .filter((hazard) => hazard.id !== hazardId)
    .map((hazard) => ({
      value: hazard.id,
      label: `${hazard.number} ${hazard.place ?? ''} ${hazard.description ?? ''}（${hazard.statusTitle}）`,
    }))
  return (
    <Select
      id={id}
      allowClear
      showSearch={{ filterOption: false, onSearch: setSearch }}
      loading={listed.isFetching}
      options={options}
      value={value}
      onChange={onChange}
      placeholder="按编号、部位或描述查找"
      notFoundContent="本矿台账里没有找到"
    />
  )
}
