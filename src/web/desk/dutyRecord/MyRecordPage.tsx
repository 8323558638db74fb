import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { type ActDone, exportMyRecord, type MyRecord, readMyRecord } from '#contract/dutyRecord.ts'
import type { Problem } from '#contract/problem.ts'
import { saveFile } from '#web/desk/importing/saveFile.ts'
import { Proof } from '#web/desk/ledger/Proof.tsx'
import { useAnswer } from '#web/desk/queries.ts'
import { useStanding } from '#web/desk/session/session.ts'
import { Page } from '#web/desk/shown/Page.tsx'
import { PageSkeleton } from '#web/desk/shown/PageSkeleton.tsx'
import { ProblemBox } from '#web/desk/shown/ProblemBox.tsx'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'
import { api } from '#web/parts/api.ts'
import { dateOf, shortHash } from '#web/parts/words.ts'
import '#web/desk/style/signatures.css'
import '#web/desk/dutyRecord/myRecord.css'

const here = getRouteApi('/my-record')

const monthWords = (month: string): string => `${Number(month.slice(0, 4))}年${Number(month.slice(5, 7))}月`

/** In time or late, where the act had a day; quiet where it had none. */
const InTime = ({ act: { dueOn, daysLate = 0 } }: { act: ActDone }) => {
  if (!dueOn) return <span className="soft">不计期限</span>
  return (
    <>
      {daysLate > 0 ? <strong>晚 {daysLate} 天</strong> : <span>✓ 按期</span>}
      <span className="soft block">期限 {dueOn}</span>
    </>
  )
}

const About = ({ act: { kind, tenantId, streamId, number, place, unitName } }: { act: ActDone }) => (
  <>
    {kind === 'hazard' && number ? (
      <Link to="/hazards/$tenantId/$id" params={{ tenantId, id: streamId }}>
        {number}
      </Link>
    ) : null}
    {place && <span> {place}</span>}
    <span className="soft block">{unitName}</span>
  </>
)

/** The proof is asked for when somebody wants to see it; the paper carries the number it is found by. */
const ProofCell = ({ act }: { act: ActDone }) => {
  const [open, setOpen] = useState(false)
  const { tenantId, streamId, version, title, leafHash } = act
  if (!leafHash) return <span className="soft">个人信息已依法删除</span>
  return (
    <>
      <code>{shortHash(leafHash)}</code>{' '}
      <button type="button" className="plain-link no-print" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? '收起' : '证明'}
        <span className="off-screen">：{title}</span>
      </button>
      {open && <Proof record={{ tenantId, streamId, version }} title={title} />}
    </>
  )
}

const Acts = ({ items }: { items: readonly ActDone[] }) => (
  <table className="records" aria-label="办过的事">
    <thead>
      <tr>
        <th scope="col">日期</th>
        <th scope="col">办理事项</th>
        <th scope="col">隐患或单位</th>
        <th scope="col">按期</th>
        <th scope="col">存证</th>
      </tr>
    </thead>
    <tbody>
      {items.map((act) => (
        <tr key={`${act.tenantId}${act.streamId}${act.version}`} data-act={act.title}>
          <td data-label="日期">
            {act.on}
            {act.enteredLater && <span className="soft block">{dateOf(act.receivedAt)} 补录</span>}
          </td>
          <td data-label="办理事项">
            {act.title}
            {act.times > 1 && ` ${act.times} 次`}
            <span className="soft block">{act.roleTitle}</span>
          </td>
          <td data-label="隐患或单位">
            <About act={act} />
          </td>
          <td data-label="按期">
            <InTime act={act} />
          </td>
          <td data-label="存证">
            <ProofCell act={act} />
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)

const Kinds = ({ kinds }: { kinds: MyRecord['kinds'] }) => (
  <ul className="kinds" aria-label="按事项合计">
    {kinds.map(({ title, times, due, late }) => (
      <li key={title}>
        {title} <strong>{times}</strong>
        {due > 0 && <span className="soft">（{late > 0 ? `${late} 件晚于期限` : '均按期'}）</span>}
      </li>
    ))}
  </ul>
)

const Months = ({ record }: { record: MyRecord }) => {
  const navigate = here.useNavigate()
  const known = record.months.some(({ month }) => month === record.month)
  const options = [...(known ? [] : [{ month: record.month, acts: 0 }]), ...record.months].map(({ month, acts }) => ({
    value: month,
    label: `${monthWords(month)}（${acts} 条）`,
  }))
  return (
    <Select
      aria-label="月份"
      className="filter-select"
      value={record.month}
      options={options}
      onChange={(month) => void navigate({ search: { month }, replace: true })}
    />
  )
}

const Export = ({ record }: { record: MyRecord }) => {
  const [problem, setProblem] = useState<Problem>()
  const first = record.months.at(-1)?.month ?? record.month
  const take = async (from: string) => {
    const done = await api.download(exportMyRecord, { query: { from, until: record.month } })
    if (!done.ok) return setProblem(done.problem)
    setProblem(undefined)
    saveFile(done.value.content, done.value.fileName ?? '履职记录.xlsx')
  }
  return (
    <>
      <Button onClick={() => void take(record.month)}>本月导出 .xlsx</Button>
      {first < record.month && <Button onClick={() => void take(first)}>{monthWords(first)}起导出</Button>}
      <Button onClick={() => window.print()}>打印</Button>
      <ProblemBox problem={problem} />
    </>
  )
}

/** 尽职免责: what one did oneself, when, in time or late, and what proves it. */
export const MyRecordPage = () => {
  const { month } = here.useSearch()
  const { session } = useStanding()
  const read = useAnswer(readMyRecord, { query: month ? { month } : {} })
  if (read.isError)
    return (
      <Page title="我的履职记录">
        <QueryProblem error={read.error} retry={() => read.refetch()} />
      </Page>
    )
  if (!read.data) return <PageSkeleton />
  const record = read.data
  return (
    <Page
      title="我的履职记录"
      note={`${session.homeName}，${session.grant.roleTitle}，${monthWords(record.month)}`}
      actions={<Export record={record} />}
    >
      <div className="filters no-print">
        <Months record={record} />
      </div>
      {record.items.length === 0 ? (
        <p className="empty">
          {monthWords(record.month)}没有您办理的记录。这里按月列出您本人办过的事、按期没有、凭什么证明。
        </p>
      ) : (
        <>
          <Kinds kinds={record.kinds} />
          <Acts items={record.items} />
          <p className="table-foot soft">
            共 {record.items.length} 行{record.more && '；本月的太多，没有列完，全部在导出的表里'}
          </p>
        </>
      )}
      <p className="soft record-note">
        只列您本人的账号办理的；由别人代录的不在内，在那一条隐患的经过里。存证编号在办理时就签了名，以后有人改动，一查就知道。
      </p>
      <dl className="signatures">
        <div>
          <dt>本人签字</dt>
          <dd />
        </div>
        <div>
          <dt>日期</dt>
          <dd />
        </div>
      </dl>
    </Page>
  )
}
