import { type Brush, brushFor, polygon } from '#demo/photographs/brush.ts'
import {
  ground,
  height,
  hills,
  mound,
  rainfall,
  road,
  sky,
  type Weather,
  wall,
  width,
} from '#demo/photographs/terrain.ts'
import {
  boulder,
  crack,
  ditch,
  drillRig,
  dust,
  excavator,
  gully,
  masonry,
  pool,
  pump,
  sign,
  tape,
} from '#demo/photographs/things.ts'

const limestone = '#a79a84'
const shale = '#8d7f6c'
const dirt = '#9b8565'

const backdrop = (brush: Brush, weather: Weather, horizon = 300): string => sky(brush, weather) + hills(brush, horizon)

const pitWall = (brush: Brush, bermDepth: (bench: number) => number, rock = limestone): string =>
  wall(brush, { left: 170, right: 1130, top: 190, benches: 4, faceHeight: 104, bermDepth, rock })

/** The haul road of F03 with its outer edge; the same stretch in May, June, August and September. */
const outerEdge = (brush: Brush, edge: string): string =>
  backdrop(brush, 'clear', 330) + ground(brush, 360, '#8c8a62') + road(brush, [690, 380], 0, 96, 600, dirt) + edge

const farEdge = [782, 384] as const
const nearEdge = [1230, 960] as const

const rigScene = (brush: Brush, collector: boolean): string =>
  backdrop(brush, 'clear') +
  wall(brush, { left: 620, right: 1400, top: 210, benches: 2, faceHeight: 130, bermDepth: () => 16, rock: limestone }) +
  ground(brush, 500, '#b3a68d') +
  drillRig(560, 760, 1.5, collector) +
  (collector ? '' : dust(brush, 440, 760, 330))

/** What each picture of the demo shows. */
const drawn = {
  'H01-before': (brush) =>
    backdrop(brush, 'haze', 260) +
    wall(brush, {
      left: 240,
      right: 1240,
      top: 240,
      benches: 2,
      faceHeight: 210,
      bermDepth: () => 26,
      rock: '#9c8b70',
      slant: 80,
    }) +
    ground(brush, 690, dirt) +
    tape([120, 800], [1180, 760], 7),
  'H02-before': (brush) =>
    backdrop(brush, 'haze', 240) +
    pitWall(brush, () => 15) +
    ground(brush, 660, dirt) +
    pool(brush, 700, 790, 420, 92) +
    pump(250, 770, 1),
  'H02-after': (brush) =>
    backdrop(brush, 'clear', 240) +
    pitWall(brush, () => 15) +
    ground(brush, 660, dirt) +
    pool(brush, 860, 800, 330, 86, '#6f7a6b') +
    pump(430, 730, 0.9) +
    pump(560, 742, 0.9) +
    pump(690, 754, 0.9) +
    ditch([330, 662], [150, 975], 150),
  'H03-before': (brush) =>
    backdrop(brush, 'clear') +
    pitWall(brush, (bench) => [22, 7, 5, 24][bench] ?? 20) +
    ground(brush, 658, '#a8977a') +
    boulder(brush, 330, 760, 46, limestone) +
    boulder(brush, 430, 812, 26, limestone) +
    tape([90, 880], [1200, 820], 8),
  'H03-progress': (brush) =>
    backdrop(brush, 'haze') +
    pitWall(brush, (bench) => [24, 34, 14, 24][bench] ?? 20) +
    excavator(700, 424, 0.42) +
    ground(brush, 696, '#a8977a') +
    tape([90, 880], [1200, 820], 8),
  'H04-before': (brush) =>
    backdrop(brush, 'clear', 280) +
    ground(brush, 470, '#978f66') +
    road(brush, [760, 480], 150, 52, 520, dirt) +
    mound(brush, [812, 330], [1160, 960], 90, '#83704f', (share) => 0.5 + share * 0.5),
  'H04-after': (brush) =>
    backdrop(brush, 'clear', 280) +
    ground(brush, 430, '#978f66') +
    road(brush, [760, 480], 66, 58, 520, '#a39373') +
    mound(brush, [818, 414], [1170, 960], 220, '#8b7754') +
    sign(300, 730, 1.15),
  'H05-before': (brush) =>
    backdrop(brush, 'clear') +
    wall(brush, {
      left: 200,
      right: 1100,
      top: 180,
      benches: 3,
      faceHeight: 140,
      bermDepth: (bench) => [20, 14, 11][bench] ?? 12,
      rock: limestone,
      slant: 14,
    }) +
    ground(brush, 640, '#a8977a') +
    excavator(900, 820, 0.9),
  'H06-before': (brush) =>
    backdrop(brush, 'haze', 230) +
    wall(brush, {
      left: 120,
      right: 1180,
      top: 130,
      benches: 1,
      faceHeight: 520,
      bermDepth: () => 6,
      rock: limestone,
      slant: 10,
    }) +
    polygon(
      [
        [330, 650],
        [430, 560],
        [700, 548],
        [900, 588],
        [960, 652],
      ],
      '#3b342b',
      'fill-opacity="0.8"',
    ) +
    ground(brush, 652, '#ab9c82') +
    boulder(brush, 470, 720, 52, limestone) +
    boulder(brush, 640, 700, 30, limestone) +
    tape([60, 900], [1240, 860], 8),
  'H07-before': (brush) => rigScene(brush, false),
  'H07-after': (brush) => rigScene(brush, true),
  'H08-before': (brush) =>
    sky(brush, 'rain') +
    hills(brush, 280, '#5d6a58') +
    wall(brush, {
      left: -60,
      right: 1360,
      top: 300,
      benches: 2,
      faceHeight: 150,
      bermDepth: () => 22,
      rock: shale,
      slant: 60,
    }) +
    ground(brush, 640, '#7b6a52') +
    crack(brush, [150, 700], [1130, 650], 30) +
    crack(brush, [300, 790], [760, 770], 12) +
    rainfall(brush),
  'H08-progress': (brush) =>
    backdrop(brush, 'clear', 280) +
    wall(brush, {
      left: 120,
      right: 1180,
      top: 240,
      benches: 4,
      faceHeight: 74,
      bermDepth: () => 30,
      rock: shale,
      slant: 44,
    }) +
    excavator(760, 346, 0.5) +
    ground(brush, 650, '#8a7759') +
    tape([70, 850], [1220, 800], 9),
  'H09-before': (brush) =>
    backdrop(brush, 'haze', 270) +
    wall(brush, {
      left: 200,
      right: 1140,
      top: 250,
      benches: 1,
      faceHeight: 400,
      bermDepth: () => 10,
      rock: '#97866b',
      slant: 90,
    }) +
    gully(brush, [420, 270], [350, 650], 46) +
    gully(brush, [690, 264], [700, 655], 60) +
    gully(brush, [900, 272], [980, 650], 40) +
    ground(brush, 655, dirt),
  'H16-before': (brush) =>
    outerEdge(
      brush,
      mound(brush, farEdge, nearEdge, 120, '#86724f', () => 0.75),
    ),
  'H16-after': (brush) => outerEdge(brush, mound(brush, farEdge, nearEdge, 300, '#8f7a55')),
  'H17-before': (brush) =>
    outerEdge(
      brush,
      mound(brush, farEdge, nearEdge, 280, '#86724f', (share) => (share > 0.3 && share < 0.8 ? 0.42 : 0.9)),
    ),
  'H17-progress': (brush) =>
    outerEdge(brush, mound(brush, farEdge, [1010, 676], 150, '#8f7a55') + masonry(brush, [986, 646], nearEdge, 210)),
  'H19-before': (brush) =>
    backdrop(brush, 'clear') +
    wall(brush, {
      left: 100,
      right: 1200,
      top: 220,
      benches: 2,
      faceHeight: 190,
      bermDepth: () => 30,
      rock: limestone,
    }) +
    boulder(brush, 520, 400, 34, limestone) +
    boulder(brush, 600, 412, 22, limestone) +
    boulder(brush, 690, 396, 42, limestone) +
    boulder(brush, 780, 410, 26, limestone) +
    ground(brush, 655, '#a8977a'),
  'H23-before': (brush) =>
    backdrop(brush, 'clear') +
    wall(brush, { left: 160, right: 1120, top: 250, benches: 2, faceHeight: 176, bermDepth: () => 40, rock: shale }) +
    ground(brush, 676, '#93805f') +
    excavator(620, 830, 0.8),
} as const satisfies Record<string, (brush: Brush) => string>

export type Scene = keyof typeof drawn

/** The scene as a picture, drawn by the same trembling hand on every run. A pair shares its hand: the place is the same. */
export const svgOf = (scene: Scene): string => {
  const [place = scene] = scene.split('-')
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${drawn[scene](brushFor(place))}</svg>`
}
