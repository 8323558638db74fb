import { hash } from 'node:crypto'
import type { Hasher } from '#translog/hasher.ts'

/** OpenSSL's SM3; by way of a binary string as nodeSha256 is. */
export const nodeSm3: Hasher = (bytes) => Buffer.from(hash('sm3', bytes, 'binary'), 'binary')
