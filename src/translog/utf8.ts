/** The text that the bytes are; undefined where they are not UTF-8. A byte order mark stays: it would be a byte that nobody vouches for. */
export const textOf = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
