import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import { describe, expect, test } from 'vitest'
import { openCheckpoint, signCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { ed25519Signer, ed25519Verifier } from './ed25519.ts'
import { concatBytes } from './hasher.ts'
import { keyIdOf, readVkey, signNote, writeNote, writeVkey } from './signedNote.ts'
import { isSm2Secret, sm2PointOf, sm2Signer, sm2TypeName, sm2Verifier } from './sm2.ts'

/** GB/T 32918.5, annex A: the key and the signature of “message digest” under the ID 1234567812345678. */
const secret = hexToBytes('3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8')
const point =
  '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13'
const standardSignature = hexToBytes(
  'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
)

const origin = 'bihuan/0123456789ab/1/sm3'
const signer = sm2Signer(origin, secret)

const verifierOf = (vkey: string) => {
  const key = readVkey(vkey)
  const verifier = key && sm2Verifier(key)
  if (!verifier) throw new Error('no key')
  return verifier
}

const verifier = verifierOf(signer.vkey)
const typeName = new TextEncoder().encode(sm2TypeName)

const vkeyOver = (type: number, ...parts: readonly Uint8Array[]): string =>
  writeVkey({ name: origin, type, publicKey: concatBytes(...parts) })

const readsAsKey = (vkey: string): boolean => {
  const key = readVkey(vkey)
  return key !== undefined && sm2Verifier(key) !== undefined
}

describe('SM2 (GB/T 32918)', () => {
  test('the standard’s own key has the standard’s point, and its own signature holds', () => {
    const key = readVkey(signer.vkey)
    expect(key && bytesToHex(sm2PointOf(key) ?? new Uint8Array(0))).toBe(point)
    expect(verifier.verifies('message digest', standardSignature)).toBe(true)
    expect(verifier.verifies('message digesu', standardSignature)).toBe(false)
  })

  test('what is signed holds for that text and key alone', () => {
    const signature = signer.sign('北帮\n')
    expect(signature).toHaveLength(64)
    expect(verifier.verifies('北帮\n', signature)).toBe(true)
    expect(verifier.verifies('南帮\n', signature)).toBe(false)
    const other = sm2Signer(origin, Uint8Array.of(...secret.subarray(0, 31), 1))
    expect(verifierOf(other.vkey).verifies('北帮\n', signature)).toBe(false)
  })

  test('a signature with any one of its 512 bits flipped is refused', { timeout: 60_000 }, () => {
    for (let bit = 0; bit < standardSignature.length * 8; bit += 1) {
      const flipped = standardSignature.slice()
      const at = bit >> 3
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (bit & 7))
      expect(verifier.verifies('message digest', flipped)).toBe(false)
    }
  })

  test('halves that are nought or not below the order, and other lengths, are refused', () => {
    const order = hexToBytes('fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123')
    const [r, s] = [standardSignature.subarray(0, 32), standardSignature.subarray(32)]
    const nought = new Uint8Array(32)
    const all = new Uint8Array(32).fill(255)
    const wrong = [
      [nought, s],
      [r, nought],
      [nought, nought],
      [order, s],
      [r, order],
      [all, all],
      [r],
      [r, s, Uint8Array.of(0)],
      [],
    ]
    for (const parts of wrong) expect(verifier.verifies('message digest', concatBytes(...parts))).toBe(false)
  })

  test('nought, the order less one and what lies above are no private keys', () => {
    const order = 'fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d541'
    expect(isSm2Secret(hexToBytes(`${order}21`))).toBe(true)
    for (const bad of [`${order}22`, `${order}23`, 'ff'.repeat(32), '00'.repeat(32), '01'.repeat(31)]) {
      expect(isSm2Secret(hexToBytes(bad))).toBe(false)
      expect(() => sm2Signer(origin, hexToBytes(bad))).toThrow(RangeError)
    }
  })
})

describe('the key as text', () => {
  test('goes round: the unassigned type 0xff, the name of the kind of signature, the point', () => {
    expect(vkeyOver(0xff, typeName, hexToBytes(point))).toBe(signer.vkey)
    expect(bytesToHex(keyIdOf(origin, 0xff, concatBytes(typeName, hexToBytes(point))))).toBe(bytesToHex(signer.keyId))
    expect(bytesToHex(verifier.keyId)).toBe(bytesToHex(signer.keyId))
  })

  test('a point off the curve, a compressed one, another kind or another length is no key', () => {
    const bytes = hexToBytes(point)
    const off = bytes.slice()
    off[64] = (off[64] ?? 0) ^ 1
    expect(readsAsKey(signer.vkey)).toBe(true)
    expect(readsAsKey(vkeyOver(0xff, typeName, off))).toBe(false)
    expect(readsAsKey(vkeyOver(0xff, typeName, Uint8Array.of(3), bytes.subarray(1, 33)))).toBe(false)
    expect(readsAsKey(vkeyOver(0xff, typeName, bytes, Uint8Array.of(0)))).toBe(false)
    expect(readsAsKey(vkeyOver(0xff, typeName))).toBe(false)
    expect(readsAsKey(vkeyOver(0xff, bytes))).toBe(false)
    expect(readsAsKey(vkeyOver(0x01, typeName, bytes))).toBe(false)
  })

  test('neither kind of key reads the other’s', () => {
    const ed = ed25519Signer(origin, secret)
    const [edKey, smKey] = [readVkey(ed.vkey), readVkey(signer.vkey)]
    if (!edKey || !smKey) throw new Error('two keys')
    expect(sm2Verifier(edKey)).toBeUndefined()
    expect(ed25519Verifier(smKey)).toBeUndefined()
  })
})

describe('a checkpoint signed SM2', () => {
  const checkpoint = { origin, size: 7, root: new Uint8Array(32).fill(9) }
  const written = writeCheckpoint(signCheckpoint(checkpoint, signer))

  test('opens with the key, as one that is signed Ed25519 does', () => {
    expect(openCheckpoint(written, verifier)?.checkpoint).toEqual(checkpoint)
    expect(openCheckpoint(written.replace('\n7\n', '\n8\n'), verifier)).toBeUndefined()
  })

  test('stands beside a signature of another kind', () => {
    const note = signNote(`${origin}\n7\n`, ed25519Signer('someone', secret), signer)
    expect(writeNote(note).split('\n')).toHaveLength(6)
    expect(note.signatures.map(({ signature }) => signature.length)).toEqual([64, 64])
  })
})
