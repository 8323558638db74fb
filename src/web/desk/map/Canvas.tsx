import { defaults as defaultControls } from 'ol/control/defaults.js'
import ScaleLine from 'ol/control/ScaleLine.js'
import { isEmpty } from 'ol/extent.js'
import Feature from 'ol/Feature.js'
import LineString from 'ol/geom/LineString.js'
import Point from 'ol/geom/Point.js'
import Graticule from 'ol/layer/Graticule.js'
import VectorLayer from 'ol/layer/Vector.js'
import OpenLayersMap from 'ol/Map.js'
import Projection from 'ol/proj/Projection.js'
import { fromLonLat } from 'ol/proj.js'
import VectorSource from 'ol/source/Vector.js'
import CircleStyle from 'ol/style/Circle.js'
import Fill from 'ol/style/Fill.js'
import RegularShape from 'ol/style/RegularShape.js'
import Stroke from 'ol/style/Stroke.js'
import Style from 'ol/style/Style.js'
import Text from 'ol/style/Text.js'
import View from 'ol/View.js'
import { useEffect, useRef } from 'react'
import { type MineOnMap, type WorstOpen, worstOpen } from '#contract/home.ts'
import { type Frame, gridLines, placedIn } from '#web/desk/map/frames.ts'
import { labelSides, reach, type Side, widthOfWords } from '#web/desk/map/labels.ts'
import { worst } from '#web/desk/map/worst.ts'
import { colour, font } from '#web/parts/theme.ts'
import 'ol/ol.css'

const gridStep = 5000
const margin = 3000

/** The grid of the demo, and of a district that has measured nothing: metres from an origin that lies nowhere. */
const schematic = new Projection({ code: 'bihuan:schematic', units: 'm', global: false })

const aligned: Readonly<
  Record<Side, { readonly textAlign: 'left' | 'right' | 'center'; readonly offsetX: number; readonly offsetY: number }>
> = {
  right: { textAlign: 'left', offsetX: reach, offsetY: 0 },
  left: { textAlign: 'right', offsetX: -reach, offsetY: 0 },
  below: { textAlign: 'center', offsetX: 0, offsetY: reach + 8 },
  above: { textAlign: 'center', offsetX: 0, offsetY: -reach - 8 },
}

const words = (text: string, side: Side, bold: boolean): Text => {
  const { textAlign, offsetX, offsetY } = aligned[side]
  const lines = text.split('\n').length
  return new Text({
    text,
    textAlign,
    justify: textAlign,
    offsetX,
    offsetY: offsetY + Math.sign(offsetY) * (lines - 1) * 8,
    font: `${bold ? 'bold ' : ''}13px ${font}`,
    fill: new Fill({ color: colour.ink }),
    stroke: new Stroke({ color: colour.paper, width: 4 }),
  })
}

const shapeOf = (kind: WorstOpen, selected: boolean) => {
  const { ink } = worst[kind]
  const hollow = kind === 'suspected' || kind === 'unjudged' || kind === 'none'
  const drawn = {
    // A shape is always drawn; where two words would lie on each other, the worse one's stays.
    declutterMode: 'none' as const,
    radius: selected ? 12 : 9,
    fill: new Fill({ color: hollow ? colour.paper : ink }),
    stroke: new Stroke({ color: selected ? colour.ink : ink, width: selected ? 3 : 2 }),
  }
  if (kind === 'unjudged') return new RegularShape({ ...drawn, points: 4 })
  return kind === 'major' || kind === 'suspected'
    ? new RegularShape({ ...drawn, points: 3 })
    : new CircleStyle({ ...drawn, radius: drawn.radius - 2 })
}

/** Code and word of the worst; the name too, where there is room. */
const labelOf = (mine: MineOnMap, small: boolean): string => {
  const code = mine.worst === 'none' ? mine.code : `${mine.code} ${worst[mine.worst].word}`
  return small ? code : `${code}\n${mine.name}`
}

type Shown = { readonly label: string; readonly side: Side; readonly selected: boolean }

const styleOf = (mine: MineOnMap, { label, side, selected }: Shown): Style =>
  new Style({
    image: shapeOf(mine.worst, selected),
    text: words(label, side, selected),
    zIndex: selected ? worstOpen.length + 1 : worstOpen.length - worstOpen.indexOf(mine.worst),
  })

const coordinateIn = (frame: Frame, [x, y]: readonly [number, number]): number[] =>
  // CGCS2000 (EPSG:4490) and WGS 84 differ by centimetres: less than a line on this map is wide.
  frame === 'geodetic' ? fromLonLat([x, y]) : [x, y]

const line = (points: number[][], label: string): Feature => {
  const feature = new Feature(new LineString(points))
  feature.setStyle([
    new Style({ stroke: new Stroke({ color: colour.line, width: 1 }) }),
    new Style({
      geometry: new Point(points[0] ?? [0, 0]),
      text: new Text({
        text: label,
        font: `12px ${font}`,
        fill: new Fill({ color: colour.inkFaint }),
        textAlign: 'left',
        offsetX: 4,
        offsetY: -8,
      }),
    }),
  ])
  return feature
}

/** What the grid covers: the mines and some room around them. */
const stretchOf = ([west = 0, south = 0, east = 0, north = 0]: readonly number[]): [number, number, number, number] => [
  west - margin,
  south - margin,
  east + margin,
  north + margin,
]

const schematicGrid = ([west, south, east, north]: readonly [number, number, number, number]): VectorLayer => {
  const inside = (from: number, to: number): readonly number[] =>
    gridLines(from, to, gridStep).filter((at) => at >= from && at <= to)
  const km = (metres: number): string => `${metres / 1000}`
  const columns = inside(west, east).map((x) =>
    line(
      [
        [x, south],
        [x, north],
      ],
      `东 ${km(x)}`,
    ),
  )
  const rows = inside(south, north).map((y) =>
    line(
      [
        [west, y],
        [east, y],
      ],
      `北 ${km(y)}`,
    ),
  )
  return new VectorLayer({ source: new VectorSource({ features: [...columns, ...rows] }) })
}

const degrees = (value: number, positive: string, negative: string): string =>
  `${value < 0 ? negative : positive}${Math.abs(value).toFixed(2)}°`

const graticule = (): Graticule =>
  new Graticule({
    strokeStyle: new Stroke({ color: colour.line, width: 1 }),
    showLabels: true,
    wrapX: false,
    lonLabelFormatter: (value) => degrees(value, '东经', '西经'),
    latLabelFormatter: (value) => degrees(value, '北纬', '南纬'),
  })

/** Below this width of the map names have no room. */
const narrow = 600

type Labelled = { readonly mine: MineOnMap; readonly feature: Feature<Point>; readonly label: string }
type Drawn = Labelled & { readonly side: Side }

/** On which side each word stands, as the map is seen first: the worst choose before the others. */
const sidesOf = (map: OpenLayersMap, placed: readonly Labelled[]): readonly Drawn[] => {
  const resolution = map.getView().getResolution() ?? 1
  const [centreX = 0, centreY = 0] = map.getView().getCenter() ?? []
  const [width = 0, height = 0] = map.getSize() ?? []
  const sides = labelSides(
    placed.map(({ feature, label }) => {
      const [x = 0, y = 0] = feature.getGeometry()?.getCoordinates() ?? []
      return {
        x: (x - centreX) / resolution + width / 2,
        y: (centreY - y) / resolution + height / 2,
        width: widthOfWords(label),
        height: label.split('\n').length * 16,
      }
    }),
    { left: 0, top: 0, right: width, bottom: height },
  )
  return placed.map((one, index) => ({ ...one, side: sides[index] ?? 'right' }))
}

type Props = {
  frame: Frame
  mines: readonly MineOnMap[]
  selected: string | undefined
  onSelect: (id: string | undefined) => void
  small: boolean
}

/** The map itself, on plain paper: nothing is fetched from anywhere. Whoever uses no mouse has the list beside it. */
export const Canvas = ({ frame, mines, selected, onSelect, small }: Props) => {
  const place = useRef<HTMLElement>(null)
  const drawn = useRef<ReadonlyMap<string, Drawn>>(new Map())
  const select = useRef(onSelect)
  select.current = onSelect

  useEffect(() => {
    if (!place.current) return
    const brief = small || place.current.clientWidth < narrow
    const placed = placedIn(frame, mines).map(({ mine, at }) => {
      const feature = new Feature(new Point(coordinateIn(frame, at)))
      feature.setId(mine.id)
      return { mine, feature, label: labelOf(mine, brief) }
    })
    const source = new VectorSource({ features: placed.map(({ feature }) => feature) })
    const extent = source.getExtent() ?? [0, 0, 0, 0]
    const stretch = stretchOf(extent)
    const map = new OpenLayersMap({
      target: place.current,
      layers: [frame === 'grid' ? schematicGrid(stretch) : graticule(), new VectorLayer({ source, declutter: true })],
      controls: defaultControls({
        attribution: false,
        rotate: false,
        zoomOptions: { zoomInTipLabel: '放大', zoomOutTipLabel: '缩小' },
      }).extend([new ScaleLine()]),
      view: new View({
        projection: frame === 'grid' ? schematic : 'EPSG:3857',
        center: [0, 0],
        resolution: 50,
        enableRotation: false,
        minResolution: 1,
      }),
    })
    if (!isEmpty(extent))
      map.getView().fit(frame === 'grid' ? stretch : extent, {
        padding: frame === 'grid' ? [8, 8, 8, 8] : [40, 72, 48, 72],
        minResolution: 5,
      })
    drawn.current = new Map(
      sidesOf(map, placed).map(({ side, mine, feature, label }) => {
        feature.setStyle(styleOf(mine, { label, side, selected: false }))
        return [mine.id, { mine, feature, label, side }]
      }),
    )
    map.on('click', ({ pixel }) => {
      const [hit] = map.getFeaturesAtPixel(pixel, { hitTolerance: 6 })
      const id = hit && 'getId' in hit ? hit.getId() : undefined
      select.current(typeof id === 'string' ? id : undefined)
    })
    map.on('pointermove', ({ pixel, dragging }) => {
      if (!dragging && place.current)
        place.current.classList.toggle('map-points', map.hasFeatureAtPixel(pixel, { hitTolerance: 6 }))
    })
    return () => map.setTarget(undefined)
  }, [frame, mines, small])

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is drawn anew is marked anew
  useEffect(() => {
    for (const [id, { mine, feature, label, side }] of drawn.current)
      feature.setStyle(styleOf(mine, { label, side, selected: id === selected }))
  }, [frame, mines, small, selected])

  return <section ref={place} className="map-canvas" aria-label="矿山分布图；旁边的列表内容相同" />
}
