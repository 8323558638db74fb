import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import type { Ed25519 } from '#translog/ed25519.ts'

/** The fixed DER prefixes of RFC 8410 before a seed and before a public key of 32 bytes. */
const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex')
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex')

/** Parsing a key takes as long as signing with it, and there are few. */
const kept = <T>(make: (bytes: Uint8Array) => T): ((bytes: Uint8Array) => T) => {
  const made = new Map<string, T>()
  return (bytes) => {
    const name = Buffer.from(bytes).toString('base64')
    const found = made.get(name)
    if (found !== undefined) return found
    if (made.size > 1_000) made.clear()
    const fresh = make(bytes)
    made.set(name, fresh)
    return fresh
  }
}

const privateKey = kept(
  (seed): KeyObject => createPrivateKey({ key: Buffer.concat([privatePrefix, seed]), format: 'der', type: 'pkcs8' }),
)
const publicKey = kept(
  (bytes): KeyObject => createPublicKey({ key: Buffer.concat([publicPrefix, bytes]), format: 'der', type: 'spki' }),
)

/** OpenSSL's: 31 µs to sign where pure JavaScript takes 600. */
export const nodeEd25519: Ed25519 = {
  publicKeyOf: (seed) => createPublicKey(privateKey(seed)).export({ format: 'der', type: 'spki' }).subarray(-32),
  sign: (message, seed) => sign(null, message, privateKey(seed)),
  verify: (signature, message, key) => {
    try {
      return verify(null, message, publicKey(key), signature)
    } catch {
      return false
    }
  },
}
