import { fromBase64url, toBase64url } from './base64url.ts'

/** RFC 4648 section 4, with padding: what C2SP's text formats carry. */
export const toBase64 = (bytes: Uint8Array): string => {
  const text = toBase64url(bytes).replaceAll('-', '+').replaceAll('_', '/')
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=')
}

const form = /^[A-Za-z0-9+/]*={0,2}$/

/** Undefined for anything that toBase64 would not have written. */
export const fromBase64 = (text: string): Uint8Array | undefined => {
  if (text.length % 4 !== 0 || !form.test(text)) return undefined
  return fromBase64url(text.replaceAll('=', '').replaceAll('+', '-').replaceAll('/', '_'))
}

/** One hash of 32 bytes, as one line of a proof or a checkpoint. */
export const hashFromBase64 = (text: string): Uint8Array | undefined => {
  const bytes = fromBase64(text)
  return bytes?.length === 32 ? bytes : undefined
}
