import sharp from 'sharp'
import { qrSvg } from '#web/parts/qr.ts'

export type Paper = {
  /** px */
  readonly code: number
  readonly columns: number
  readonly gap?: number
  /** Degrees. */
  readonly turned?: number
  readonly blur?: number
  readonly jpeg?: number
}

const heading = 90

/** A sheet with a heading and codes in rows, as a printed slip shows them; turned, blurred and compressed as a photo is. */
export const paperWith = async (
  texts: readonly string[],
  { code, columns, gap = 20, turned = 0, blur, jpeg }: Paper,
): Promise<Buffer> => {
  const rows = Math.ceil(texts.length / columns)
  const [width, height] = [gap + columns * (code + gap), heading + gap + rows * (code + gap)]
  const title = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${heading}"><text x="${gap}" y="60" font-size="40">存证单 a1b2c3d4</text></svg>`
  const codes = texts.map((text, at) => ({
    input: Buffer.from(qrSvg(text, code)),
    left: gap + (at % columns) * (code + gap),
    top: heading + gap + Math.floor(at / columns) * (code + gap),
  }))
  const flat = await sharp({ create: { width, height, channels: 3, background: '#fff' } })
    .composite([{ input: Buffer.from(title), left: 0, top: 0 }, ...codes])
    .png()
    .toBuffer()
  const turnedSheet = sharp(flat).rotate(turned, { background: '#e8e4da' })
  const softened = blur === undefined ? turnedSheet : turnedSheet.blur(blur)
  return jpeg === undefined ? softened.png().toBuffer() : softened.jpeg({ quality: jpeg }).toBuffer()
}

/** The pixels as a canvas would give them. */
export const pixelsOf = async (image: Buffer) => {
  const { data, info } = await sharp(image).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  return { data: new Uint8ClampedArray(data), width: info.width, height: info.height }
}
