import { type Brush, ellipse, mixed, type Point, polygon, polyline, rect, rough } from '#demo/photographs/brush.ts'

const placed = (x: number, y: number, scale: number, inside: string): string =>
  `<g transform="translate(${x} ${y}) scale(${scale})">${inside}</g>`

/** Feet at the origin, some 260 wide; the boom reaches to the left. */
export const excavator = (x: number, y: number, scale: number): string =>
  placed(
    x,
    y,
    scale,
    [
      ellipse(0, 4, 150, 14, '#241f1a', 'fill-opacity="0.4"'),
      rect(-92, -42, 184, 42, '#2b2926', 'rx="21"'),
      rect(-76, -33, 152, 24, '#45413b', 'rx="12"'),
      ...[-56, -28, 0, 28, 56].map((wheel) => ellipse(wheel, -21, 11, 11, '#1d1b19')),
      polygon(
        [
          [-66, -46],
          [104, -46],
          [108, -108],
          [-10, -112],
          [-66, -70],
        ],
        '#cf9a1d',
      ),
      rect(34, -128, 74, 26, '#b5851a'),
      polygon(
        [
          [-66, -50],
          [-66, -142],
          [-22, -150],
          [-4, -112],
          [-4, -50],
        ],
        '#d8a423',
      ),
      polygon(
        [
          [-60, -84],
          [-60, -136],
          [-26, -142],
          [-12, -112],
          [-12, -84],
        ],
        '#6f8893',
      ),
      polyline(
        [
          [-40, -74],
          [-150, -214],
          [-236, -150],
        ],
        '#c08f1b',
        24,
      ),
      polyline(
        [
          [-236, -150],
          [-262, -40],
        ],
        '#b5851a',
        18,
      ),
      polyline(
        [
          [-70, -150],
          [-166, -206],
        ],
        '#3b3a38',
        8,
      ),
      polygon(
        [
          [-282, -50],
          [-244, -44],
          [-236, 4],
          [-270, 16],
          [-300, -8],
        ],
        '#4a463f',
      ),
    ].join(''),
  )

/** A crawler rig with its mast; the collector is the box at its side with the hose to the hole. */
export const drillRig = (x: number, y: number, scale: number, collector: boolean): string =>
  placed(
    x,
    y,
    scale,
    [
      ellipse(10, 4, 130, 12, '#241f1a', 'fill-opacity="0.4"'),
      rect(-60, -38, 170, 38, '#2b2926', 'rx="19"'),
      ...[-36, -6, 24, 54, 84].map((wheel) => ellipse(wheel, -19, 10, 10, '#1b1a18')),
      rect(-44, -104, 150, 68, '#b84a2b', 'rx="6"'),
      rect(-36, -96, 52, 40, '#5d7480'),
      polygon(
        [
          [-96, -2],
          [-74, -2],
          [-58, -330],
          [-80, -330],
        ],
        '#8e3a22',
      ),
      polyline(
        [
          [-85, 0],
          [-68, -326],
        ],
        '#d9d3c4',
        5,
      ),
      ...[-60, -120, -180, -240, -300].map((rung) =>
        polyline(
          [
            [-92 - rung * 0.03, rung],
            [-70 - rung * 0.03, rung - 12],
          ],
          '#5f2615',
          4,
        ),
      ),
      ...(collector
        ? [
            rect(40, -160, 78, 58, '#c9ccc6', 'rx="6"'),
            rect(50, -150, 58, 38, '#9aa19b'),
            polyline(
              [
                [44, -130],
                [-10, -150],
                [-78, -30],
              ],
              '#3a3f41',
              12,
            ),
            rect(-104, -14, 40, 16, '#6b4a2c'),
          ]
        : [rect(52, -118, 46, 14, '#5b5148')]),
    ].join(''),
  )

export const dust = (brush: Brush, x: number, y: number, size: number): string =>
  `<defs><radialGradient id="dust"><stop offset="0" stop-color="#e9e3d6" stop-opacity="0.9"/><stop offset="1" stop-color="#e9e3d6" stop-opacity="0"/></radialGradient></defs>` +
  brush
    .times(34, () =>
      ellipse(
        x + brush.between(-size, size * 0.7),
        y - brush.between(0, size * 1.1),
        brush.between(size * 0.3, size * 0.7),
        brush.between(size * 0.2, size * 0.5),
        'url(#dust)',
        `fill-opacity="${brush.between(0.2, 0.5).toFixed(2)}"`,
      ),
    )
    .join('')

export const pump = (x: number, y: number, scale: number): string =>
  placed(
    x,
    y,
    scale,
    [
      ellipse(0, 3, 66, 9, '#221d18', 'fill-opacity="0.4"'),
      rect(-54, -12, 108, 12, '#39352f'),
      rect(-46, -56, 58, 44, '#2f6f8f', 'rx="10"'),
      ...[-38, -28, -18, -8].map((fin) => rect(fin, -54, 4, 40, '#235468')),
      ellipse(30, -34, 24, 24, '#54616a'),
      ellipse(30, -34, 11, 11, '#343c42'),
      polyline(
        [
          [30, -56],
          [30, -96],
          [150, -128],
        ],
        '#3c3f40',
        15,
      ),
    ].join(''),
  )

export const pool = (brush: Brush, x: number, y: number, rx: number, ry: number, colour = '#7a6a4a'): string => {
  const edge = brush.times(40, (index): Point => {
    const turn = (index / 40) * Math.PI * 2
    return [x + Math.cos(turn) * rx * brush.between(0.93, 1.05), y + Math.sin(turn) * ry * brush.between(0.9, 1.06)]
  })
  const glints = brush.times(24, () => {
    const at = brush.between(-0.8, 0.8)
    const from = x + at * rx * 0.7
    const level = y + brush.between(-0.7, 0.7) * ry * 0.8
    return polyline(
      [
        [from, level],
        [from + brush.between(20, 110), level + 1],
      ],
      '#e4e2d6',
      brush.between(1, 2.4),
      `stroke-opacity="${brush.between(0.12, 0.42).toFixed(2)}"`,
    )
  })
  return polygon(edge, colour) + glints.join('')
}

export const crack = (brush: Brush, from: Point, to: Point, open: number): string => {
  const upper = rough(brush, from, to, 26, 9)
  const lower = upper.map(
    ([x, y], index): Point => [
      x + brush.between(-3, 3),
      y + open * Math.sin((index / 26) * Math.PI) + brush.between(0, 3),
    ],
  )
  return polygon([...upper, ...[...lower].reverse()], '#19140f') + polyline(upper, '#efe2c5', 2, 'stroke-opacity="0.5"')
}

/** Red and white barrier tape on stakes. */
export const tape = (from: Point, to: Point, stakes: number): string => {
  const at = (share: number): Point => [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]
  const posts = Array.from({ length: stakes + 1 }, (_, index) => at(index / stakes))
  const line = posts.map(([x, y]): Point => [x, y - 52])
  return [
    ...posts.map(([x, y]) =>
      polyline(
        [
          [x, y],
          [x, y - 62],
        ],
        '#7a2f22',
        6,
      ),
    ),
    polyline(line, '#f4f1ea', 9),
    polyline(line, '#c5281c', 9, 'stroke-dasharray="26 26"'),
  ].join('')
}

/** A round speed limit on a pole. */
export const sign = (x: number, y: number, scale: number): string =>
  placed(
    x,
    y,
    scale,
    [
      polyline(
        [
          [0, 0],
          [0, -150],
        ],
        '#8b9095',
        8,
      ),
      ellipse(0, -176, 40, 40, '#c5281c'),
      ellipse(0, -176, 30, 30, '#f7f5ef'),
      rect(-16, -190, 7, 28, '#20201e'),
      rect(2, -190, 16, 28, 'none', 'stroke="#20201e" stroke-width="7"'),
    ].join(''),
  )

/** Mortared stone along a line, course upon course. */
export const masonry = (brush: Brush, far: Point, near: Point, tall: number): string => {
  const pieces = 22
  const parts: string[] = []
  for (let course = 0; course < 4; course += 1)
    for (let index = 0; index < pieces; index += 1) {
      const at = (share: number): Point & { readonly tall?: never } => [
        far[0] + (near[0] - far[0]) * share ** 1.7,
        far[1] + (near[1] - far[1]) * share ** 1.7,
      ]
      const [a, b] = [index / pieces, (index + 1) / pieces]
      const [xa, ya] = at(a)
      const [xb, yb] = at(b)
      const high = (share: number, level: number) => (tall * (0.14 + share ** 1.7 * 0.86) * level) / 4
      const stone = mixed('#8d8678', brush.between(0, 1) < 0.5 ? '#57524a' : '#cfc8b8', brush.between(0.05, 0.45))
      parts.push(
        polygon(
          [
            [xa, ya - high(a, course)],
            [xb, yb - high(b, course)],
            [xb, yb - high(b, course + 1)],
            [xa, ya - high(a, course + 1)],
          ],
          stone,
          'stroke="#c9c3b4" stroke-width="2.4"',
        ),
      )
    }
  return parts.join('')
}

/** A lined ditch coming towards the eye. */
export const ditch = (far: Point, near: Point, wide: number): string => {
  const [x, y] = far
  const [nx, ny] = near
  return [
    polygon(
      [
        [x - wide * 0.12, y],
        [x + wide * 0.12, y],
        [nx + wide, ny],
        [nx - wide, ny],
      ],
      '#a7a49b',
    ),
    polygon(
      [
        [x - wide * 0.06, y],
        [x + wide * 0.06, y],
        [nx + wide * 0.52, ny],
        [nx - wide * 0.52, ny],
      ],
      '#6d6d66',
    ),
    polygon(
      [
        [x - wide * 0.03, y + 8],
        [x + wide * 0.03, y + 8],
        [nx + wide * 0.26, ny],
        [nx - wide * 0.26, ny],
      ],
      '#7c7458',
    ),
  ].join('')
}

/** Gullies that water has cut down a slope. */
export const gully = (brush: Brush, top: Point, foot: Point, wide: number): string => {
  const line = rough(brush, top, foot, 16, 9)
  const right = line.map(([x, y], index): Point => [x + wide * (0.25 + index / 16), y])
  return polygon([...line, ...[...right].reverse()], '#4f4334') + polyline(right, '#d8c9a8', 3, 'stroke-opacity="0.55"')
}

export const boulder = (brush: Brush, x: number, y: number, size: number, colour: string): string => {
  const outline = brush.times(9, (index): Point => {
    const turn = (index / 9) * Math.PI * 2
    return [
      x + Math.cos(turn) * size * brush.between(0.75, 1.1),
      y + Math.sin(turn) * size * 0.72 * brush.between(0.75, 1.1),
    ]
  })
  const lit = outline.slice(4, 8)
  return (
    ellipse(x, y + size * 0.62, size * 1.05, size * 0.2, '#221c15', 'fill-opacity="0.4"') +
    polygon(outline, mixed(colour, '#2e2820', 0.25)) +
    polygon([[x, y], ...lit], mixed(colour, '#fff4dd', 0.25))
  )
}
