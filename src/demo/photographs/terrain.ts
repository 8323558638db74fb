import { type Brush, ellipse, mixed, type Point, polygon, polyline, rect, rough } from '#demo/photographs/brush.ts'

export const width = 1280
export const height = 960

export type Weather = 'clear' | 'haze' | 'rain'

const skies: Readonly<Record<Weather, readonly [top: string, horizon: string]>> = {
  clear: ['#7ea6c9', '#d6dfe0'],
  haze: ['#a9b4ba', '#dcd8cc'],
  rain: ['#7f868a', '#b3b5b1'],
}

export const sky = (brush: Brush, weather: Weather): string => {
  const [top, horizon] = skies[weather]
  const cloud = weather === 'rain' ? '#6d7376' : '#ffffff'
  const clouds = brush.times(weather === 'clear' ? 9 : 16, () =>
    ellipse(
      brush.between(0, width),
      brush.between(20, 300),
      brush.between(120, 320),
      brush.between(18, 60),
      'url(#cloud)',
      `fill-opacity="${brush.between(0.2, 0.6).toFixed(2)}"`,
    ),
  )
  return `<defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${top}"/><stop offset="1" stop-color="${horizon}"/></linearGradient>
    <radialGradient id="cloud"><stop offset="0" stop-color="${cloud}" stop-opacity="0.8"/><stop offset="1" stop-color="${cloud}" stop-opacity="0"/></radialGradient></defs>
    ${rect(0, 0, width, height * 0.62, 'url(#sky)')}${clouds.join('')}`
}

/** Wooded hills behind the pit. */
export const hills = (brush: Brush, horizon: number, colour = '#6f8063'): string =>
  [0, 1, 2]
    .map((range) => {
      const base = horizon - 90 + range * 34
      const crest = brush.times(
        18,
        (index): Point => [
          (index * width) / 17,
          base - brush.between(0, 70 - range * 18) - Math.sin(index * 0.7 + range * 2) * 28,
        ],
      )
      return polygon(
        [[0, height * 0.76], ...crest, [width, height * 0.76]],
        mixed(colour, '#b9c3c2', 0.62 - range * 0.24),
      )
    })
    .join('')

type Wall = {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly benches: number
  readonly faceHeight: number
  /** How much of each berm is seen. */
  readonly bermDepth: (bench: number) => number
  readonly rock: string
  readonly slant?: number
}

/** A pit wall of benches: dark faces with blast-hole streaks and fallen stones, light berms between them. */
export const wall = (
  brush: Brush,
  { left, right, top, benches, faceHeight, bermDepth, rock, slant = 26 }: Wall,
): string => {
  const parts: string[] = []
  let y = top
  for (let bench = 0; bench < benches; bench += 1) {
    const spread = bench * slant
    const crest = rough(brush, [left - spread, y], [right + spread, y + 6], 26, 5)
    const toe = rough(
      brush,
      [right + spread + slant * 0.6, y + faceHeight + 4],
      [left - spread - slant * 0.6, y + faceHeight],
      26,
      6,
    )
    parts.push(polygon([...crest, ...toe], mixed(rock, '#2f2a24', 0.16 + brush.between(0, 0.07))))
    for (const _ of brush.times(Math.round((right - left) / 9), () => 0)) {
      const x = brush.between(left - spread, right + spread)
      const from = y + brush.between(0, faceHeight * 0.5)
      const to = from + brush.between(faceHeight * 0.2, faceHeight * 0.5)
      const tone = brush.between(0, 1) < 0.5 ? mixed(rock, '#1d1a16', 0.45) : mixed(rock, '#fff6e2', 0.35)
      parts.push(
        polyline(
          [
            [x, from],
            [x + brush.between(-5, 5), to],
          ],
          tone,
          brush.between(1, 4),
          `stroke-opacity="${brush.between(0.12, 0.4).toFixed(2)}"`,
        ),
      )
    }
    y += faceHeight
    const depth = bermDepth(bench)
    const edge = rough(brush, [right + spread + slant, y + depth], [left - spread - slant, y + depth], 26, 3)
    parts.push(
      polygon(
        [[left - spread - slant * 0.6, y - 2], [right + spread + slant * 0.6, y - 2], ...edge],
        mixed(rock, '#f4ead2', 0.42),
      ),
    )
    for (const _ of brush.times(Math.round(depth * 1.2), () => 0))
      parts.push(
        ellipse(
          brush.between(left - spread, right + spread),
          y + brush.between(0, depth),
          brush.between(2, 7),
          brush.between(1.5, 4),
          mixed(rock, '#3a332a', brush.between(0.1, 0.5)),
        ),
      )
    y += depth
  }
  return parts.join('')
}

/** The ground in front, with stones that grow towards the eye. */
export const ground = (brush: Brush, from: number, colour: string): string => {
  const edge = rough(brush, [0, from], [width, from], 30, 5)
  const stones = brush.times(230, () => {
    const near = brush.between(0, 1) ** 1.6
    const y = from + near * (height - from)
    const size = 1.5 + near * 11
    return ellipse(
      brush.between(0, width),
      y,
      size,
      size * 0.55,
      mixed(colour, brush.between(0, 1) < 0.6 ? '#352d24' : '#fff3da', brush.between(0.12, 0.5)),
      'fill-opacity="0.75"',
    )
  })
  return polygon([...edge, [width, height], [0, height]], colour) + stones.join('')
}

/** A haul road going away from the eye, with wheel tracks; `lift` is how far its far end stands above its near end. */
export const road = (
  brush: Brush,
  far: Point,
  lift: number,
  farWidth: number,
  nearWidth: number,
  colour: string,
): string => {
  const [x, y] = far
  const near = height + 20
  const body = polygon(
    [
      [x - farWidth, y - lift],
      [x + farWidth, y - lift],
      [width / 2 + nearWidth, near],
      [width / 2 - nearWidth, near],
    ],
    colour,
  )
  const tracks = [-0.55, -0.25, 0.25, 0.55].map((share) =>
    polyline(
      rough(brush, [x + farWidth * share, y - lift], [width / 2 + nearWidth * share, near], 18, 4),
      mixed(colour, '#3a3129', 0.35),
      13,
      'stroke-opacity="0.35"',
    ),
  )
  return body + tracks.join('')
}

/** The mound along the outer edge of a road: `tall` at the near end, shrinking with distance; `sag` is where it is washed low. */
export const mound = (
  brush: Brush,
  far: Point,
  near: Point,
  tall: number,
  colour: string,
  sag: (share: number) => number = () => 1,
): string => {
  const pieces = 40
  const line = rough(brush, far, near, pieces, 2)
  const crest = line.map(([x, y], index): Point => {
    const share = index / pieces
    return [x, y - (tall * (0.2 + share * 0.8) * sag(share) + brush.between(-2, 2) * (0.3 + share))]
  })
  const shade = crest.map(([x, y], index): Point => {
    const foot = line[index]?.[1] ?? y
    return [x + 14 * (index / pieces), y + (foot - y) * 0.5]
  })
  return (
    polygon([...crest, ...[...line].reverse()], mixed(colour, '#30281f', 0.22)) +
    polygon([...crest, ...[...shade].reverse()], mixed(colour, '#fff3dc', 0.22))
  )
}

export const rainfall = (brush: Brush): string =>
  brush
    .times(340, () => {
      const x = brush.between(-40, width)
      const y = brush.between(-40, height)
      const length = brush.between(16, 42)
      return polyline(
        [
          [x, y],
          [x - length * 0.18, y + length],
        ],
        '#e9eef0',
        brush.between(0.8, 1.8),
        `stroke-opacity="${brush.between(0.12, 0.4).toFixed(2)}"`,
      )
    })
    .join('')
