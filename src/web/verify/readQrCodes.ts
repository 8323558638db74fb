import { decodeQR, type FinderPoints } from 'qr/decode.js'
import { crop, type Picture, qrRegions } from '#web/verify/qrRegions.ts'

type Found = { readonly text: string; readonly box: FinderPoints['boundingBox'] }

/** A person waits for a photo once; a code that needs a second look gets it. */
const patience = { format: 'RGBA', effort: 4, timeLimit: 150 } as const

const decode = (picture: Picture): Found | undefined => {
  let box: Found['box'] | undefined
  try {
    const text = decodeQR(picture, {
      ...patience,
      pointsOnDetect: (points) => {
        box = points.boundingBox
      },
    })
    return box && { text, box }
  } catch {
    // No code, or one too torn to be read.
    return undefined
  }
}

/** Paints a code that was read white, so that the next look finds another. */
const maskOut = ({ data, width, height }: Picture, { box }: Found): void => {
  const within = (value: number, most: number): number => Math.max(0, Math.min(most, Math.round(value)))
  const [fromX, toX] = [within(box.x, width), within(box.x + box.width, width)]
  for (let y = within(box.y, height); y < within(box.y + box.height, height); y += 1)
    data.fill(255, (y * width + fromX) * 4, (y * width + toX) * 4)
}

const mostLooks = 12

/** The texts of all QR codes in a picture, each once. */
export const readQrCodes = (picture: Picture): readonly string[] => {
  const texts = new Set<string>()
  for (const region of qrRegions(picture)) {
    const found = decode(crop(picture, region))
    if (found) texts.add(found.text)
  }
  if (texts.size > 0) return [...texts]
  // No code stood by itself (print close by, a dark table): look at the whole, one code after the other.
  const whole: Picture = { ...picture, data: picture.data.slice() }
  for (let look = 0; look < mostLooks; look += 1) {
    const found = decode(whole)
    if (!found) break
    texts.add(found.text)
    maskOut(whole, found)
  }
  return [...texts]
}
