import { sha256 } from '@noble/hashes/sha2.js'

/**
 * SHA-256 as a function, so that the same code runs on the server (node:crypto, fast) and in any
 * browser. It is synchronous on purpose: WebCrypto is not, and is missing on pages served without TLS.
 */
export type Hasher = (bytes: Uint8Array) => Uint8Array

/** Pure JavaScript, runs everywhere. */
export const nobleSha256: Hasher = (bytes) => sha256(bytes)

export const concatBytes = (...parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}

const blockSize = 64

/**
 * HMAC (RFC 2104) under one key, for hashers with SHA-256's block of 64 bytes and digest of 32. The
 * outer block is written over at each call: a hasher must not keep its input.
 */
export const hmacWith = (key: Uint8Array, hash: Hasher): ((message: Uint8Array) => Uint8Array) => {
  const block = new Uint8Array(blockSize)
  block.set(key.length > blockSize ? hash(key) : key)
  const inner = block.map((byte) => byte ^ 0x36)
  const outer = new Uint8Array(blockSize + 32)
  outer.set(block.map((byte) => byte ^ 0x5c))
  return (message) => {
    outer.set(hash(concatBytes(inner, message)), blockSize)
    return hash(outer)
  }
}
