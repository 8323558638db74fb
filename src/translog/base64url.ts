// Own code because Uint8Array.prototype.toBase64 is younger than the browsers served, and Buffer is Node's.

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** RFC 4648 section 5, without padding. */
export const toBase64url = (bytes: Uint8Array): string => {
  let text = ''
  let pending = 0
  let bits = 0
  for (const byte of bytes) {
    pending = (pending << 8) | byte
    bits += 8
    while (bits >= 6) {
      bits -= 6
      text += alphabet.charAt((pending >> bits) & 63)
    }
    pending &= (1 << bits) - 1
  }
  return bits === 0 ? text : text + alphabet.charAt((pending << (6 - bits)) & 63)
}

/** Undefined for anything that toBase64url would not have written: one value has one text. */
export const fromBase64url = (text: string): Uint8Array | undefined => {
  const bytes = new Uint8Array(Math.floor((text.length * 6) / 8))
  let pending = 0
  let bits = 0
  let size = 0
  for (const character of text) {
    const value = alphabet.indexOf(character)
    if (value < 0) return undefined
    pending = ((pending & 0xff) << 6) | value
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes[size] = (pending >> bits) & 0xff
    size += 1
  }
  return toBase64url(bytes) === text ? bytes : undefined
}
