import { Link } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { listHazards } from '#contract/hazard.ts'
import { type MineOnMap, worstOpen } from '#contract/home.ts'
import { mineStatuses } from '#domain/org/mine.ts'
import { type Frame, framesOf } from '#web/desk/map/frames.ts'
import { worst } from '#web/desk/map/worst.ts'
import { useAnswer } from '#web/desk/queries.ts'
import { GradeMark } from '#web/desk/shown/GradeMark.tsx'
import '#web/desk/map/map.css'

/** OpenLayers comes in a chunk of its own, when a map is shown. */
const Canvas = lazy(async () => ({ default: (await import('#web/desk/map/Canvas.tsx')).Canvas }))

export const Worst = ({ of }: { of: MineOnMap['worst'] }) => (
  <span className={`worst worst-${of}`}>
    <span aria-hidden="true">{worst[of].shape}</span> {worst[of].word}
  </span>
)

/** What stands open, in numbers: the same words in the list and on the card. */
export const Standing = ({ mine }: { mine: MineOnMap }) => {
  const { openMajor, suspected, openGeneral, unjudged, overdue, stopped } = mine
  const told = [
    openMajor > 0 && `重大 ${openMajor}`,
    suspected > 0 && `疑似 ${suspected}`,
    openGeneral > 0 && `一般 ${openGeneral}`,
    unjudged > 0 && `待判定 ${unjudged}`,
    stopped && (stopped === 'whole' ? '全矿停产' : '局部停产'),
  ].filter(Boolean)
  return (
    <>
      {told.join('，')}
      {overdue > 0 && <strong> 逾期 {overdue}</strong>}
    </>
  )
}

const OpenMatters = ({ mineId }: { mineId: string }) => {
  const read = useAnswer(listHazards, { query: { mineId, open: 'true', limit: 8 } })
  if (!read.data) return <Skeleton active title={false} paragraph={{ rows: 2 }} />
  return (
    <>
      <ul className="map-matters">
        {read.data.items.map(({ tenantId, id, number, grade, status, place, overdueDays }) => (
          <li key={id}>
            <GradeMark grade={grade} suspected={status === 'found'} />{' '}
            <Link to="/hazards/$tenantId/$id" params={{ tenantId, id }}>
              {number}
            </Link>{' '}
            {place}
            {overdueDays !== undefined && overdueDays > 0 && <strong> 逾期 {overdueDays} 天</strong>}
          </li>
        ))}
      </ul>
      {read.data.total > read.data.items.length && (
        <Link to="/register" search={{ mineId, open: 'true' }}>
          全部 {read.data.total} 条
        </Link>
      )}
    </>
  )
}

/** Name, what stands open, the way on. */
export const Card = ({ mine, close }: { mine: MineOnMap; close: () => void }) => (
  <section className="map-card" aria-label={mine.name} data-mine={mine.code}>
    <header>
      <h3>
        <Link to="/mines/$id" params={{ id: mine.id }}>
          {mine.name}
        </Link>
      </h3>
      <button type="button" className="plain-link no-print" onClick={close} aria-label="收起">
        ×
      </button>
    </header>
    <p className="soft">
      {mine.code}，{mine.township}，{mineStatuses[mine.status]}
    </p>
    <p>
      <Worst of={mine.worst} />
    </p>
    <p>
      <Standing mine={mine} />
    </p>
    {mine.worst !== 'none' && <OpenMatters mineId={mine.id} />}
  </section>
)

const Legend = ({ mines }: { mines: readonly MineOnMap[] }) => (
  <ul className="map-legend" aria-label="图例">
    {worstOpen
      .filter((kind) => mines.some((mine) => mine.worst === kind))
      .map((kind) => (
        <li key={kind}>
          <Worst of={kind} />
        </li>
      ))}
  </ul>
)

const frameTitles: Readonly<Record<Frame, string>> = { geodetic: '实测坐标', grid: '示意网格' }

type Props = {
  mines: readonly MineOnMap[]
  selected: string | undefined
  onSelect: (id: string | undefined) => void
  /** Beside other things: lower, and with codes instead of names. */
  small?: boolean
}

/** Mines as shapes and words, coloured by the worst that stands open; a click opens the card, here or in the column beside. */
export const MineMap = ({ mines, selected, onSelect, small = false }: Props) => {
  const frames = framesOf(mines)
  const [chosen, setChosen] = useState<Frame>()
  const frame = chosen && frames.includes(chosen) ? chosen : frames[0]
  const shown = mines.find(({ id }) => id === selected)
  if (!frame) return <p className="empty">这些矿都没有坐标。在矿山的登记里填写坐标后，会出现在图上。</p>
  return (
    <div className={small ? 'map map-small' : 'map'}>
      {frames.length > 1 && (
        <fieldset className="map-frames no-print">
          <legend className="off-screen">按哪种坐标画</legend>
          {frames.map((one) => (
            <button
              key={one}
              type="button"
              className="chip"
              aria-pressed={one === frame}
              onClick={() => setChosen(one)}
            >
              {frameTitles[one]}
            </button>
          ))}
        </fieldset>
      )}
      <div className="map-stage">
        <Suspense fallback={<div className="map-canvas" aria-busy="true" />}>
          <Canvas frame={frame} mines={mines} selected={selected} onSelect={onSelect} small={small} />
        </Suspense>
      </div>
      <div className="map-note">
        <span>{frame === 'grid' ? '示意网格，非测绘坐标；单位千米' : '国家大地坐标系 CGCS2000'}</span>
        <Legend mines={mines} />
      </div>
      {small && shown && <Card mine={shown} close={() => onSelect(undefined)} />}
    </div>
  )
}
