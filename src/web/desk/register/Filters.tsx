import { Button, DatePicker, Form, Input, Popover, Select } from 'antd'
import dayjs from 'dayjs'
import { useRef, useState } from 'react'
import { registerUnits } from '#contract/register.ts'
import { sourceTitles } from '#domain/hazard/source.ts'
import { everyStatus, statuses } from '#domain/hazard/status.ts'
import { foundByTitles, originTitles } from '#domain/register/columns.ts'
import type { FilterName, RegisterFilter } from '#domain/register/filter.ts'
import { useAnswer } from '#web/desk/queries.ts'
import { filterNames } from '#web/desk/register/address.ts'
import { chipWords, listedTitles, stopChoices } from '#web/desk/register/filterWords.ts'
import { useStanding } from '#web/desk/session/session.ts'

type Change = { readonly [N in FilterName]?: string | undefined }

type Props = { readonly filter: RegisterFilter; readonly set: (change: Change) => void }

const quick: readonly { readonly name: FilterName; readonly value: string; readonly label: string }[] = [
  { name: 'grade', value: 'major', label: '重大' },
  { name: 'grade', value: 'general', label: '一般' },
  { name: 'open', value: 'true', label: '未办结' },
  { name: 'overdue', value: 'true', label: '逾期' },
  { name: 'listed', value: 'standing', label: '正在挂牌' },
]

const isQuick = (name: FilterName, value: string | undefined): boolean =>
  quick.some((one) => one.name === name && one.value === value)

const choices = (titles: Readonly<Record<string, string>>) =>
  Object.entries(titles).map(([value, label]) => ({ value, label }))

type ChoiceProps = Props & { name: FilterName; label: string; options: { value: string; label: string }[] }

const Choice = ({ name, label, options, filter, set }: ChoiceProps) => (
  <Form.Item label={label} htmlFor={`filter-${name}`}>
    <Select
      id={`filter-${name}`}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      value={filter[name] ?? null}
      options={options}
      placeholder="不限"
      onChange={(value) => set({ [name]: value ?? undefined })}
    />
  </Form.Item>
)

type SpanProps = Props & { label: string; from: FilterName; to: FilterName }

const Span = ({ label, from, to, filter, set }: SpanProps) => {
  const day = (name: FilterName) => (filter[name] ? dayjs(filter[name]) : null)
  return (
    <Form.Item label={label} htmlFor={`filter-${from}`}>
      <DatePicker.RangePicker
        id={{ start: `filter-${from}`, end: `filter-${to}` }}
        allowEmpty={[true, true]}
        value={[day(from), day(to)]}
        onChange={(span) => set({ [from]: span?.[0]?.format('YYYY-MM-DD'), [to]: span?.[1]?.format('YYYY-MM-DD') })}
      />
    </Form.Item>
  )
}

const useUnits = () => {
  const units = useAnswer(registerUnits, { query: { limit: 200 } }, { staleTime: 60_000 }).data
  const mines = units?.mines ?? []
  const companies = units?.companies ?? []
  const divisions = units?.divisions ?? []
  return {
    mines: mines.map(({ id, code, name }) => ({ value: id, label: `${code} ${name}` })),
    companies: companies.map(({ id, name }) => ({ value: id, label: name })),
    divisions: divisions.map(({ code, name }) => ({ value: code, label: name })),
    names: new Map([
      ...[...mines, ...companies].map(({ id, name }) => [id, name] as const),
      ...divisions.map(({ code, name }) => [code, name] as const),
    ]),
  }
}

const More = (props: Props & { units: ReturnType<typeof useUnits> }) => {
  const { side } = useStanding()
  const { units, ...given } = props
  return (
    <Form layout="vertical" className="more-filters" aria-label="更多筛选">
      {side !== 'mine' && (
        <>
          <Choice {...given} name="mineId" label="矿山" options={units.mines} />
          <Choice {...given} name="companyId" label="企业" options={units.companies} />
          <Choice {...given} name="division" label="乡镇、区县" options={units.divisions} />
        </>
      )}
      <Choice
        {...given}
        name="status"
        label="状态"
        options={everyStatus.map((status) => ({ value: status, label: statuses[status] }))}
      />
      <Choice {...given} name="source" label="发现方式" options={choices(sourceTitles)} />
      <Choice {...given} name="foundBy" label="查出方" options={choices(foundByTitles)} />
      <Choice {...given} name="listed" label="挂牌督办" options={choices(listedTitles)} />
      <Choice {...given} name="stop" label="停产" options={choices(stopChoices)} />
      <Choice
        {...given}
        name="imported"
        label="来源"
        options={[
          { value: 'false', label: originTitles.here },
          { value: 'true', label: originTitles.legacy },
        ]}
      />
      <Form.Item label="判定标准" htmlFor="filter-criterion">
        <Input
          id="filter-criterion"
          allowClear
          placeholder="例如 OP-06"
          defaultValue={given.filter.criterion}
          onBlur={({ target }) => given.set({ criterion: target.value.trim().toUpperCase() || undefined })}
        />
      </Form.Item>
      <Span {...given} label="发现日期" from="foundFrom" to="foundTo" />
      <Span {...given} label="整改期限" from="dueFrom" to="dueTo" />
      <Span {...given} label="销号日期" from="closedFrom" to="closedTo" />
      <Choice {...given} name="reportedByMe" label="谁报的" options={[{ value: 'true', label: '我报的' }]} />
    </Form>
  )
}

/** Search and filters: the usual ones as switches, whatever else is set as chips that can be taken away. */
export const Filters = ({ filter, set }: Props) => {
  const units = useUnits()
  const [open, setOpen] = useState(false)
  const bar = useRef<HTMLElement>(null)
  const others = filterNames.filter(
    (name) => filter[name] !== undefined && name !== 'search' && !isQuick(name, filter[name]),
  )
  const any = filterNames.some((name) => filter[name] !== undefined)
  return (
    <search className="filters no-print" ref={bar}>
      <Input.Search
        key={filter.search ?? ''}
        allowClear
        id="register-search"
        aria-label="在台账里查找"
        placeholder="编号、矿山、部位、描述"
        defaultValue={filter.search}
        onSearch={(text) => set({ search: text.trim() || undefined })}
      />
      {quick.map(({ name, value, label }) => {
        const on = filter[name] === value
        return (
          <button
            key={label}
            type="button"
            className="chip"
            aria-pressed={on}
            onClick={() => set({ [name]: on ? undefined : value })}
          >
            {label}
          </button>
        )
      })}
      {others.map((name) => (
        <button
          key={name}
          type="button"
          className="chip"
          aria-pressed
          aria-label={`去掉条件：${chipWords(name, filter, units.names)}`}
          onClick={() => set({ [name]: undefined })}
        >
          {chipWords(name, filter, units.names)} ×
        </button>
      ))}
      <Popover
        trigger="click"
        placement="bottomLeft"
        open={open}
        onOpenChange={setOpen}
        content={<More filter={filter} set={set} units={units} />}
      >
        <Button aria-expanded={open}>更多筛选</Button>
      </Popover>
      {any && (
        <Button type="link" onClick={() => set(Object.fromEntries(filterNames.map((name) => [name, undefined])))}>
          全部去掉
        </Button>
      )}
    </search>
  )
}
