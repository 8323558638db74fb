import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { readMineMap } from '#contract/home.ts'
import { MineMap } from '#web/desk/map/MineMap.tsx'
import { useAnswer } from '#web/desk/queries.ts'

/** The map beside the columns; without a place for any mine it leaves its room to them. */
export const SmallMap = () => {
  const [selected, setSelected] = useState<string>()
  const read = useAnswer(readMineMap, {})
  const placed = (read.data?.mines ?? []).some(({ position, grid }) => position || grid)
  if (!read.data || !placed) return null
  return (
    <section aria-labelledby="small-map" className="small-map">
      <h2 id="small-map">
        <Link to="/map">矿山分布</Link>
      </h2>
      <MineMap mines={read.data.mines} selected={selected} onSelect={setSelected} small />
    </section>
  )
}
