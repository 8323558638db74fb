import { hexToBytes } from '@noble/hashes/utils.js'
import { sm3 } from 'sm-crypto-v2'
import type { Hasher } from './hasher.ts'

/** SM3 (GB/T 32905), the twin log's hash: 32 bytes as SHA-256's. Pure JavaScript, runs everywhere. */
export const pureSm3: Hasher = (bytes) => hexToBytes(sm3(bytes))
