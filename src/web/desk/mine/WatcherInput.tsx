import { AutoComplete } from 'antd'
import { listPeople } from '#contract/org.ts'
import type { Mine } from '#domain/org/mine.ts'
import { useAnswer } from '#web/desk/queries.ts'

type Watcher = NonNullable<Mine['watcher']>

type Props = {
  id: string
  /** Left out while the mine is being registered: nobody belongs to it yet. */
  mineId: string | undefined
  value: Watcher | undefined
  onChange: (watcher: Watcher | undefined) => void
}

/** By post; chosen from the mine's own people it is that person too. */
export const WatcherInput = ({ id, mineId, value, onChange }: Props) => {
  const people = useAnswer(listPeople, { params: { tenantId: mineId ?? '' } }, { enabled: mineId !== undefined })
  const active = (people.data?.items ?? []).filter((person) => person.active)
  return (
    <AutoComplete
      id={id}
      value={value?.post ?? ''}
      options={active.map(({ id: personId, post, name }) => ({
        value: post,
        key: personId,
        label: name ? `${post}（${name}）` : post,
      }))}
      onSelect={(post, { key }) => onChange({ post, personId: key })}
      onSearch={(post) => onChange(post === '' ? undefined : { post })}
    />
  )
}
