import { getRouteApi } from '@tanstack/react-router'
import { Button } from 'antd'
import { readMineMap } from '#contract/home.ts'
import { hasPlace } from '#web/desk/map/frames.ts'
import { MineList } from '#web/desk/map/MineList.tsx'
import { Card, MineMap } from '#web/desk/map/MineMap.tsx'
import { useAnswer } from '#web/desk/queries.ts'
import { Page } from '#web/desk/shown/Page.tsx'
import { PageSkeleton } from '#web/desk/shown/PageSkeleton.tsx'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'

const here = getRouteApi('/map')

export const MapPage = () => {
  const { mine: selected } = here.useSearch()
  const navigate = here.useNavigate()
  const read = useAnswer(readMineMap, {})
  const select = (id: string | undefined) => void navigate({ search: id ? { mine: id } : {}, replace: true })
  if (read.isError)
    return (
      <Page title="矿山分布">
        <QueryProblem error={read.error} retry={() => read.refetch()} />
      </Page>
    )
  if (!read.data) return <PageSkeleton rows={12} />
  const { mines, more } = read.data
  const shown = mines.find(({ id }) => id === selected)
  const without = mines.filter((mine) => !hasPlace(mine)).length
  return (
    <Page
      title="矿山分布"
      note={`${mines.length} 座，按最重的未销号隐患着色${without > 0 ? `；${without} 座没有坐标，只在列表里` : ''}`}
      actions={<Button onClick={() => window.print()}>打印</Button>}
    >
      {mines.length === 0 ? (
        <p className="empty">还没有登记矿山。登记矿山并填写坐标后，这里按最重的未销号隐患着色。</p>
      ) : (
        <div className="map-page">
          <MineMap mines={mines} selected={selected} onSelect={select} />
          <div>
            {shown && <Card mine={shown} close={() => select(undefined)} />}
            <MineList mines={mines} selected={selected} onSelect={select} />
          </div>
        </div>
      )}
      {more && <p className="soft">矿太多，只画了按编号在前的</p>}
    </Page>
  )
}
