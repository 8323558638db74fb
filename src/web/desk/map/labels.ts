/** Where a word stands by its shape. */
export type Side = 'right' | 'left' | 'below' | 'above'

export type Labelled = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

type Box = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }

/** Half a shape, and the gap between it and its word. */
export const reach = 12

const boxOn = (side: Side, { x, y, width, height }: Labelled): Box => {
  const [left, top] = {
    right: [x + reach, y - height / 2],
    left: [x - reach - width, y - height / 2],
    below: [x - width / 2, y + reach],
    above: [x - width / 2, y - reach - height],
  }[side]
  return { left: left ?? 0, top: top ?? 0, right: (left ?? 0) + width, bottom: (top ?? 0) + height }
}

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

const shapeBox = ({ x, y }: Labelled): Box => ({ left: x - 9, top: y - 9, right: x + 9, bottom: y + 9 })

const sides: readonly Side[] = ['right', 'left', 'below', 'above']

/** A side for each word, in the order given, so that none lies on a shape or on a word before it; where none is free, the first. */
export const labelSides = (labelled: readonly Labelled[], room: Box): readonly Side[] => {
  const taken: Box[] = labelled.map(shapeBox)
  return labelled.map((one) => {
    const free = sides.find((side) => {
      const box = boxOn(side, one)
      const inside =
        box.left >= room.left && box.right <= room.right && box.top >= room.top && box.bottom <= room.bottom
      return inside && !taken.some((other) => overlap(box, other))
    })
    const side = free ?? 'right'
    taken.push(boxOn(side, one))
    return side
  })
}

/** How wide words are in 13 px: a Chinese character is square, a letter or figure a little more than half. */
export const widthOfWords = (text: string): number =>
  Math.max(...text.split('\n').map((line) => [...line].reduce((sum, one) => sum + (one > '\u00ff' ? 13 : 7.5), 0)))
