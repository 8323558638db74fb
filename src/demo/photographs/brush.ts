import { hashOf, seededRandom } from '#demo/seeded.ts'

/** Drawing with a hand that trembles the same way every time. */
export type Brush = {
  /** A number between the two. */
  readonly between: (low: number, high: number) => number
  readonly times: <T>(count: number, draw: (index: number) => T) => readonly T[]
}

export type Point = readonly [x: number, y: number]

export const brushFor = (name: string): Brush => {
  const random = seededRandom(hashOf(name))
  return {
    between: (low, high) => low + random() * (high - low),
    times: (count, draw) => Array.from({ length: count }, (_, index) => draw(index)),
  }
}

const fixed = (value: number): string => value.toFixed(1)

export const pointsOf = (points: readonly Point[]): string =>
  points.map(([x, y]) => `${fixed(x)},${fixed(y)}`).join(' ')

export const polygon = (points: readonly Point[], fill: string, more = ''): string =>
  `<polygon points="${pointsOf(points)}" fill="${fill}" ${more}/>`

export const polyline = (points: readonly Point[], stroke: string, width: number, more = ''): string =>
  `<polyline points="${pointsOf(points)}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linejoin="round" stroke-linecap="round" ${more}/>`

export const rect = (x: number, y: number, width: number, height: number, fill: string, more = ''): string =>
  `<rect x="${fixed(x)}" y="${fixed(y)}" width="${fixed(width)}" height="${fixed(height)}" fill="${fill}" ${more}/>`

export const ellipse = (x: number, y: number, rx: number, ry: number, fill: string, more = ''): string =>
  `<ellipse cx="${fixed(x)}" cy="${fixed(y)}" rx="${fixed(rx)}" ry="${fixed(ry)}" fill="${fill}" ${more}/>`

/** A line from `from` to `to` that is nowhere quite straight. */
export const rough = (brush: Brush, from: Point, to: Point, pieces: number, tremble: number): readonly Point[] =>
  brush.times(pieces + 1, (index): Point => {
    const share = index / pieces
    const loose = index === 0 || index === pieces ? 0 : tremble
    return [
      from[0] + (to[0] - from[0]) * share + brush.between(-loose, loose),
      from[1] + (to[1] - from[1]) * share + brush.between(-loose, loose),
    ]
  })

/** Mixes two colours of six hex digits. */
export const mixed = (a: string, b: string, share: number): string => {
  const channel = (colour: string, at: number) => Number.parseInt(colour.slice(at, at + 2), 16)
  const hex = [1, 3, 5].map((at) =>
    Math.round(channel(a, at) * (1 - share) + channel(b, at) * share)
      .toString(16)
      .padStart(2, '0'),
  )
  return `#${hex.join('')}`
}
