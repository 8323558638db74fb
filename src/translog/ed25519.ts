import { ed25519 } from '@noble/curves/ed25519.js'
import { concatBytes } from './hasher.ts'
import { keyIdOf, type Signer, type Verifier, type VerifierKey, writeVkey } from './signedNote.ts'

/** The arithmetic of Ed25519 (RFC 8032): pure JavaScript here, OpenSSL's on the server. */
export type Ed25519 = {
  readonly publicKeyOf: (seed: Uint8Array) => Uint8Array
  readonly sign: (message: Uint8Array, seed: Uint8Array) => Uint8Array
  /** False, never an exception, for a key or signature that is none. */
  readonly verify: (signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array) => boolean
}

export const nobleEd25519: Ed25519 = {
  publicKeyOf: (seed) => ed25519.getPublicKey(seed),
  sign: (message, seed) => ed25519.sign(message, seed),
  verify: (signature, message, publicKey) => {
    try {
      // RFC 8032 leaves it open whether the equation is taken times eight; this library does, OpenSSL and Go do not. A
      // key's holder could make a signature that only one of them accepts, were its point not asked for as well.
      const holds = ed25519.verify(signature, message, publicKey, { zip215: false })
      return holds && ed25519.Point.fromBytes(signature.subarray(0, 32)).isTorsionFree()
    } catch {
      return false
    }
  },
}

/** signed-note: 0x01 signs the text of a note, 0x04 is a cosignature. */
export const signatureType = 0x01
export const cosignatureType = 0x04

const utf8 = new TextEncoder()
const timestampBytes = 8
const signatureBytes = 64

/** The seed of 32 bytes is the private key. */
export const ed25519Signer = (name: string, seed: Uint8Array, curve: Ed25519 = nobleEd25519): Signer => {
  const key: VerifierKey = { name, type: signatureType, publicKey: curve.publicKeyOf(seed) }
  return {
    name,
    keyId: keyIdOf(name, key.type, key.publicKey),
    vkey: writeVkey(key),
    sign: (text) => curve.sign(utf8.encode(text), seed),
  }
}

/** C2SP tlog-cosignature: what a witness signs says when it saw the checkpoint. */
const cosigned = (text: string, seconds: number): Uint8Array => utf8.encode(`cosignature/v1\ntime ${seconds}\n${text}`)

/** A witness: signs that it saw this checkpoint at that moment, in seconds since 1970, and none inconsistent with it. */
export const cosigner = (
  name: string,
  seed: Uint8Array,
  seconds: () => number,
  curve: Ed25519 = nobleEd25519,
): Signer => {
  const key: VerifierKey = { name, type: cosignatureType, publicKey: curve.publicKeyOf(seed) }
  return {
    name,
    keyId: keyIdOf(name, key.type, key.publicKey),
    vkey: writeVkey(key),
    sign: (text) => {
      const now = seconds()
      const timestamp = new Uint8Array(timestampBytes)
      new DataView(timestamp.buffer).setBigUint64(0, BigInt(now))
      return concatBytes(timestamp, curve.sign(cosigned(text, now), seed))
    },
  }
}

/** When the witness says that it saw the checkpoint, in seconds since 1970; undefined where it is no cosignature. */
export const cosignedAt = (signature: Uint8Array): number | undefined => {
  if (signature.length !== timestampBytes + signatureBytes) return undefined
  const seconds = Number(new DataView(signature.buffer, signature.byteOffset, timestampBytes).getBigUint64(0))
  return Number.isSafeInteger(seconds) ? seconds : undefined
}

/** Whether signatures under it are its holder's alone: under a point of small order anybody can sign. */
const isPublicKey = (bytes: Uint8Array): boolean => {
  try {
    const point = ed25519.Point.fromBytes(bytes)
    return !point.isSmallOrder() && point.isTorsionFree()
  } catch {
    return false
  }
}

/** For a log's key or a witness's key; undefined for a key that is none, or of a kind that is not known here. */
export const ed25519Verifier = (key: VerifierKey, curve: Ed25519 = nobleEd25519): Verifier | undefined => {
  const { name, type, publicKey } = key
  if (!isPublicKey(publicKey)) return undefined
  const base = { name, keyId: keyIdOf(name, type, publicKey) }
  if (type === signatureType)
    return { ...base, verifies: (text, signature) => curve.verify(signature, utf8.encode(text), publicKey) }
  if (type !== cosignatureType) return undefined
  return {
    ...base,
    verifies: (text, signature) => {
      const seconds = cosignedAt(signature)
      if (seconds === undefined) return false
      return curve.verify(signature.subarray(timestampBytes), cosigned(text, seconds), publicKey)
    },
  }
}
