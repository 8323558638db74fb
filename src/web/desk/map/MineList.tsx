import { Link } from '@tanstack/react-router'
import type { MineOnMap } from '#contract/home.ts'
import { hasPlace } from '#web/desk/map/frames.ts'
import { Standing, Worst } from '#web/desk/map/MineMap.tsx'

type Props = {
  mines: readonly MineOnMap[]
  selected: string | undefined
  onSelect: (id: string) => void
}

/** What the map shows, in words: for the keyboard, for those who hear it, for paper. */
export const MineList = ({ mines, selected, onSelect }: Props) => (
  <ul className="map-list" aria-label="矿山列表">
    {mines.map((mine) => (
      <li key={mine.id} data-mine={mine.code} aria-current={mine.id === selected ? 'true' : undefined}>
        <button type="button" className="map-row" onClick={() => onSelect(mine.id)}>
          <Worst of={mine.worst} />
          <span className="map-list-name">
            {mine.code} {mine.name}
          </span>
        </button>
        <p>
          <Standing mine={mine} />
          {!hasPlace(mine) && <span className="soft"> 没有坐标</span>}
          <Link to="/mines/$id" params={{ id: mine.id }} aria-label={`打开 ${mine.name}`}>
            打开
          </Link>
        </p>
      </li>
    ))}
  </ul>
)
