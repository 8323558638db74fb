import { hash } from 'node:crypto'
import type { Hasher } from '#translog/hasher.ts'

/**
 * OpenSSL's SHA-256. By way of a binary string because `crypto.hash(…, 'buffer')` allocates a fresh
 * ArrayBuffer for each digest and takes twice as long (0.75 against 1.56 µs for 80 bytes).
 */
export const nodeSha256: Hasher = (bytes) => Buffer.from(hash('sha256', bytes, 'binary'), 'binary')
