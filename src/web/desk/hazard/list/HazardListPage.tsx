import { getRouteApi, Link } from '@tanstack/react-router'
import { type HazardListed, listHazards } from '#contract/hazard.ts'
import { Chips } from '#web/desk/hazard/list/Chips.tsx'
import { hazardColumns } from '#web/desk/hazard/list/columns.tsx'
import { keyOf, usePages } from '#web/desk/queries.ts'
import { useMay, useStanding } from '#web/desk/session/session.ts'
import { Page } from '#web/desk/shown/Page.tsx'
import { RecordTable } from '#web/desk/shown/RecordTable.tsx'
import { api, must } from '#web/parts/api.ts'

const here = getRouteApi('/hazards')

export const HazardListPage = () => {
  const { search, status, grade, open, overdue, mineId, figure } = here.useSearch()
  const { side } = useStanding()
  const mayOrder = useMay('hazard.order')
  const mayImport = useMay('hazard.imported')
  const query = {
    limit: 50,
    ...(search && { search }),
    ...(status && { status }),
    ...(grade && { grade }),
    ...(mineId && { mineId }),
    ...(figure && { figure }),
    ...(open !== undefined && { open: open ? ('true' as const) : ('false' as const) }),
    ...(overdue && { overdue: 'true' as const }),
  }
  const pages = usePages<HazardListed>(keyOf(listHazards, query), async (after) =>
    must(await api.call(listHazards, { query: { ...query, ...(after && { after }) } })),
  )
  const filtered = Object.keys(query).length > 1
  const empty = filtered ? (
    <p>
      没有符合条件的隐患。<Link to="/hazards">看全部</Link>
    </p>
  ) : (
    <p>
      这里列出{side === 'mine' ? '本矿' : '辖区'}的隐患，从发现到销号。
      <Link to="/hazards/report">报告第一条隐患</Link>
    </p>
  )
  return (
    <Page
      title="隐患"
      actions={
        <>
          {mayImport && (
            <Link to="/imports" search={{ kind: 'hazards' }}>
              从原有台账转入
            </Link>
          )}
          <Link to="/hazards/numbers" search={mineId ? { mineId } : {}}>
            其他系统编号
          </Link>
          {mayOrder && (
            <Link to="/hazards/order" search={mineId ? { mineId } : {}}>
              一份文书责令几条
            </Link>
          )}
          <Link to="/hazards/report" search={mineId ? { mineId } : {}} className="button-link">
            报告隐患
          </Link>
        </>
      }
    >
      <Chips />
      <RecordTable label="隐患台账" columns={hazardColumns} pages={pages} rowKey={({ id }) => id} empty={empty} />
    </Page>
  )
}
