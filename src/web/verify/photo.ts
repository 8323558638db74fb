import { joinQrParts, readQrPart } from '#translog/qrParts.ts'
import type { Picture } from '#web/verify/qrRegions.ts'
import { readQrCodes } from '#web/verify/readQrCodes.ts'

/** px of the longer side: first a size at which a sheet of codes is read at once, then nearly all that a phone's camera gives. */
const sizes = [2_000, 3_600] as const

type Source = HTMLImageElement | HTMLVideoElement

export const pictureOf = (source: Source, width: number, height: number, longest: number): Picture | undefined => {
  const scale = Math.min(1, longest / Math.max(width, height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(width * scale))
  canvas.height = Math.max(1, Math.round(height * scale))
  const context = canvas.getContext('2d')
  if (!context) return undefined
  // What is transparent in a drawing is paper.
  context.fillStyle = 'white'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(source, 0, 0, canvas.width, canvas.height)
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
  return { data, width: canvas.width, height: canvas.height }
}

const loaded = (file: File): Promise<HTMLImageElement | undefined> =>
  new Promise((resolve) => {
    const image = new Image()
    const address = URL.createObjectURL(file)
    const end = (result: HTMLImageElement | undefined): void => {
      URL.revokeObjectURL(address)
      resolve(result)
    }
    image.onload = () => end(image)
    image.onerror = () => end(undefined)
    image.src = address
  })

/** Whether nothing of a text that several codes carry is missing: a sheet may bear a coarse code beside finer ones. */
const isWhole = (texts: ReadonlySet<string>): boolean => {
  const parts = [...texts].map(readQrPart).filter((part) => part !== undefined)
  return parts.length > 0 && joinQrParts(parts).ok
}

/** The texts of all codes in a photo; undefined where the browser cannot open it as a picture. */
export const codesInPhoto = async (file: File): Promise<readonly string[] | undefined> => {
  const image = await loaded(file)
  if (!image) return undefined
  const { naturalWidth, naturalHeight } = image
  const texts = new Set<string>()
  for (const size of sizes) {
    const picture = pictureOf(image, naturalWidth, naturalHeight, size)
    for (const text of picture ? readQrCodes(picture) : []) texts.add(text)
    if (isWhole(texts) || Math.max(naturalWidth, naturalHeight) <= size) break
  }
  return [...texts]
}
