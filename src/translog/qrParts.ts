import { nobleSha256 } from './hasher.ts'
import { toHex } from './hex.ts'

/**
 * A text that is too long for one QR code, as parts `BH1:i/n:checksum:payload`. The checksum is that of the whole text,
 * so that parts of two texts are never joined. The payload is printable ASCII without spaces (the rest is
 * percent-encoded): scanners trim ends, guess at charsets and lose line ends, and none of that must matter.
 */
export type QrPart = {
  /** From 1. */
  readonly number: number
  readonly of: number
  readonly checksum: string
  readonly payload: string
}

export const mostPartCharacters = 700
const mostParts = 99
const checksumHex = 8

const form = /^BH1:([1-9]\d?)\/([1-9]\d?):([0-9a-f]{8}):([!-~]+)$/

const checksumOf = (text: string): string => toHex(nobleSha256(new TextEncoder().encode(text))).slice(0, checksumHex)

const encoded = (text: string): string => text.replace(/[^!-$&-~]/gu, (character) => encodeURIComponent(character))

const decoded = (payload: string): string | undefined => {
  try {
    return decodeURIComponent(payload)
  } catch {
    return undefined
  }
}

const longestHeader = `BH1:${mostParts}/${mostParts}:${'0'.repeat(checksumHex)}:`.length

/** Parts of about one length, each at most `most` characters. RangeError for what would not fit into 99. */
export const splitForQr = (text: string, most = mostPartCharacters): readonly string[] => {
  const whole = encoded(text)
  const count = Math.ceil(whole.length / (most - longestHeader))
  if (count < 1 || count > mostParts) throw new RangeError(`a text of 1 to ${mostParts} QR codes`)
  const each = Math.ceil(whole.length / count)
  const checksum = checksumOf(text)
  return Array.from(
    { length: count },
    (_, at) => `BH1:${at + 1}/${count}:${checksum}:${whole.slice(at * each, (at + 1) * each)}`,
  )
}

/** Undefined for any other text. */
export const readQrPart = (text: string): QrPart | undefined => {
  const [, number, of, checksum, payload] = form.exec(text.trim()) ?? []
  if (checksum === undefined || payload === undefined || Number(number) > Number(of)) return undefined
  return { number: Number(number), of: Number(of), checksum, payload }
}

export type QrJoined =
  | { readonly ok: true; readonly text: string }
  /** Parts of more than one text. */
  | { readonly ok: false; readonly problem: 'mixed' }
  | { readonly ok: false; readonly problem: 'missing'; readonly missing: readonly number[]; readonly of: number }
  /** Complete, and yet not the text whose checksum the parts bear. */
  | { readonly ok: false; readonly problem: 'damaged' }

/** The text, from its parts in any order; a part may be there twice. */
export const joinQrParts = (parts: readonly QrPart[]): QrJoined => {
  const [first] = parts
  if (!first) return { ok: false, problem: 'missing', missing: [1], of: 1 }
  if (parts.some((part) => part.checksum !== first.checksum || part.of !== first.of))
    return { ok: false, problem: 'mixed' }
  const payloads = new Map<number, string>()
  for (const { number, payload } of parts) {
    if ((payloads.get(number) ?? payload) !== payload) return { ok: false, problem: 'damaged' }
    payloads.set(number, payload)
  }
  const numbers = Array.from({ length: first.of }, (_, at) => at + 1)
  const missing = numbers.filter((number) => !payloads.has(number))
  if (missing.length > 0) return { ok: false, problem: 'missing', missing, of: first.of }
  const text = decoded(numbers.map((number) => payloads.get(number) ?? '').join(''))
  if (text === undefined || checksumOf(text) !== first.checksum) return { ok: false, problem: 'damaged' }
  return { ok: true, text }
}
