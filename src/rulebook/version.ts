import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** `id@` and the first 12 hex digits of the SHA-256 of the text that states the rules. */
export const versionOf = (id: string, text: string): string =>
  `${id}@${bytesToHex(sha256(utf8ToBytes(text))).slice(0, 12)}`
