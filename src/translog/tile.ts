import { concatBytes } from './hasher.ts'
import { hashBytes } from './merkle.ts'

/** C2SP tlog-tiles: the tree as files of up to 256 hashes; what lies between two levels is computed. */
export const tileWidth = 256

export type TileAt = {
  readonly level: number
  readonly index: number
  /** 1 to 256; 256 is a full tile, which never changes again. */
  readonly width: number
}

const hashesAt = (level: number, size: number): number => Math.floor(size / tileWidth ** level)

/** How wide the tile is in a tree of that size; 0 where it does not exist yet. */
export const widthOf = (level: number, index: number, size: number): number =>
  Math.max(0, Math.min(tileWidth, hashesAt(level, size) - index * tileWidth))

/** Every tile of a tree of `size` that a tree of `from` did not have in that form, level by level. */
export const tilesSince = (from: number, size: number): readonly TileAt[] => {
  const tiles: TileAt[] = []
  for (let level = 0; hashesAt(level, size) > 0; level += 1) {
    const [before, now] = [hashesAt(level, from), hashesAt(level, size)]
    if (before === now) continue
    for (let index = Math.floor(before / tileWidth); index * tileWidth < now; index += 1)
      tiles.push({ level, index, width: widthOf(level, index, size) })
  }
  return tiles
}

const threeDigits = (value: number): string => String(value).padStart(3, '0')

/** 1234067 is x001/x234/067. */
const indexPath = (index: number): string => {
  let path = threeDigits(index % 1000)
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000))
    path = `x${threeDigits(rest % 1000)}/${path}`
  return path
}

const suffixOf = (width: number): string => (width === tileWidth ? '' : `.p/${width}`)

export const tilePath = ({ level, index, width }: TileAt): string =>
  `tile/${level}/${indexPath(index)}${suffixOf(width)}`

export type BundleAt = Omit<TileAt, 'level'>

export const entriesPath = ({ index, width }: BundleAt): string => `tile/entries/${indexPath(index)}${suffixOf(width)}`

const form = /^tile\/(entries|0|[1-9]|[1-5]\d|6[0-3])\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/

/** Reads tilePath and entriesPath; undefined for any other spelling. */
export const parseTilePath = (
  path: string,
):
  | ({ readonly kind: 'tile' } & TileAt)
  | { readonly kind: 'entries'; readonly index: number; readonly width: number }
  | undefined => {
  const [, level, digits, partial] = form.exec(path) ?? []
  if (level === undefined || digits === undefined) return undefined
  const index = Number(digits.replaceAll(/[x/]/g, ''))
  const width = partial === undefined ? tileWidth : Number(partial)
  if (width > tileWidth || !Number.isSafeInteger(index)) return undefined
  const at =
    level === 'entries'
      ? ({ kind: 'entries', index, width } as const)
      : ({ kind: 'tile', level: Number(level), index, width } as const)
  const written = at.kind === 'entries' ? entriesPath(at) : tilePath(at)
  return written === path ? at : undefined
}

export const tileBytes = (hashes: readonly Uint8Array[]): Uint8Array => concatBytes(...hashes)

/** The hashes of a tile; undefined where its length is not that of `width` hashes. */
export const readTile = (bytes: Uint8Array, width: number): readonly Uint8Array[] | undefined => {
  if (bytes.length !== width * hashBytes) return undefined
  return Array.from({ length: width }, (_, at) => bytes.subarray(at * hashBytes, (at + 1) * hashBytes))
}

/** An entry bundle: each entry behind its length in two bytes, big-endian. */
export const bundleBytes = (entries: readonly Uint8Array[]): Uint8Array =>
  concatBytes(
    ...entries.flatMap((entry) => {
      if (entry.length > 0xffff) throw new RangeError('an entry has at most 65535 bytes')
      return [Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry]
    }),
  )

/** The entries of a bundle; undefined where it is not exactly `width` entries. */
export const readBundle = (bytes: Uint8Array, width: number): readonly Uint8Array[] | undefined => {
  const entries: Uint8Array[] = []
  let at = 0
  while (at < bytes.length) {
    const [high, low] = [bytes[at], bytes[at + 1]]
    if (high === undefined || low === undefined) return undefined
    const end = at + 2 + high * 256 + low
    if (end > bytes.length) return undefined
    entries.push(bytes.subarray(at + 2, end))
    at = end
  }
  return entries.length === width ? entries : undefined
}
