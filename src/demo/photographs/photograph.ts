import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { dateStamp } from '#demo/photographs/dateStamp.ts'
import { type Scene, svgOf } from '#demo/photographs/scenes.ts'
import { height, width } from '#demo/photographs/terrain.ts'
import { hashOf, seededRandom } from '#demo/seeded.ts'

export type Picture = { readonly name: string; readonly mime: 'image/jpeg'; readonly bytes: Buffer }

/** Which scene was photographed when (an instant in Shanghai's zone). */
export type Exposure = { readonly scene: Scene; readonly at: string }

/** 演示数据·虚构 as a mask: white where the ink is. */
const watermarkFile = new URL('./watermark.png', import.meta.url)

/** Even in the sky, uneven from the horizon down. */
const greyOf = (seed: string, columns: number, rows: number, spread: number): Buffer => {
  const random = seededRandom(hashOf(seed))
  return Buffer.from(
    Uint8Array.from({ length: columns * rows }, (_, index) => {
      const down = Math.floor(index / columns) / rows
      const share = Math.min(1, Math.max(0.12, (down - 0.24) / 0.14))
      return 128 + (random() + random() - 1) * spread * share
    }),
  )
}

const grey = (columns: number, rows: number) => ({ raw: { width: columns, height: rows, channels: 1 as const } })

/** Mottled rock and fine grain: what makes a drawing look photographed. Made once, laid over every picture. */
const surface = async (): Promise<Buffer> => {
  const layers = await Promise.all(
    (
      [
        [40, 30, 34],
        [160, 120, 38],
        [640, 480, 52],
      ] as const
    ).map(([columns, rows, spread]) =>
      sharp(greyOf(`surface/${columns}`, columns, rows, spread), grey(columns, rows))
        .resize(width, height, { kernel: 'cubic', fit: 'fill' })
        .toColourspace('srgb')
        .png({ compressionLevel: 0 })
        .toBuffer(),
    ),
  )
  const [first, ...rest] = layers
  return sharp(first)
    .composite(rest.map((input) => ({ input, blend: 'overlay' as const })))
    .removeAlpha()
    .png({ compressionLevel: 0 })
    .toBuffer()
}

const ink = async (mask: Buffer, widthPx: number, colour: string, opacity: number): Promise<Buffer> => {
  const alpha = await sharp(mask)
    .resize(widthPx)
    .extractChannel(0)
    .linear(opacity, 0)
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { width: columns, height: rows } = alpha.info
  return sharp({ create: { width: columns, height: rows, channels: 3, background: colour } })
    .joinChannel(alpha.data, { raw: { width: columns, height: rows, channels: 1 } })
    .png()
    .toBuffer()
}

const wallClock = (at: string): string => at.slice(0, 16).replace('T', ' ')

const vignette = `<defs><radialGradient id="v" cx="0.5" cy="0.46" r="0.75"><stop offset="0.6" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity="0.4"/></radialGradient></defs><rect width="${width}" height="${height}" fill="url(#v)"/>`

const overlay = (at: string): Buffer =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${vignette}<rect y="${height - 74}" width="${width}" height="74" fill="#000" opacity="0.42"/>${dateStamp(wallClock(at), 880, height - 52)}</svg>`,
  )

/** EXIF has no zone of its own beside the time: the offset stands in a tag beside it. */
const exifTime = (at: string): string => at.slice(0, 19).replaceAll('-', ':').replace('T', ' ')

const take = async (
  { scene, at }: Exposure,
  lay: Buffer,
  burntIn: readonly [low: Buffer, middle: Buffer],
): Promise<Picture> => {
  const bytes = await sharp(Buffer.from(svgOf(scene)))
    .flatten({ background: '#c9cdc8' })
    .blur(0.8)
    .composite([
      { input: lay, blend: 'soft-light' },
      { input: burntIn[1], left: 300, top: 430 },
      { input: overlay(at), left: 0, top: 0 },
      { input: burntIn[0], left: 40, top: height - 62 },
    ])
    .withExif({ IFD2: { DateTimeOriginal: exifTime(at), OffsetTimeOriginal: '+08:00' } })
    .jpeg({ quality: 80 })
    .toBuffer()
  return { name: `${scene}.jpg`, mime: 'image/jpeg', bytes }
}

/** Draws every exposure; 演示数据·虚构 is burnt into each, so that no copy can be taken for a real place. */
export const takePictures = async (exposures: readonly Exposure[]): Promise<ReadonlyMap<Scene, Picture>> => {
  const mask = await readFile(watermarkFile)
  const [lay, low, middle] = await Promise.all([
    surface(),
    ink(mask, 320, '#ffffff', 0.95),
    ink(mask, 680, '#ffffff', 0.2),
  ])
  const taken = await Promise.all(
    exposures.map(async (exposure) => [exposure.scene, await take(exposure, lay, [low, middle])] as const),
  )
  return new Map(taken)
}
