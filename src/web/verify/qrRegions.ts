/** A picture as a canvas gives it: four bytes a pixel. */
export type Picture = { readonly data: Uint8ClampedArray; readonly width: number; readonly height: number }

export type Region = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

/** Cells along the longer side: a code's quiet zone is wider than one, and a code has many. */
const cellsAcross = 120
const leastContrast = 60
const leastCells = 6
const mostStretch = 1.7
const leastFilled = 0.55

type Grid = { readonly columns: number; readonly rows: number; readonly busy: readonly boolean[] }

const grey = (data: Uint8ClampedArray, at: number): number =>
  ((data[at] ?? 0) * 3 + (data[at + 1] ?? 0) * 6 + (data[at + 2] ?? 0)) / 10

/** Where dark and light lie close together: codes, and lines of print. */
const busyCells = ({ data, width, height }: Picture, cell: number): Grid => {
  const [columns, rows] = [Math.ceil(width / cell), Math.ceil(height / cell)]
  const busy: boolean[] = []
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      let [least, most] = [255, 0]
      for (let y = row * cell; y < Math.min(height, (row + 1) * cell); y += 1) {
        for (let x = column * cell; x < Math.min(width, (column + 1) * cell); x += 1) {
          const value = grey(data, (y * width + x) * 4)
          if (value < least) least = value
          if (value > most) most = value
        }
      }
      busy.push(most - least > leastContrast)
    }
  }
  return { columns, rows, busy }
}

/** Busy cells that touch, as the box around them and how many they are. */
const connected = ({ columns, rows, busy }: Grid): readonly (Region & { readonly cells: number })[] => {
  const seen = new Set<number>()
  const boxes: (Region & { cells: number })[] = []
  for (let start = 0; start < busy.length; start += 1) {
    if (!busy[start] || seen.has(start)) continue
    let [left, right, top, bottom, cells] = [columns, 0, rows, 0, 0]
    const waiting = [start]
    seen.add(start)
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      const [x, y] = [at % columns, Math.floor(at / columns)]
      cells += 1
      ;[left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)]
      for (const [dx, dy] of [
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
      ] as const) {
        const [nx, ny] = [x + dx, y + dy]
        const next = ny * columns + nx
        if (nx < 0 || ny < 0 || nx >= columns || ny >= rows || !busy[next] || seen.has(next)) continue
        seen.add(next)
        waiting.push(next)
      }
    }
    boxes.push({ x: left, y: top, width: right - left + 1, height: bottom - top + 1, cells })
  }
  return boxes
}

const looksLikeCode = ({ width, height, cells }: Region & { readonly cells: number }): boolean =>
  Math.min(width, height) >= leastCells &&
  Math.max(width, height) <= mostStretch * Math.min(width, height) &&
  cells >= leastFilled * width * height

/**
 * Where in a photo codes may lie: square heaps of contrast with blank around them. A reader of QR codes reads one at a
 * time and, where several are in view, takes corners of one for corners of the other; each is shown to it alone.
 */
export const qrRegions = (picture: Picture): readonly Region[] => {
  const cell = Math.max(2, Math.ceil(Math.max(picture.width, picture.height) / cellsAcross))
  return connected(busyCells(picture, cell))
    .filter(looksLikeCode)
    .map(({ x, y, width, height }) => {
      const [left, top] = [Math.max(0, (x - 1) * cell), Math.max(0, (y - 1) * cell)]
      return {
        x: left,
        y: top,
        width: Math.min(picture.width, (x + width + 1) * cell) - left,
        height: Math.min(picture.height, (y + height + 1) * cell) - top,
      }
    })
}

export const crop = ({ data, width }: Picture, region: Region): Picture => {
  const part = new Uint8ClampedArray(region.width * region.height * 4)
  for (let row = 0; row < region.height; row += 1) {
    const from = ((region.y + row) * width + region.x) * 4
    part.set(data.subarray(from, from + region.width * 4), row * region.width * 4)
  }
  return { data: part, width: region.width, height: region.height }
}
