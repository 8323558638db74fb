import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nodeEd25519 } from '#server/ledger/nodeEd25519.ts'
import { readAddCheckpoint, writeAddCheckpoint } from './addCheckpoint.ts'
import { fromBase64, toBase64 } from './base64.ts'
import { openCheckpoint, parseCheckpointText, readCheckpoint, signCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { cosignedAt, cosigner, ed25519Signer, ed25519Verifier, nobleEd25519 } from './ed25519.ts'
import { parseReceiptText, receiptText } from './receiptNote.ts'
import {
  isKeyName,
  isSignedBy,
  readNote,
  readVkey,
  signLine,
  signNote,
  type Verifier,
  writeNote,
} from './signedNote.ts'
import { readTlogProof, writeTlogProof } from './tlogProof.ts'

const verifierOf = (vkey: string): Verifier => {
  const key = readVkey(vkey)
  const verifier = key && ed25519Verifier(key)
  if (!verifier) throw new Error(`no key: ${vkey}`)
  return verifier
}

const seed = new Uint8Array(32).fill(3)
const log = ed25519Signer('bihuan/test/1', seed)
const root = new Uint8Array(32).fill(9)

describe('C2SP signed-note', () => {
  // The example of golang.org/x/mod/sumdb/note.
  const vkey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
  const text =
    'If you think cryptography is the answer to your problem,\nthen you don’t know what your problem is.\n'.replace(
      '’',
      "'",
    )
  const note = `${text}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`

  test('Go’s own note is read, verified and written again', () => {
    const read = readNote(note)
    if (!read) throw new Error('no note')
    expect(read.text).toBe(text)
    expect(isSignedBy(read, verifierOf(vkey))).toBe(true)
    expect(writeNote(read)).toBe(note)
    expect(isSignedBy({ ...read, text: text.replace('answer', 'problem') }, verifierOf(vkey))).toBe(false)
    expect(isSignedBy(read, verifierOf(log.vkey))).toBe(false)
  })

  test('a key whose id is not its own, or whose name has a space or a plus, is none', () => {
    expect(readVkey(vkey)).toMatchObject({ name: 'PeterNeumann', type: 1 })
    expect(readVkey(vkey.replace('c74f20a3', 'c74f20a4'))).toBeUndefined()
    expect(readVkey(vkey.replace('ARpc', 'ARpd'))).toBeUndefined()
    for (const name of ['', 'a b', 'a+b', 'a\u3000b', 'a\nb', 'a\u2028b']) expect(isKeyName(name), name).toBe(false)
    expect(isKeyName('bihuan/上党/1')).toBe(true)
  })

  test('any other spelling of a note is refused', () => {
    for (const other of [
      note.slice(0, -1),
      `${note}\n`,
      note.replace('\n\n', '\n'),
      note.replace('— ', '- '),
      note.replace('— PeterNeumann ', '— PeterNeumann  '),
      note.replace('=\n', '\n'),
      note.replace('\n—', '\r\n—'),
      `${text}\n`,
    ])
      expect(readNote(other), JSON.stringify(other)).toBeUndefined()
  })

  test('pure JavaScript and OpenSSL sign and judge alike', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.uint8Array({ maxLength: 99 }), (key, message) => {
        const publicKey = nobleEd25519.publicKeyOf(key)
        expect([...nodeEd25519.publicKeyOf(key)]).toEqual([...publicKey])
        const signature = nobleEd25519.sign(message, key)
        expect([...nodeEd25519.sign(message, key)]).toEqual([...signature])
        expect(nodeEd25519.verify(signature, message, publicKey)).toBe(true)
        const altered = signature.map((byte, at) => (at === 40 ? byte ^ 1 : byte))
        for (const curve of [nobleEd25519, nodeEd25519]) {
          expect(curve.verify(altered, message, publicKey)).toBe(false)
          expect(curve.verify(signature.subarray(1), message, publicKey)).toBe(false)
          expect(curve.verify(signature, message, publicKey.subarray(1))).toBe(false)
        }
      }),
      { numRuns: 20 },
    )
  })
})

describe('a checkpoint', () => {
  const signed = signCheckpoint({ origin: log.name, size: 20_852_163, root }, log)
  const written = writeCheckpoint(signed)

  test('is opened by the log’s key alone, under the log’s own name', () => {
    expect(openCheckpoint(written, verifierOf(log.vkey))?.checkpoint).toEqual(signed.checkpoint)
    const other = ed25519Signer('bihuan/test/1', new Uint8Array(32).fill(4))
    expect(openCheckpoint(written, verifierOf(other.vkey))).toBeUndefined()
    const foreign = writeCheckpoint(signCheckpoint({ origin: 'bihuan/other/1', size: 1, root }, log))
    expect(openCheckpoint(foreign, verifierOf(log.vkey))).toBeUndefined()
  })

  test('of any other form is none', () => {
    const text = signed.note.text
    for (const other of [
      text.replace('20852163', '020852163'),
      text.replace('20852163', '-1'),
      text.replace('20852163', '99999999999999999999'),
      text.replace('=\n', '\n'),
      `${text}extension\n`,
      text.slice(0, -1),
      '',
    ])
      expect(parseCheckpointText(other), JSON.stringify(other)).toBeUndefined()
  })

  test('no receipt passes for one, nor the other way round', () => {
    const promise = { origin: log.name, commandId: 'c', receivedAt: '2023-07-03T01:00:00.000Z', leaves: [root] }
    const receipt = writeNote(signNote(receiptText(promise), log))
    expect(parseReceiptText(readNote(receipt)?.text ?? '')).toEqual(promise)
    expect(openCheckpoint(receipt, verifierOf(log.vkey))).toBeUndefined()
    expect(parseReceiptText(signed.note.text)).toBeUndefined()
  })

  test('cosigned says who saw it when, and neither can be changed', () => {
    const witness = cosigner('city/witness', new Uint8Array(32).fill(5), () => 1_679_315_147)
    const line = signLine(witness, signed.note.text)
    const both = { text: signed.note.text, signatures: [...signed.note.signatures, line] }
    expect(isSignedBy(both, verifierOf(witness.vkey))).toBe(true)
    expect(isSignedBy(both, verifierOf(log.vkey))).toBe(true)
    expect(cosignedAt(line.signature)).toBe(1_679_315_147)
    const later = line.signature.map((byte, at) => (at === 7 ? byte ^ 1 : byte))
    expect(isSignedBy({ ...both, signatures: [{ ...line, signature: later }] }, verifierOf(witness.vkey))).toBe(false)
    expect(readCheckpoint(writeNote(both))?.note).toEqual(both)
    // The same key as a log's key is another key: its id and what it signs differ.
    const asLog = ed25519Signer('city/witness', new Uint8Array(32).fill(5))
    expect(isSignedBy(both, verifierOf(asLog.vkey))).toBe(false)
  })
})

describe('texts that carry proofs', () => {
  const checkpoint = writeCheckpoint(signCheckpoint({ origin: log.name, size: 3, root }, log))

  test('a tlog-proof is read as it was written', () => {
    const proof = fc.record({
      index: fc.nat(),
      proof: fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { maxLength: 20 }),
      extra: fc.uint8Array({ minLength: 1, maxLength: 60 }),
    })
    fc.assert(
      fc.property(proof, fc.boolean(), ({ extra, ...rest }, hasExtra) => {
        const whole = { ...rest, checkpoint, ...(hasExtra && { extra }) }
        const written = writeTlogProof(whole)
        const read = readTlogProof(written)
        expect(read && writeTlogProof(read)).toBe(written)
        expect(read?.index).toBe(whole.index)
        expect(read?.proof.map((hash) => [...hash])).toEqual(whole.proof.map((hash) => [...hash]))
      }),
    )
    for (const other of [
      '',
      'c2sp.org/tlog-proof@v1\nindex 01\n\n',
      'c2sp.org/tlog-proof@v2\nindex 1\n\n',
      'index 1\n\n',
    ])
      expect(readTlogProof(other)).toBeUndefined()
  })

  test('an add-checkpoint request is read as it was written; more than 63 lines are refused', () => {
    const written = writeAddCheckpoint({ oldSize: 2, proof: [root, root], checkpoint })
    expect(readAddCheckpoint(written)).toEqual({ oldSize: 2, proof: [root, root], checkpoint })
    expect(
      readAddCheckpoint(writeAddCheckpoint({ oldSize: 2, proof: Array(64).fill(root), checkpoint })),
    ).toBeUndefined()
    for (const other of [
      written.replace('old 2', 'old 02'),
      written.replace('old 2', 'new 2'),
      written.replace('\n\n', '\n'),
    ])
      expect(readAddCheckpoint(other)).toBeUndefined()
  })

  test('base64 has one spelling', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
        expect(fromBase64(toBase64(bytes))).toEqual(bytes)
      }),
    )
    for (const other of ['Zg', 'Zh==', 'Zm9v\n', 'Zm-v', '=', 'Zg=a']) expect(fromBase64(other)).toBeUndefined()
  })
})
