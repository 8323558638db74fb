import { getRouteApi, Link } from '@tanstack/react-router'
import { type HazardListed, listHazards } from '#contract/hazard.ts'
import { type MineShown, readMine } from '#contract/org.ts'
import { coverageOf, coverages } from '#domain/org/coverage.ts'
import { mineStatuses, mineTypes } from '#domain/org/mine.ts'
import { needsWatcher } from '#domain/org/watch.ts'
import { hazardColumns } from '#web/desk/hazard/columns.tsx'
import { MineCriteria } from '#web/desk/mine/MineCriteria.tsx'
import { MineHistory } from '#web/desk/mine/MineHistory.tsx'
import { MineRoster } from '#web/desk/mine/MineRoster.tsx'
import { MineUnits } from '#web/desk/mine/MineUnits.tsx'
import { MinePermits } from '#web/desk/permit/MinePermits.tsx'
import { MinePresence } from '#web/desk/presence/MinePresence.tsx'
import { keyOf, useAnswer, usePages } from '#web/desk/queries.ts'
import { useMay } from '#web/desk/session/session.ts'
import { Page } from '#web/desk/shown/Page.tsx'
import { PageSkeleton } from '#web/desk/shown/PageSkeleton.tsx'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'
import { RecordTable } from '#web/desk/shown/RecordTable.tsx'
import { api, must } from '#web/parts/api.ts'

const here = getRouteApi('/mines/$id')

const rows = (mine: MineShown): readonly (readonly [string, string])[] => [
  ['企业', mine.companyName],
  ['统一社会信用代码', mine.creditCode],
  ['类型', [mineTypes[mine.mineType], mine.typeNote].filter(Boolean).join('，')],
  ['矿种', mine.mineral],
  ['规模', mine.scale],
  ['状态', [mineStatuses[mine.status], mine.statusNote].filter(Boolean).join('，')],
  ...(needsWatcher(mine.status)
    ? ([['盯守责任单位', mine.watchUnit ?? '没有登记']] as const)
    : mine.watchUnit
      ? ([['盯守责任单位', mine.watchUnit]] as const)
      : []),
  ...(mine.watcher ? ([['驻矿盯守人员', mine.watcher.post]] as const) : []),
  ['整治范围', `${mine.inScope ? '在内' : '不在内'}：${mine.scopeReason}`],
  ['要做的', coverages[coverageOf(mine)]],
  ['本矿人数', `${mine.staffOwn} 人`],
  ['外包外租人数', `${mine.staffContracted} 人`],
  ['所在', mine.township],
  ...(mine.position
    ? ([['坐标', `东经 ${mine.position.longitude}°，北纬 ${mine.position.latitude}°（CGCS2000）`]] as const)
    : []),
]

const Hazards = ({ mineId }: { mineId: string }) => {
  const query = { mineId, limit: 20 }
  const pages = usePages<HazardListed>(keyOf(listHazards, query), async (after) =>
    must(await api.call(listHazards, { query: { ...query, ...(after && { after }) } })),
  )
  return (
    <section aria-labelledby="mine-hazards">
      <h2 id="mine-hazards">隐患</h2>
      <RecordTable
        label="这座矿的隐患"
        columns={hazardColumns.filter(({ title }) => title !== '矿山')}
        pages={pages}
        rowKey={({ id }) => id}
        empty={
          <p>
            这座矿没有登记的隐患。
            <Link to="/hazards/report" search={{ mineId }}>
              报告隐患
            </Link>
          </p>
        }
      />
    </section>
  )
}

export const MinePage = () => {
  const { id } = here.useParams()
  const read = useAnswer(readMine, { params: { id } })
  const may = useMay('mine.put')
  const mayPresence = useMay('presence.read')
  if (read.isError)
    return (
      <Page title="矿山">
        <QueryProblem error={read.error} retry={() => read.refetch()} />
      </Page>
    )
  if (!read.data) return <PageSkeleton />
  const mine = read.data
  return (
    <Page
      title={mine.name}
      note={mine.code}
      actions={
        <>
          {may && (
            <Link to="/mines/$id/edit" params={{ id }} className="button-link">
              修改
            </Link>
          )}
          <Link to="/mines/$id/papers" params={{ id }} className="button-link">
            打印与档案
          </Link>
          <Link to="/hazards/report" search={{ mineId: id }} className="button-link">
            报告隐患
          </Link>
        </>
      }
    >
      <div className="mine">
        <dl className="facts facts-wide">
          {rows(mine).map(([label, text]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
        <div className="mine-side">
          <MineRoster mine={mine} />
          {mayPresence && mine.inScope && <MinePresence mineId={id} />}
        </div>
      </div>
      <div className="mine-page">
        <Hazards mineId={id} />
        <MinePermits mineId={id} />
        <MineUnits mineId={id} />
        <MineCriteria mineId={id} mineType={mine.mineType} />
        <MineHistory mineId={id} />
      </div>
    </Page>
  )
}
