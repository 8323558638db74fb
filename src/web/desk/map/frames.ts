import type { MineOnMap } from '#contract/home.ts'

/** Two kinds of place that cannot be drawn into each other: measured coordinates, and the schematic kilometre grid. */
export type Frame = 'geodetic' | 'grid'

export type Placed = { readonly mine: MineOnMap; readonly at: readonly [x: number, y: number] }

const metresPerKm = 1000

/** Where a mine stands in a frame: longitude and latitude in degrees, or metres east and north of the grid's origin. */
export const placeIn = (frame: Frame, { position, grid }: MineOnMap): Placed['at'] | undefined => {
  if (frame === 'geodetic') return position && [position.longitude, position.latitude]
  // A mine with coordinates stands there, not on the schematic grid as well.
  return !position && grid ? [grid.eastKm * metresPerKm, grid.northKm * metresPerKm] : undefined
}

export const placedIn = (frame: Frame, mines: readonly MineOnMap[]): readonly Placed[] =>
  mines.flatMap((mine) => {
    const at = placeIn(frame, mine)
    return at ? [{ mine, at }] : []
  })

/** The frames that have mines, measured ones first. */
export const framesOf = (mines: readonly MineOnMap[]): readonly Frame[] =>
  (['geodetic', 'grid'] as const).filter((frame) => placedIn(frame, mines).length > 0)

export const hasPlace = (mine: MineOnMap): boolean => framesOf([mine]).length > 0

/** Lines of the grid that a stretch needs: whole steps from below its beginning to above its end. */
export const gridLines = (from: number, to: number, step: number): readonly number[] => {
  const first = Math.floor(from / step) * step
  return Array.from({ length: Math.ceil((to - first) / step) + 1 }, (_, index) => first + index * step)
}
