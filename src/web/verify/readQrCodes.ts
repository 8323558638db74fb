import jsqr from 'jsqr'
import { crop, type Picture, qrRegions } from '#web/verify/qrRegions.ts'

// A CommonJS module whose function is its own `default`.
const readOne = jsqr.default

type Found = NonNullable<ReturnType<typeof readOne>>

const decode = ({ data, width, height }: Picture): Found | null =>
  readOne(data, width, height, { inversionAttempts: 'dontInvert' })

/** Paints a code that was read white, so that the next look finds another. */
const maskOut = ({ data, width, height }: Picture, { location }: Found): void => {
  const corners = [
    location.topLeftCorner,
    location.topRightCorner,
    location.bottomLeftCorner,
    location.bottomRightCorner,
  ]
  const within = (value: number, most: number): number => Math.max(0, Math.min(most, Math.round(value)))
  const [left, right] = [Math.min(...corners.map(({ x }) => x)), Math.max(...corners.map(({ x }) => x))]
  const [top, bottom] = [Math.min(...corners.map(({ y }) => y)), Math.max(...corners.map(({ y }) => y))]
  const [fromX, toX] = [within(left, width), within(right, width)]
  for (let y = within(top, height); y < within(bottom, height); y += 1)
    data.fill(255, (y * width + fromX) * 4, (y * width + toX) * 4)
}

const mostLooks = 12

/** The texts of all QR codes in a picture, each once. */
export const readQrCodes = (picture: Picture): readonly string[] => {
  const texts = new Set<string>()
  for (const region of qrRegions(picture)) {
    const found = decode(crop(picture, region))
    if (found) texts.add(found.data)
  }
  if (texts.size > 0) return [...texts]
  // No code stood by itself (print close by, a dark table): look at the whole, one code after the other.
  const whole: Picture = { ...picture, data: picture.data.slice() }
  for (let look = 0; look < mostLooks; look += 1) {
    const found = decode(whole)
    if (!found) break
    texts.add(found.data)
    maskOut(whole, found)
  }
  return [...texts]
}
