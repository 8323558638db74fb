import { Select } from 'antd'
import { listPeople } from '#contract/org.ts'
import { type InputProps, strings } from '#web/desk/act/fields/inputProps.ts'
import { usePlace } from '#web/desk/act/place.ts'
import { useAnswer } from '#web/desk/queries.ts'
import { useStanding } from '#web/desk/session/session.ts'

type Listed = {
  readonly id: string
  readonly post: string
  readonly name?: string | undefined
  readonly active: boolean
}

const optionsOf = (people: readonly Listed[] | undefined) =>
  (people ?? [])
    .filter(({ active }) => active)
    .map(({ id, post, name }) => ({ value: id, label: name ? `${post}（${name}）` : post }))

/** People by post: the hazard's own unit first, then the actor's, so that officers find each other. */
export const PersonInput = ({ id, field, value, onChange }: InputProps) => {
  const { tenantId, tenantName, mineId } = usePlace()
  const { session } = useStanding()
  const unit = mineId ?? tenantId
  const there = useAnswer(listPeople, { params: { tenantId: unit } })
  const away = session.homeTenantId !== unit
  const here = useAnswer(listPeople, { params: { tenantId: session.homeTenantId } }, { enabled: away })
  const groups = [
    ...(away ? [{ label: session.homeName, options: optionsOf(here.data?.items) }] : []),
    { label: tenantName, options: optionsOf(there.data?.items) },
  ].filter(({ options }) => options.length > 0)
  const shared = {
    id,
    options: groups,
    showSearch: { optionFilterProp: 'label' },
    loading: there.isPending,
    placeholder: '按岗位选择',
    notFoundContent: '这里还没有登记人员；到“人员”页登记岗位后再选',
  }
  return field.meta.widget === 'people' ? (
    <Select {...shared} mode="multiple" value={strings(value)} onChange={onChange} />
  ) : (
    <Select {...shared} allowClear value={value} onChange={onChange} />
  )
}
