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
import type { MineOnMap, WorstOpen } from '#contract/home.ts'
import { type Frame, gridLines, placedIn } from '#web/desk/map/frames.ts'
import { worst } from '#web/desk/map/worst.ts'
import { colour, font } from '#web/parts/theme.ts'
import 'ol/ol.css'

const gridStep = 5000
const margin = 3000

/** The grid of the demo, and of a district that has measured nothing: metres from an origin that lies nowhere. */
const schematic = new Projection({ code: 'bihuan:schematic', units: 'm', global: false })

const words = (text: string, ink: string, offsetY: number, bold = false): Text =>
  new Text({
    text,
    offsetY,
    font: `${bold ? 'bold ' : ''}13px ${font}`,
    fill: new Fill({ color: ink }),
    stroke: new Stroke({ color: colour.paper, width: 4 }),
  })

const shapeOf = (kind: WorstOpen, selected: boolean) => {
  const { ink } = worst[kind]
  const hollow = kind === 'suspected' || kind === 'unjudged' || kind === 'none'
  const drawn = {
    radius: selected ? 12 : 9,
    fill: new Fill({ color: hollow ? colour.paper : ink }),
    stroke: new Stroke({ color: selected ? colour.ink : ink, width: selected ? 3 : 2 }),
  }
  if (kind === 'unjudged') return new RegularShape({ ...drawn, points: 4 })
  return kind === 'major' || kind === 'suspected'
    ? new RegularShape({ ...drawn, points: 3 })
    : new CircleStyle({ ...drawn, radius: drawn.radius - 2 })
}

type Shown = { readonly selected: boolean; readonly small: boolean }

/** The word of the worst stands by the shape; the name below it, where there is room. */
const styleOf = (mine: MineOnMap, { selected, small }: Shown): Style[] => {
  const { word, ink } = worst[mine.worst]
  const above = mine.worst === 'none' ? mine.code : `${mine.code} ${word}`
  return [
    new Style({
      image: shapeOf(mine.worst, selected),
      ...(!small && { text: words(mine.name, colour.ink, 20, selected) }),
      zIndex: selected ? 9 : 1,
    }),
    new Style({ text: words(above, ink, -18, selected) }),
  ]
}

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
        offsetX: 14,
        offsetY: -8,
      }),
    }),
  ])
  return feature
}

const schematicGrid = (extent: readonly number[]): VectorLayer => {
  const [west = 0, south = 0, east = 0, north = 0] = extent
  const columns = gridLines(west - margin, east + margin, gridStep)
  const rows = gridLines(south - margin, north + margin, gridStep)
  const [left = 0, right = 0] = [columns[0], columns.at(-1)]
  const [bottom = 0, top = 0] = [rows[0], rows.at(-1)]
  const km = (metres: number): string => `${metres / 1000}`
  return new VectorLayer({
    source: new VectorSource({
      features: [
        ...columns.map((x) =>
          line(
            [
              [x, bottom],
              [x, top],
            ],
            `东 ${km(x)}`,
          ),
        ),
        ...rows.map((y) =>
          line(
            [
              [left, y],
              [right, y],
            ],
            `北 ${km(y)}`,
          ),
        ),
      ],
    }),
  })
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

type Props = {
  frame: Frame
  mines: readonly MineOnMap[]
  selected: string | undefined
  onSelect: (id: string | undefined) => void
  small: boolean
}

/** The map itself, on plain paper: nothing is fetched from anywhere. Whoever uses no mouse has the list beside it. */
export const Canvas = ({ frame, mines, selected, onSelect, small }: Props) => {
  const place = useRef<HTMLDivElement>(null)
  const features = useRef<ReadonlyMap<string, Feature>>(new Map())
  const select = useRef(onSelect)
  select.current = onSelect

  useEffect(() => {
    if (!place.current) return
    const placed = placedIn(frame, mines)
    const drawn = new Map(
      placed.map(({ mine, at }) => {
        const feature = new Feature({ geometry: new Point(coordinateIn(frame, at)), mine })
        feature.setId(mine.id)
        feature.setStyle(styleOf(mine, { selected: false, small }))
        return [mine.id, feature] as const
      }),
    )
    features.current = drawn
    const source = new VectorSource({ features: [...drawn.values()] })
    const extent = source.getExtent()
    const map = new OpenLayersMap({
      target: place.current,
      layers: [
        frame === 'grid' ? schematicGrid(extent ?? [0, 0, 0, 0]) : graticule(),
        new VectorLayer({ source, declutter: true }),
      ],
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
    if (extent && !isEmpty(extent)) map.getView().fit(extent, { padding: [48, 72, 56, 72], minResolution: 5 })
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

  useEffect(() => {
    for (const [id, feature] of features.current) {
      const mine = mines.find((one) => one.id === id)
      if (mine) feature.setStyle(styleOf(mine, { selected: id === selected, small }))
    }
  }, [mines, selected, small])

  return <div ref={place} className="map-canvas" role="img" aria-label="矿山分布图；旁边的列表内容相同" />
}
