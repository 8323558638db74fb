import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import { sm2 } from 'sm-crypto-v2'
import { concatBytes } from './hasher.ts'
import { keyIdOf, type Signer, type Verifier, type VerifierKey, writeVkey } from './signedNote.ts'

/**
 * SM2 signatures with SM3 (GB/T 32918.2) under the standard ID 1234567812345678: what the twin log is signed with. A
 * signature is r and s, 32 bytes each. node:crypto's own SM2 leaves the ID out, so that nobody else's program accepts it.
 */
export const sm2UserId = '1234567812345678'

/**
 * signed-note has assigned no type byte to SM2: 0xff stands for all that it has not, and is followed by a name that
 * nobody else takes. Both stand before the public key in the vkey and in what the key's id is made of.
 */
export const unassignedType = 0xff
export const sm2TypeName = `gb-t-32918.2/sm2-sm3/${sm2UserId}`

const utf8 = new TextEncoder()
const typeName = utf8.encode(sm2TypeName)
const secretBytes = 32
const halfBytes = 32
/** 0x04, x, y. */
const pointBytes = 65
/** The order of the curve's group (GB/T 32918.5). */
const order = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n

const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${bytesToHex(bytes)}`)

/** A private key is 1 to n-2: for n-1 there is no signature. One of 2^32 random ones is none. */
export const isSm2Secret = (bytes: Uint8Array): boolean =>
  bytes.length === secretBytes && numberOf(bytes) >= 1n && numberOf(bytes) <= order - 2n

const isHalf = (bytes: Uint8Array): boolean => numberOf(bytes) >= 1n && numberOf(bytes) < order

/** Uncompressed alone, so that one key has one spelling. */
const isPoint = (bytes: Uint8Array): boolean => {
  if (bytes.length !== pointBytes || bytes[0] !== 4) return false
  try {
    return sm2.verifyPublicKey(bytesToHex(bytes))
  } catch {
    return false
  }
}

const keyOf = (name: string, point: Uint8Array): VerifierKey => ({
  name,
  type: unassignedType,
  publicKey: concatBytes(typeName, point),
})

/** RangeError where the secret is no private key of SM2. */
export const sm2Signer = (name: string, secret: Uint8Array): Signer => {
  if (!isSm2Secret(secret)) throw new RangeError('no private key of SM2')
  const privateKey = bytesToHex(secret)
  const publicKey = sm2.getPublicKeyFromPrivateKey(privateKey)
  const key = keyOf(name, hexToBytes(publicKey))
  return {
    name,
    keyId: keyIdOf(name, key.type, key.publicKey),
    vkey: writeVkey(key),
    sign: (text) =>
      hexToBytes(sm2.doSignature(utf8.encode(text), privateKey, { hash: true, publicKey, userId: sm2UserId })),
  }
}

/** The point behind the type's name; undefined where the key is of another kind, or no point of the curve. */
export const sm2PointOf = ({ type, publicKey }: VerifierKey): Uint8Array | undefined => {
  if (type !== unassignedType || !typeName.every((byte, at) => publicKey[at] === byte)) return undefined
  const point = publicKey.subarray(typeName.length)
  return isPoint(point) ? point : undefined
}

/** Undefined for a kind of key that is not SM2's. */
export const sm2Verifier = (key: VerifierKey): Verifier | undefined => {
  const point = sm2PointOf(key)
  if (!point) return undefined
  const publicKey = bytesToHex(point)
  return {
    name: key.name,
    keyId: keyIdOf(key.name, key.type, key.publicKey),
    verifies: (text, signature) => {
      if (signature.length !== 2 * halfBytes) return false
      if (!isHalf(signature.subarray(0, halfBytes)) || !isHalf(signature.subarray(halfBytes))) return false
      try {
        const options = { hash: true, userId: sm2UserId }
        return sm2.doVerifySignature(utf8.encode(text), bytesToHex(signature), publicKey, options)
      } catch {
        return false
      }
    },
  }
}
