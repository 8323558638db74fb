import { createHash } from 'node:crypto'
import { ed25519 } from '@noble/curves/ed25519.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nodeEd25519 } from '#server/ledger/nodeEd25519.ts'
import { fromBase64 } from './base64.ts'
import { signCheckpoint, writeCheckpoint } from './checkpoint.ts'
import {
  cosignatureType,
  cosignedAt,
  cosigner,
  ed25519Signer,
  ed25519Verifier,
  nobleEd25519,
  signatureType,
} from './ed25519.ts'
import { concatBytes } from './hasher.ts'
import { isSignedBy, readNote, readSignatureLine, readVkey, signLine, type Verifier, writeNote } from './signedNote.ts'

const fromHex = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
const bytesOf = (text: string): Uint8Array => {
  const bytes = fromBase64(text)
  if (!bytes) throw new Error(text)
  return bytes
}
const verifierOf = (vkey: string): Verifier => {
  const key = readVkey(vkey)
  const verifier = key && ed25519Verifier(key)
  if (!verifier) throw new Error(`no key: ${vkey}`)
  return verifier
}
const curves = { 'pure JavaScript': nobleEd25519, 'node:crypto': nodeEd25519 }

describe.each(Object.entries(curves))('Ed25519 by %s', (_, curve) => {
  // RFC 8032 section 7.1, tests 1 to 3: seed, public key, message, signature.
  test.each([
    [
      '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
      'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
      '',
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    ],
    [
      '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
      '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
      '72',
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    ],
    [
      'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
      'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
      'af82',
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
    ],
  ])('the vectors of RFC 8032: seed %s', (seed, publicKey, message, signature) => {
    expect([...curve.publicKeyOf(fromHex(seed))]).toEqual([...fromHex(publicKey)])
    expect([...curve.sign(fromHex(message), fromHex(seed))]).toEqual([...fromHex(signature)])
    expect(curve.verify(fromHex(signature), fromHex(message), fromHex(publicKey))).toBe(true)
  })

  test('altered, cut short or by no key at all it is false, never an exception', () => {
    const seed = new Uint8Array(32).fill(1)
    const message = Uint8Array.of(1, 2, 3)
    const publicKey = curve.publicKeyOf(seed)
    const signature = curve.sign(message, seed)
    for (const bit of [0, 255, 256, 511]) {
      const altered = signature.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
      expect(curve.verify(altered, message, publicKey), `bit ${bit}`).toBe(false)
    }
    expect(curve.verify(signature.subarray(1), message, publicKey)).toBe(false)
    expect(curve.verify(Uint8Array.of(...signature, 0), message, publicKey)).toBe(false)
    expect(curve.verify(new Uint8Array(0), message, publicKey)).toBe(false)
    expect(curve.verify(signature, message, publicKey.subarray(1))).toBe(false)
    expect(curve.verify(signature, message, new Uint8Array(32).fill(0xff))).toBe(false)
  })

  test('a scalar beyond the order of the group is refused: nobody makes a second signature out of one', () => {
    const seed = new Uint8Array(32).fill(1)
    const message = Uint8Array.of(1, 2, 3)
    const signature = curve.sign(message, seed)
    const order = 2n ** 252n + 27742317777372353535851937790883648493n
    let scalar = order
    for (const [at, byte] of signature.subarray(32).entries()) scalar += BigInt(byte) << BigInt(8 * at)
    const second = signature.map((byte, at) => (at < 32 ? byte : Number((scalar >> BigInt(8 * (at - 32))) & 255n)))
    expect(curve.verify(second, message, curve.publicKeyOf(seed))).toBe(false)
  })
})

describe('what one verifier would accept and another refuse', () => {
  const { Point } = ed25519
  const order = Point.Fn.ORDER
  /** A point of order eight. */
  const torsion = Point.fromHex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05')
  const littleEndian = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`)
  const scalarBytes = (scalar: bigint): Uint8Array =>
    Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex').reverse()

  test('a signature that its own signer put beside the group holds nowhere', () => {
    const seed = new Uint8Array(32).fill(1)
    const message = new TextEncoder().encode('a\n1\n')
    const publicKey = nobleEd25519.publicKeyOf(seed)
    const secret = ed25519.utils.getExtendedPublicKey(seed).scalar
    const signed = (point: typeof torsion, nonce: bigint): Uint8Array => {
      const first = point.toBytes()
      const digest = createHash('sha512').update(first).update(publicKey).update(message).digest()
      const challenge = littleEndian(digest) % order
      return concatBytes(first, scalarBytes((nonce + challenge * secret) % order))
    }
    const nonce = 12_345n
    const [honest, crafted] = [Point.BASE.multiply(nonce), Point.BASE.multiply(nonce).add(torsion)]
    expect(ed25519.verify(signed(crafted, nonce), message, publicKey)).toBe(true)
    for (const curve of Object.values(curves)) {
      expect(curve.verify(signed(honest, nonce), message, publicKey)).toBe(true)
      expect(curve.verify(signed(crafted, nonce), message, publicKey)).toBe(false)
    }
  })

  test('a key under which anybody can sign, or that has two spellings, is none', () => {
    const identity = fromHex(`01${'00'.repeat(31)}`)
    const anybody = concatBytes(identity, new Uint8Array(32))
    expect(ed25519.verify(anybody, Uint8Array.of(1), identity, { zip215: true })).toBe(true)
    const mixed = Point.BASE.add(torsion).toBytes()
    const secondSpelling = fromHex(`ee${'ff'.repeat(30)}7f`)
    for (const publicKey of [identity, torsion.toBytes(), mixed, secondSpelling, new Uint8Array(32).fill(0xff)])
      for (const curve of Object.values(curves))
        for (const type of [signatureType, cosignatureType])
          expect(ed25519Verifier({ name: 'a', type, publicKey }, curve), Buffer.from(publicKey).toString('hex')).toBe(
            undefined,
          )
  })
})

test('pure JavaScript and node:crypto sign alike', () => {
  const bytes = (most: number, least = 0) => fc.uint8Array({ minLength: least, maxLength: most })
  fc.assert(
    fc.property(bytes(32, 32), bytes(99), (seed, message) => {
      const publicKey = nobleEd25519.publicKeyOf(seed)
      const signature = nobleEd25519.sign(message, seed)
      expect([...nodeEd25519.publicKeyOf(seed)]).toEqual([...publicKey])
      expect([...nodeEd25519.sign(message, seed)]).toEqual([...signature])
      expect(nodeEd25519.verify(signature, message, publicKey)).toBe(true)
    }),
    { numRuns: 20 },
  )
})

describe('C2SP tlog-cosignature', () => {
  // The example of the specification.
  const example = `example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
`

  test('the example of the specification was cosigned at the time that stands in it, and is written back', () => {
    const note = readNote(example)
    expect(note?.signatures.map(({ name }) => name)).toEqual(['example.com/behind-the-sofa', 'witness.example.com/w1'])
    const [log, witness] = note?.signatures ?? []
    expect(witness && cosignedAt(witness.signature)).toBe(1_679_315_147)
    expect(log && cosignedAt(log.signature)).toBeUndefined()
    expect(note && writeNote(note)).toBe(example)
  })

  test('the vectors of transparency-dev/formats: a key, a time, and a signature that is no cosignature', () => {
    const vkey = 'remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2'
    expect(readVkey(vkey)).toMatchObject({ name: 'remora.n621.de', type: cosignatureType })
    expect(verifierOf('TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6').name).toBe('TEST')
    const signatureOf = (text: string) => bytesOf(text).subarray(4)
    const cosignature =
      'ZGhGuQAAAABm/qTPeyKXD+R2rzyQsxPiP8mXum7qq/iF0u4vanlqJyocWODBt97w9uL+8qT7S5gxEHWWOworDcFiEBYJXORmnFBOBA=='
    expect(cosignedAt(signatureOf(cosignature))).toBe(1_727_964_367)
    const plain = 'eQjRQm6eSKzFoiYalgwCPXu2y3ijtg68is9M46JKxuZB+dRfTmeQeDBoXnvxZx2ugnkyV+MUMLXpWs1hPb/W/4xkNQY='
    expect(cosignedAt(signatureOf(plain))).toBeUndefined()
  })

  const origin = 'bihuan/test/1'
  const log = ed25519Signer(origin, new Uint8Array(32).fill(3))
  const seed = new Uint8Array(32).fill(5)
  const witness = cosigner('city/witness', seed, () => 1_679_315_147)
  const { note } = signCheckpoint({ origin, size: 20_852_163, root: new Uint8Array(32).fill(9) }, log)
  const line = signLine(witness, note.text)
  const both = { text: note.text, signatures: [...note.signatures, line] }

  test('what is signed is the header, the time and the whole text of the checkpoint', () => {
    const message = new TextEncoder().encode(`cosignature/v1\ntime 1679315147\n${note.text}`)
    expect(line.signature.subarray(8)).toEqual(nobleEd25519.sign(message, seed))
    expect(isSignedBy(both, verifierOf(witness.vkey))).toBe(true)
    expect(isSignedBy(both, verifierOf(log.vkey))).toBe(true)
  })

  test('neither the time nor the checkpoint under it can be changed', () => {
    const verifier = verifierOf(witness.vkey)
    for (let at = 0; at < line.signature.length; at += 1) {
      const signature = line.signature.map((byte, place) => (place === at ? byte ^ 1 : byte))
      expect(isSignedBy({ ...both, signatures: [{ ...line, signature }] }, verifier), `byte ${at}`).toBe(false)
    }
    const other = signCheckpoint({ origin, size: 20_852_164, root: new Uint8Array(32).fill(9) }, log)
    expect(isSignedBy({ text: other.note.text, signatures: [line] }, verifier)).toBe(false)
  })

  test('one key as a log’s and as a witness’s are two: neither’s line passes for the other’s', () => {
    const asLog = ed25519Signer('city/witness', seed)
    expect(asLog.keyId).not.toEqual(witness.keyId)
    const moved = { ...line, keyId: asLog.keyId }
    expect(isSignedBy({ text: note.text, signatures: [moved] }, verifierOf(asLog.vkey))).toBe(false)
    const back = { ...signLine(asLog, note.text), keyId: witness.keyId }
    expect(isSignedBy({ text: note.text, signatures: [back] }, verifierOf(witness.vkey))).toBe(false)
  })

  test('a time that no clock shows is none', () => {
    const signature = new Uint8Array(72)
    new DataView(signature.buffer).setBigUint64(0, 2n ** 63n)
    expect(cosignedAt(signature)).toBeUndefined()
    const broken = cosigner('city/witness', seed, () => 1.5)
    expect(() => broken.sign(note.text)).toThrow(RangeError)
  })

  test('a key of another kind or length is not known here', () => {
    const publicKey = nobleEd25519.publicKeyOf(seed)
    for (const type of [0x02, 0x05, 0x06, 0xff]) expect(ed25519Verifier({ name: 'a', type, publicKey })).toBeUndefined()
    const short = publicKey.subarray(1)
    for (const type of [signatureType, cosignatureType])
      expect(ed25519Verifier({ name: 'a', type, publicKey: short })).toBeUndefined()
  })

  test('a line survives being sent alone', () => {
    const [, written] = writeNote(both).split('\n\n')
    expect(written?.split('\n').slice(0, -1).map(readSignatureLine)).toEqual(both.signatures)
    expect(writeCheckpoint({ checkpoint: { origin, size: 1, root: seed }, note: both })).toBe(writeNote(both))
  })
})
