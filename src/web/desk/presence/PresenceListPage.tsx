import { getRouteApi, Link } from '@tanstack/react-router'
import { Input } from 'antd'
import { listPresence, type PresenceListed } from '#contract/presence.ts'
import { MonthSelect } from '#web/desk/presence/MonthSelect.tsx'
import { RequiredDays } from '#web/desk/presence/RequiredDays.tsx'
import { keyOf, useAnswer, usePages } from '#web/desk/queries.ts'
import { useStanding } from '#web/desk/session/session.ts'
import { Page } from '#web/desk/shown/Page.tsx'
import { type Column, RecordTable } from '#web/desk/shown/RecordTable.tsx'
import { api, must } from '#web/parts/api.ts'

const here = getRouteApi('/presence')

const officeColumn = (at: number, title: string): Column<PresenceListed> => ({
  title,
  cell: ({ offices }) => {
    const office = offices[at]
    if (!office) return null
    return (
      <>
        {office.days} 天
        {office.holders.map(({ id, post }) => (
          <span key={id} className="soft block">
            {post}
          </span>
        ))}
      </>
    )
  },
})

const columns = (month: string): readonly Column<PresenceListed>[] => [
  { title: '编号', width: 80, cell: ({ mineCode }) => mineCode },
  {
    title: '矿山',
    cell: ({ mineId, mineName }) => (
      <Link to="/mines/$id/presence" params={{ id: mineId }} search={{ month }}>
        {mineName}
      </Link>
    ),
  },
  officeColumn(0, '法定代表人'),
  officeColumn(1, '实际控制人'),
  {
    title: '缺什么',
    cell: ({ offices }) => {
      const lacking = offices.filter(({ missing }) => missing)
      if (lacking.length === 0) return <span className="soft">不缺</span>
      return lacking.map(({ office, title, missing }) => (
        <span key={office} className="block">
          {title}：{missing}
        </span>
      ))
    },
  },
]

/** Each mine's month of its key persons, for those who check it. */
export const PresenceListPage = () => {
  const search = here.useSearch()
  const navigate = here.useNavigate()
  const { app } = useStanding()
  const month = search.month ?? app.businessDate.slice(0, 7)
  const query = {
    limit: 50,
    month,
    ...(search.missing && { missing: 'true' as const }),
    ...(search.search && { search: search.search }),
  }
  const pages = usePages<PresenceListed>(keyOf(listPresence, query), async (after) =>
    must(await api.call(listPresence, { query: { ...query, ...(after && { after }) } })),
  )
  const figures = useAnswer(listPresence, { query: { limit: 1, month } })
  const set = (change: Partial<typeof search>) => {
    const next = { ...search, ...change }
    void navigate({
      search: {
        ...(next.month && { month: next.month }),
        ...(next.missing && { missing: true }),
        ...(next.search && { search: next.search }),
      },
      replace: true,
    })
  }
  return (
    <Page title="关键人驻矿" note="各矿法定代表人、实际控制人一个月在矿的天数和缺什么；由矿上记，执法检查时核对。">
      <search className="filters no-print">
        <MonthSelect month={month} onChange={(next) => set({ month: next })} />
        <button
          type="button"
          className="chip"
          aria-pressed={search.missing === true}
          onClick={() => set({ missing: search.missing ? undefined : true })}
        >
          有缺的 {figures.data?.missing}
        </button>
        <Input.Search
          allowClear
          aria-label="按矿山名称或编号查找"
          placeholder="矿山名称、编号"
          defaultValue={search.search}
          onSearch={(text) => set({ search: text.trim() || undefined })}
        />
      </search>
      {figures.data && <RequiredDays required={figures.data.required} />}
      <RecordTable
        label="关键人驻矿"
        columns={columns(month)}
        pages={pages}
        rowKey={({ mineId }) => mineId}
        empty={<p>{search.missing || search.search ? '没有符合条件的矿山。' : '管辖范围里还没有登记矿山。'}</p>}
      />
    </Page>
  )
}
