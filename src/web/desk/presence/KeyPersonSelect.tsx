import { Select } from 'antd'
import type { PresenceOfficeShown } from '#contract/presence.ts'

type Props = {
  id: string
  offices: readonly PresenceOfficeShown[]
  value: string | undefined
  onChange: (personId: string) => void
}

/** The mine's key persons, each once, with the offices held. */
export const KeyPersonSelect = ({ id, offices, value, onChange }: Props) => {
  const people = new Map(offices.flatMap(({ holders }) => holders.map((holder) => [holder.id, holder] as const)))
  return (
    <Select
      id={id}
      placeholder="按岗位选择"
      notFoundContent="还没有人登记这两个职务；到“人员”里登记后再选"
      value={value ?? null}
      options={[...people.values()].map((person) => {
        const held = offices.filter(({ holders }) => holders.some((one) => one.id === person.id))
        const titles = held.map(({ title }) => title).join('、')
        const who = person.name ? `${person.post}（${person.name}）` : person.post
        return { value: person.id, label: person.post === titles ? who : `${who}：${titles}` }
      })}
      onChange={onChange}
    />
  )
}
