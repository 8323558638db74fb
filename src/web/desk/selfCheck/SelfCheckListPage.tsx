import '#web/desk/selfCheck/selfCheck.css'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Input } from 'antd'
import { listSelfChecks, type SelfCheckListed, sheetStandings } from '#contract/selfCheck.ts'
import { monthBefore, monthOf } from '#domain/selfCheck/month.ts'
import { keyOf, useAnswer, usePages } from '#web/desk/queries.ts'
import { mineColumns, monthColumns } from '#web/desk/selfCheck/columns.tsx'
import { standingTitles } from '#web/desk/selfCheck/standing.ts'
import { useStanding } from '#web/desk/session/session.ts'
import { Page } from '#web/desk/shown/Page.tsx'
import { RecordTable } from '#web/desk/shown/RecordTable.tsx'
import { api, must } from '#web/parts/api.ts'
import { monthTitle } from '#web/parts/sheet.ts'

const here = getRouteApi('/self-checks')

/** The one mine of a grant, whose months are listed; whoever reaches several sees the mines of one month. */
const useOnlyMine = (): string | undefined => {
  const { session, side } = useStanding()
  const { scope } = session.grant
  const { mineId } = here.useSearch()
  if (mineId) return mineId
  return side === 'mine' && scope.kind === 'tenants' ? session.homeTenantId : undefined
}

const monthsShown = 12

const Filters = ({ month, thisMonth }: { month: string; thisMonth: string }) => {
  const search = here.useSearch()
  const navigate = here.useNavigate()
  const totals = useAnswer(listSelfChecks, { query: { month, limit: 1 } }).data?.totals
  const set = (change: Partial<Record<keyof typeof search, string | undefined>>) => {
    const next = Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value))
    void navigate({ search: next, replace: true })
  }
  const months = [thisMonth]
  while (months.length < monthsShown) months.push(monthBefore(months.at(-1) ?? thisMonth))
  if (!months.includes(month)) months.push(month)
  return (
    <search className="filters no-print">
      <select
        aria-label="月份"
        className="month-select"
        value={month}
        onChange={(event) => set({ month: event.target.value })}
      >
        {months.map((one) => (
          <option key={one} value={one}>
            {monthTitle(one)}
          </option>
        ))}
      </select>
      <Input.Search
        allowClear
        aria-label="按矿山名称或编号查找"
        placeholder="矿山名称、编号"
        defaultValue={search.search}
        onSearch={(text) => set({ search: text.trim() })}
      />
      {sheetStandings.map((standing) => (
        <button
          key={standing}
          type="button"
          className="chip"
          aria-pressed={search.standing === standing}
          onClick={() => set({ standing: search.standing === standing ? undefined : standing })}
        >
          {standingTitles[standing]} {totals?.[standing] ?? ''}
        </button>
      ))}
    </search>
  )
}

const OfMonth = () => {
  const { app } = useStanding()
  const { month, standing, search } = here.useSearch()
  const thisMonth = monthOf(app.businessDate)
  const wanted = month ?? thisMonth
  const query = { limit: 50, month: wanted, ...(standing && { standing }), ...(search && { search }) }
  const pages = usePages<SelfCheckListed>(keyOf(listSelfChecks, query), async (after) =>
    must(await api.call(listSelfChecks, { query: { ...query, ...(after && { after }) } })),
  )
  return (
    <Page
      title={`月排查：${monthTitle(wanted)}`}
      note="主要负责人每月组织一次排查并签字。过了月没有签字的是本月未落实。"
    >
      <Filters month={wanted} thisMonth={thisMonth} />
      <RecordTable
        label="各矿月排查"
        columns={mineColumns}
        pages={pages}
        rowKey={({ mineId }) => mineId}
        empty={
          standing || search ? (
            <p>
              没有符合条件的矿山。<Link to="/self-checks">看全部</Link>
            </p>
          ) : (
            <p>这里看各矿每月的排查。整治范围内、有人作业的矿山，每月要有一张。</p>
          )
        }
      />
    </Page>
  )
}

const OfMine = ({ mineId }: { mineId: string }) => {
  const query = { limit: 50, mineId }
  const pages = usePages<SelfCheckListed>(keyOf(listSelfChecks, query), async () =>
    must(await api.call(listSelfChecks, { query })),
  )
  return (
    <Page title="月排查" note="主要负责人每月组织一次排查并签字。边查边存；有问题的立即登记隐患，不等整张表。">
      <RecordTable
        label="各月排查"
        columns={monthColumns}
        pages={pages}
        rowKey={({ month }) => month}
        empty={<p>这里是本矿各月的排查表。</p>}
      />
    </Page>
  )
}

export const SelfCheckListPage = () => {
  const mineId = useOnlyMine()
  return mineId ? <OfMine mineId={mineId} /> : <OfMonth />
}
