import { describe, expect, test } from 'vitest'
import {
  checkpointText,
  openCheckpoint,
  parseCheckpointText,
  readCheckpoint,
  signCheckpoint,
  writeCheckpoint,
} from './checkpoint.ts'
import { ed25519Signer, ed25519Verifier } from './ed25519.ts'
import { parseReceiptText, receiptText } from './receiptNote.ts'
import { readNote, readVkey, signNote, type Verifier, writeNote } from './signedNote.ts'

const verifierOf = (vkey: string): Verifier => {
  const key = readVkey(vkey)
  const verifier = key && ed25519Verifier(key)
  if (!verifier) throw new Error(`no key: ${vkey}`)
  return verifier
}

const log = ed25519Signer('bihuan/test/1', new Uint8Array(32).fill(3))
const root = new Uint8Array(32).fill(9)
const signed = signCheckpoint({ origin: log.name, size: 20_852_163, root }, log)
const written = writeCheckpoint(signed)
const { text } = signed.note

describe('C2SP tlog-checkpoint', () => {
  test('the example of the specification is read, and its text written again', () => {
    const example = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n'
    const checkpoint = parseCheckpointText(example)
    expect(checkpoint).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20_852_163 })
    expect(checkpoint && checkpointText(checkpoint)).toBe(example)
  })

  test('is opened by the log’s key alone, under the log’s own name', () => {
    expect(openCheckpoint(written, verifierOf(log.vkey))).toEqual(signed)
    const namesake = ed25519Signer('bihuan/test/1', new Uint8Array(32).fill(4))
    expect(openCheckpoint(written, verifierOf(namesake.vkey))).toBeUndefined()
    const foreign = writeCheckpoint(signCheckpoint({ origin: 'bihuan/other/1', size: 1, root }, log))
    expect(readCheckpoint(foreign)?.checkpoint.origin).toBe('bihuan/other/1')
    expect(openCheckpoint(foreign, verifierOf(log.vkey))).toBeUndefined()
  })

  test('with another size, root or origin over the old signature is not opened', () => {
    for (const altered of [
      written.replace('20852163', '20852164'),
      written.replace('CQkJ', 'CQkK'),
      written.replace('bihuan/test/1\n', 'bihuan/test/2\n'),
    ]) {
      expect(altered).not.toBe(written)
      expect(openCheckpoint(altered, verifierOf(log.vkey))).toBeUndefined()
    }
  })

  test.each([
    ['a leading zero', text.replace('20852163', '020852163')],
    ['a sign', text.replace('20852163', '+20852163')],
    ['below zero', text.replace('20852163', '-1')],
    ['a fraction', text.replace('20852163', '1.0')],
    ['an exponent', text.replace('20852163', '1e3')],
    ['a space', text.replace('20852163', ' 20852163')],
    ['more than a whole number can count', text.replace('20852163', '9007199254740992')],
    ['digits of another script', text.replace('20852163', '１２')],
    ['a root without padding', text.replace('=\n', '\n')],
    ['a root of another length', text.replace('CQkJ', '')],
    ['no origin', text.replace('bihuan/test/1', '')],
    ['an extension line, which no auditor reads', `${text}extension\n`],
    ['an empty line behind', `${text}\n`],
    ['no line end', text.slice(0, -1)],
    ['CRLF', text.replaceAll('\n', '\r\n')],
    ['nothing', ''],
  ])('of any other form is none: %s', (_, other) => {
    expect(other).not.toBe(text)
    expect(parseCheckpointText(other)).toBeUndefined()
  })

  test('of an empty tree has the size 0', () => {
    expect(parseCheckpointText(checkpointText({ origin: 'a', size: 0, root }))).toEqual({ origin: 'a', size: 0, root })
  })

  test('no receipt passes for one, nor the other way round', () => {
    const promise = { origin: log.name, commandId: 'c', receivedAt: '2023-07-03T01:00:00.000Z', leaves: [root] }
    const receipt = writeNote(signNote(receiptText(promise), log))
    expect(parseReceiptText(readNote(receipt)?.text ?? '')).toEqual(promise)
    expect(openCheckpoint(receipt, verifierOf(log.vkey))).toBeUndefined()
    expect(parseReceiptText(text)).toBeUndefined()
  })
})
