import { type Point, polyline } from '#demo/photographs/brush.ts'

/** Seven segments, as cameras wrote the date into the picture: no font is needed on a bare machine. */
const segments: Readonly<Record<string, string>> = {
  '0': 'abcdef',
  '1': 'bc',
  '2': 'abged',
  '3': 'abgcd',
  '4': 'fgbc',
  '5': 'afgcd',
  '6': 'afgedc',
  '7': 'abc',
  '8': 'abcdefg',
  '9': 'abcdfg',
  '-': 'g',
}

const ends: Readonly<Record<string, readonly [Point, Point]>> = {
  a: [
    [0, 0],
    [1, 0],
  ],
  b: [
    [1, 0],
    [1, 1],
  ],
  c: [
    [1, 1],
    [1, 2],
  ],
  d: [
    [0, 2],
    [1, 2],
  ],
  e: [
    [0, 1],
    [0, 2],
  ],
  f: [
    [0, 0],
    [0, 1],
  ],
  g: [
    [0, 1],
    [1, 1],
  ],
}

const size = 13

/** '2023-05-26 09:14' beginning at `x`, its top at `y`. */
export const dateStamp = (text: string, x: number, y: number): string =>
  [...text]
    .map((character, index) => {
      const left = x + index * size * 1.75
      if (character === ':')
        return [0.6, 1.4]
          .map((at) => `<circle cx="${left + size / 2}" cy="${y + at * size}" r="2.6" fill="#ff9a3c"/>`)
          .join('')
      return [...(segments[character] ?? '')]
        .map((segment) => {
          const line = ends[segment] ?? []
          return polyline(
            line.map(([px, py]): Point => [left + px * size, y + py * size]),
            '#ff9a3c',
            3.4,
          )
        })
        .join('')
    })
    .join('')
