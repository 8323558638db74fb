import '#web/desk/paper/paper.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { readMine } from '#contract/org.ts'
import { type RegisterRow, readRegister } from '#contract/register.ts'
import { type ColumnKey, columnOf } from '#domain/register/columns.ts'
import { useAnswer } from '#web/desk/queries.ts'
import { cellText } from '#web/desk/register/cells.tsx'
import { useStanding } from '#web/desk/session/session.ts'
import { Page } from '#web/desk/shown/Page.tsx'
import { PageSkeleton } from '#web/desk/shown/PageSkeleton.tsx'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'
import { api, must } from '#web/parts/api.ts'

const here = getRouteApi('/mines/$id/register-print')

/** What stands on A3 at a legible size; the rest is in the export. */
const printed: readonly ColumnKey[] = [
  'number',
  'grade',
  'place',
  'description',
  'criteria',
  'source',
  'foundOn',
  'measures',
  'responsible',
  'fundsPlanned',
  'due',
  'status',
  'acceptedOn',
  'recheckedOn',
  'closedOn',
]

const mostRows = 2_000

type Wanted = 'major' | 'all'

const everyRow = async (mineId: string, wanted: Wanted): Promise<readonly RegisterRow[]> => {
  const rows: RegisterRow[] = []
  let after: string | undefined
  do {
    const page = must(
      await api.call(readRegister, {
        query: {
          mineId,
          columns: printed.join(','),
          limit: 200,
          ...(wanted === 'major' && { grade: 'major' }),
          ...(after && { after }),
        },
      }),
    )
    rows.push(...page.items)
    after = page.next
  } while (after !== undefined && rows.length < mostRows)
  return rows
}

const columns = printed.map(columnOf)
const whole = columns.reduce((sum, { width }) => sum + width, 0)

const Sheet = ({
  rows,
  mine,
  on,
  wanted,
}: {
  rows: readonly RegisterRow[]
  mine: string
  on: string
  wanted: Wanted
}) => (
  <article className="paper paper-wide paper-register" aria-label="台账">
    <style>{'@page { size: A3 landscape; margin: 12mm }'}</style>
    <header className="paper-head">
      <div>
        <h2>{wanted === 'major' ? '重大事故隐患台账' : '事故隐患台账'}</h2>
        <p>
          {mine}　截至 {on}　共 {rows.length} 条
        </p>
      </div>
    </header>
    <table>
      <colgroup>
        {columns.map(({ key, width }) => (
          <col key={key} style={{ width: `${(width / whole) * 100}%` }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {columns.map(({ key, title }) => (
            <th key={key} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, cells }) => (
          <tr key={id}>
            {columns.map(({ key, kind }) => (
              <td key={key} {...(kind === 'day' && { className: 'paper-day' })}>
                {cellText(kind, cells[key])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
    {rows.length === 0 && <p>没有登记的隐患。</p>}
    {rows.length >= mostRows && <p>纸上最多 {mostRows} 条，全部的请导出表格。</p>}
    <p className="paper-lines">
      <span>制表人：</span>
      <span>审核人：</span>
      <span>主要负责人：</span>
      <span>填报日期：</span>
    </p>
  </article>
)

/** A3 台账 for the file, with its signatures: 制表人、审核人、填报日期. */
export const RegisterPrintPage = () => {
  const { id: mineId } = here.useParams()
  const { app } = useStanding()
  const [wanted, setWanted] = useState<Wanted>('major')
  const mine = useAnswer(readMine, { params: { id: mineId } })
  const rows = useQuery({ queryKey: ['register-print', mineId, wanted], queryFn: () => everyRow(mineId, wanted) })
  const failed = mine.error ? mine : rows.error ? rows : undefined
  return (
    <Page
      title="台账打印"
      note={
        <span className="no-print">
          A3 横放，带制表人、审核人、填报日期。
          <Link to="/mines/$id/papers" params={{ id: mineId }}>
            打印与档案
          </Link>
        </span>
      }
      actions={
        <>
          <Segmented<Wanted>
            aria-label="哪些隐患"
            value={wanted}
            options={[
              { value: 'major', label: '重大' },
              { value: 'all', label: '全部' },
            ]}
            onChange={setWanted}
          />
          <Button type="primary" disabled={!rows.data} onClick={() => window.print()}>
            打印
          </Button>
        </>
      }
    >
      {failed && <QueryProblem error={failed.error} retry={() => failed.refetch()} />}
      {!failed && (!rows.data || !mine.data) && <PageSkeleton rows={10} />}
      {rows.data && mine.data && <Sheet rows={rows.data} mine={mine.data.name} on={app.businessDate} wanted={wanted} />}
    </Page>
  )
}
