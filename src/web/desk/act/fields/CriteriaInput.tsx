import { Checkbox, Input, Skeleton } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import { listCriteria } from '#contract/notice.ts'
import { type InputProps, strings } from '#web/desk/act/fields/inputProps.ts'
import { usePlace } from '#web/desk/act/place.ts'
import { useAnswer } from '#web/desk/queries.ts'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'

type Criterion = z.output<typeof listCriteria.reply>['items'][number]

const found = (search: string) => (criterion: Criterion) =>
  search === '' || `${criterion.code}${criterion.title}${criterion.text}`.includes(search.trim())

type EntryProps = { criterion: Criterion; checked: boolean; toggle: () => void }

const Entry = ({ criterion, checked, toggle }: EntryProps) => (
  <li className={criterion.applies === 'no' ? 'criterion soft' : 'criterion'}>
    <Checkbox checked={checked} disabled={criterion.applies === 'no'} onChange={toggle} data-criterion={criterion.code}>
      <strong>
        {criterion.code} {criterion.title}
      </strong>
      <span className="criterion-text">{criterion.text}</span>
      {criterion.reason && <span className="soft">{criterion.reason}</span>}
    </Checkbox>
  </li>
)

/** The criteria that concern this mine, their own text always in view. */
export const CriteriaInput = ({ id, value, onChange }: InputProps) => {
  const { mineId, foundOn } = usePlace()
  const [search, setSearch] = useState('')
  const [others, setOthers] = useState(false)
  const listed = useAnswer(
    listCriteria,
    { query: { ...(mineId && { mineId }), ...(foundOn && { on: foundOn }) } },
    { enabled: mineId !== undefined },
  )
  if (!mineId) return <p className="soft">先选矿山，再列出适用于它的判定标准。</p>
  if (listed.isError) return <QueryProblem error={listed.error} retry={() => listed.refetch()} />
  if (!listed.data) return <Skeleton active title={false} />
  const chosen = strings(value)
  const toggle = (code: string) =>
    onChange(chosen.includes(code) ? chosen.filter((one) => one !== code) : [...chosen, code])
  const matching = listed.data.items.filter(found(search))
  const applying = matching.filter(({ applies }) => applies !== 'no')
  const rest = matching.filter(({ applies }) => applies === 'no')
  return (
    <div className="criteria">
      <Input
        id={id}
        allowClear
        placeholder="按字查找，例如 截水沟"
        value={search}
        onChange={({ target }) => setSearch(target.value)}
      />
      {chosen.length > 0 && <p className="soft">已选 {chosen.join('、')}</p>}
      <ul className="criteria-list">
        {applying.map((criterion) => (
          <Entry
            key={criterion.code}
            criterion={criterion}
            checked={chosen.includes(criterion.code)}
            toggle={() => toggle(criterion.code)}
          />
        ))}
        {applying.length === 0 && <li className="soft">没有含“{search}”的判定标准</li>}
        {others && rest.map((one) => <Entry key={one.code} criterion={one} checked={false} toggle={() => undefined} />)}
      </ul>
      {rest.length > 0 && (
        <button type="button" className="plain-link" aria-expanded={others} onClick={() => setOthers(!others)}>
          {others ? '收起不涉及的' : `不涉及本矿的 ${rest.length} 条及原因`}
        </button>
      )}
    </div>
  )
}
