import { readFile } from 'node:fs/promises'
import ExifReader from 'exifreader'
import { isCalendarDate } from '#domain/calendarDate.ts'

/** When the camera says a photo was taken, and whether it says where. A device's word, kept beside the server's time. */
export type Captured = {
  /** Instant in UTC, ISO 8601. */
  readonly capturedAt?: string
  readonly hasGps: boolean
}

const cameraTime = /^(\d{4}):(\d{2}):(\d{2}) ([01]\d|2[0-3]):([0-5]\d):([0-5]\d)$/
const offsetForm = /^[+-](0\d|1[0-4]):[0-5]\d$/

/** EXIF keeps the wall clock; where the camera does not say of which zone, it is the zone of the law here. */
const legalOffset = '+08:00'

const instantOf = (written: string | undefined, offset: string | undefined): string | undefined => {
  const [, year, month, day, hour, minute, second] = cameraTime.exec(written ?? '') ?? []
  const date = `${year}-${month}-${day}`
  if (!isCalendarDate(date)) return undefined
  const zone = offset !== undefined && offsetForm.test(offset) ? offset : legalOffset
  return new Date(`${date}T${hour}:${minute}:${second}${zone}`).toISOString()
}

const load = (bytes: Buffer) => {
  try {
    return ExifReader.load(bytes, { expanded: true })
  } catch {
    // No metadata, or bytes made to confuse a reader: either way the camera says nothing.
    return undefined
  }
}

/** Reads the original at `path`; a file without EXIF, or with broken EXIF, gives `{ hasGps: false }`. */
export const readCaptured = async (path: string): Promise<Captured> => {
  const tags = load(await readFile(path))
  const hasGps =
    tags?.exif?.GPSLatitude !== undefined || tags?.gps?.Latitude !== undefined || tags?.xmp?.GPSLatitude !== undefined
  const capturedAt = instantOf(tags?.exif?.DateTimeOriginal?.description, tags?.exif?.OffsetTimeOriginal?.description)
  return capturedAt === undefined ? { hasGps } : { capturedAt, hasGps }
}
