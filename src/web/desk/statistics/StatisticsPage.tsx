import { getRouteApi } from '@tanstack/react-router'
import { App, Button, DatePicker } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { readStatistics, statisticsWorkbook } from '#contract/statistics.ts'
import { foundByTitles } from '#domain/register/columns.ts'
import { groupings, groupTitles } from '#domain/statistics/figures.ts'
import { saveFile } from '#web/desk/importing/saveFile.ts'
import { useAnswer } from '#web/desk/queries.ts'
import { useStanding } from '#web/desk/session/session.ts'
import { Page } from '#web/desk/shown/Page.tsx'
import { PageSkeleton } from '#web/desk/shown/PageSkeleton.tsx'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'
import { FigureTable } from '#web/desk/statistics/FigureTable.tsx'
import { api, problemText } from '#web/parts/api.ts'

const here = getRouteApi('/statistics')

type Search = ReturnType<typeof here.useSearch>

const dayOf = (text: string | undefined) => (text ? dayjs(text) : null)

const foundBys = [undefined, 'mine', 'department'] as const

const ToWorkbook = ({ query }: { query: Omit<Search, 'foundBy'> }) => {
  const { message } = App.useApp()
  const [busy, setBusy] = useState(false)
  const run = async () => {
    setBusy(true)
    const file = await api.download(statisticsWorkbook, { query })
    setBusy(false)
    if (file.ok) saveFile(file.value.content, file.value.fileName)
    else message.error(problemText(file.problem))
  }
  return (
    <Button loading={busy} onClick={() => void run()}>
      导出 .xlsx
    </Button>
  )
}

/** 统计: found, rectified, overdue, listed, as of a day; every figure leads to its rows. */
export const StatisticsPage = () => {
  const search = here.useSearch()
  const navigate = here.useNavigate()
  const { app, side } = useStanding()
  const { foundBy, ...rest } = search
  // One mine has no others beside it: its months tell more.
  const query = { ...rest, by: rest.by ?? (side === 'mine' ? 'month' : 'mine') }
  const answer = useAnswer(readStatistics, { query })
  const set = (change: Partial<Search>) => {
    const next = Object.entries({ ...search, ...change }).filter(([, value]) => value !== undefined)
    void navigate({ search: Object.fromEntries(next), replace: true })
  }
  const { data } = answer
  return (
    <Page
      title="统计"
      note={`截至 ${data?.asOf ?? search.asOf ?? app.businessDate}。截至日按记录收到的日子算，那天以后才录入的不计；点数字看是哪些。`}
      actions={<ToWorkbook query={query} />}
    >
      <search className="filters no-print">
        <label htmlFor="as-of">截至</label>
        <DatePicker
          id="as-of"
          value={dayOf(search.asOf)}
          placeholder="今天"
          disabledDate={(day) => day.format('YYYY-MM-DD') > app.businessDate}
          onChange={(day) => set({ asOf: day?.format('YYYY-MM-DD') })}
        />
        <label htmlFor="found-from">发现日期</label>
        <DatePicker.RangePicker
          id={{ start: 'found-from', end: 'found-to' }}
          allowEmpty={[true, true]}
          placeholder={['不限', '不限']}
          value={[dayOf(search.from), dayOf(search.to)]}
          onChange={(span) => set({ from: span?.[0]?.format('YYYY-MM-DD'), to: span?.[1]?.format('YYYY-MM-DD') })}
        />
        {groupings.map((by) => (
          <button key={by} type="button" className="chip" aria-pressed={query.by === by} onClick={() => set({ by })}>
            {by === 'all' ? '只看合计' : `按${groupTitles[by]}`}
          </button>
        ))}
        <span className="filter-gap" />
        {foundBys.map((one) => (
          <button
            key={one ?? 'all'}
            type="button"
            className="chip"
            aria-pressed={foundBy === one}
            onClick={() => set({ foundBy: one })}
          >
            {one ? foundByTitles[one] : '不分查出方'}
          </button>
        ))}
      </search>
      {answer.isPending && <PageSkeleton />}
      {answer.error && <QueryProblem error={answer.error} retry={() => void answer.refetch()} />}
      {data && data.groups.length === 0 && <p>这段时间没有查出的隐患。放宽发现日期，或者把截至日改晚。</p>}
      {data && data.groups.length > 0 && <FigureTable shown={data} foundBy={foundBy} />}
    </Page>
  )
}
