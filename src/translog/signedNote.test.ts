import { describe, expect, test } from 'vitest'
import { cosigner, ed25519Signer, ed25519Verifier } from './ed25519.ts'
import {
  isKeyName,
  isSignedBy,
  readNote,
  readSignatureLine,
  readVkey,
  signLine,
  signNote,
  type Verifier,
  writeNote,
  writeVkey,
} from './signedNote.ts'
import { textOf } from './utf8.ts'

const verifierOf = (vkey: string): Verifier => {
  const key = readVkey(vkey)
  const verifier = key && ed25519Verifier(key)
  if (!verifier) throw new Error(`no key: ${vkey}`)
  return verifier
}
const fromHex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'))

// The example of golang.org/x/mod/sumdb/note.
const text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
const peterVkey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const peterSeed = Uint8Array.from(Buffer.from('AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz', 'base64').subarray(1))
const peterLine =
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n'
const enochVkey = 'EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop'
const enochLine =
  '— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n'
const note = `${text}\n${peterLine}`

const read = (written: string) => {
  const found = readNote(written)
  if (!found) throw new Error('no note')
  return found
}

describe('C2SP signed-note', () => {
  test('Go’s own note is read, verified and written again; our signer with its key signs it the same', () => {
    expect(read(note).text).toBe(text)
    expect(isSignedBy(read(note), verifierOf(peterVkey))).toBe(true)
    expect(writeNote(read(note))).toBe(note)
    const signer = ed25519Signer('PeterNeumann', peterSeed)
    expect(signer.vkey).toBe(peterVkey)
    expect(writeNote(signNote(text, signer))).toBe(note)
  })

  test('Go’s note of two signers holds for each of them, and is signed the same by ours', () => {
    const both = `${note}${enochLine}`
    for (const vkey of [peterVkey, enochVkey]) expect(isSignedBy(read(both), verifierOf(vkey))).toBe(true)
    const signers = [ed25519Signer('PeterNeumann', peterSeed), ed25519Signer('EnochRoot', new Uint8Array(32))]
    expect(writeNote(signNote(text, ...signers))).toBe(both)
  })

  test('the poem of the specification: the text may hold empty lines, the last one ends it', () => {
    const poem =
      'Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n'
    expect(read(poem).text).toBe(poem.slice(0, poem.indexOf('\n— ')))
    expect(read(poem).signatures).toMatchObject([{ name: 'quasimodo.example/salvatore', keyId: fromHex('367ba04b') }])
    expect(writeNote(read(poem))).toBe(poem)
  })

  test('another text under the signature, or another key of the name, does not hold', () => {
    expect(isSignedBy({ ...read(note), text: text.replace('answer', 'problem') }, verifierOf(peterVkey))).toBe(false)
    const namesake = ed25519Signer('PeterNeumann', new Uint8Array(32))
    expect(isSignedBy(read(note), verifierOf(namesake.vkey))).toBe(false)
    // Of the same short id, which anybody can bring about: known by the id, refused by the signature.
    const collided = { ...verifierOf(namesake.vkey), keyId: fromHex('c74f20a3') }
    expect(isSignedBy(read(note), collided)).toBe(false)
    // A line counts under its whole name, whatever its id.
    const renamed = read(note.replace('PeterNeumann', 'PeterNewman'))
    expect(isSignedBy(renamed, verifierOf(peterVkey))).toBe(false)
  })

  test('a wrong line of a known key spoils the note, even beside a right one; lines of unknown keys do not', () => {
    const wrong = peterLine.replace('ZJkuB', 'ZJkuC')
    for (const lines of [peterLine + wrong, wrong + peterLine])
      expect(isSignedBy(read(`${text}\n${lines}`), verifierOf(peterVkey))).toBe(false)
    const unknown = enochLine.replace('BzmZa', 'BzmZb')
    expect(isSignedBy(read(`${note}${unknown}`), verifierOf(peterVkey))).toBe(true)
  })

  test.each([
    ['no signature', text],
    ['an empty line and no signature', `${text}\n`],
    ['no line end behind the last signature', note.slice(0, -1)],
    ['an empty line behind', `${note}\n`],
    ['a line that is no signature', `${note}Unexpected line.\n`],
    ['no empty line', note.replace('\n\n', '\n')],
    ['a hyphen for the dash', note.replace('— ', '- ')],
    ['two spaces', note.replace('— PeterNeumann ', '— PeterNeumann  ')],
    ['a space at the end', note.replace('=\n', '= \n')],
    ['no padding', note.replace('=\n', '\n')],
    ['base64 of another spelling', note.replace('M=\n', 'N=\n')],
    ['a name with a space', note.replace('PeterNeumann', 'Bad Name')],
    ['a name with a plus', note.replace('PeterNeumann', 'Bad+Name')],
    ['a name with a wide space', note.replace('PeterNeumann', 'Bad\u3000Name')],
    ['a key id without a signature', `${text}\n— PeterNeumann x08gow==\n`],
    ['CRLF', note.replaceAll('\n', '\r\n')],
    ['a tab in the text', note.replace(' ', '\t')],
    ['a zero byte in the text', `\0${note}`],
    ['a lone surrogate, which would be signed as another character', `\ud800${note}`],
    ['more than a hundred signatures', `${text}\n${peterLine.repeat(101)}`],
  ])('any other spelling is refused: %s', (_, other) => {
    expect(other).not.toBe(note)
    expect(readNote(other)).toBeUndefined()
  })

  test('a hundred signatures are read', () => {
    expect(read(`${text}\n${enochLine.repeat(100)}`).signatures).toHaveLength(100)
  })

  test('a byte order mark stands for itself: the text under the signature is another one', () => {
    const marked = textOf(Uint8Array.of(0xef, 0xbb, 0xbf, ...new TextEncoder().encode(note)))
    expect(isSignedBy(read(marked ?? ''), verifierOf(peterVkey))).toBe(false)
  })

  test('a text that could not be read back is not signed', () => {
    const signer = ed25519Signer('a', peterSeed)
    for (const other of ['no line end', '', 'tab\there\n', 'cr\r\n', '\udc00\n'])
      expect(() => signNote(other, signer), JSON.stringify(other)).toThrow(RangeError)
  })

  test('a signature line is read alone', () => {
    const signer = cosigner('city/witness', peterSeed, () => 7)
    const line = signLine(signer, text)
    expect(
      readSignatureLine(
        writeNote({ text, signatures: [line] })
          .split('\n')
          .at(-2) ?? '',
      ),
    ).toEqual(line)
    expect(readSignatureLine(peterLine)).toBeUndefined()
  })
})

describe('a verifier key', () => {
  test('is read and written again', () => {
    const key = readVkey(peterVkey)
    expect(key).toMatchObject({ name: 'PeterNeumann', type: 1 })
    expect(key && writeVkey(key)).toBe(peterVkey)
  })

  test.each([
    ['another id', peterVkey.replace('c74f20a3', 'c74f20a4')],
    ['capitals in the id', peterVkey.replace('c74f20a3', 'C74F20A3')],
    ['another key', peterVkey.replace('ARpc', 'ARpd')],
    ['another kind', peterVkey.replace('+ARpc', '+BBpc')],
    ['another name', peterVkey.replace('Peter', 'peter')],
    ['no name', peterVkey.slice(peterVkey.indexOf('+'))],
    ['no key', 'PeterNeumann+c74f20a3+'],
    ['two parts', 'PeterNeumann+c74f20a3'],
    ['not base64', 'PeterNeumann+c74f20a3+THIS_IS_NOT_BASE64!'],
    ['a line end', `${peterVkey}\n`],
  ])('of any other form is none: %s', (_, other) => {
    expect(readVkey(other)).toBeUndefined()
  })

  test('has a name without spaces, plus signs and control characters; any script will do', () => {
    for (const name of ['', 'a b', 'a+b', 'a\u3000b', 'a\u00a0b', 'a\nb', 'a\u2028b', 'a\u0085b', 'a\0b', 'a\ud800'])
      expect(isKeyName(name), JSON.stringify(name)).toBe(false)
    // U+0378 is assigned in no version of Unicode so far: whether a name is one must not turn on the tables' age.
    for (const name of ['bihuan/上党/1', 'example.com/log42', 'go.sum', 'a\u0378b']) expect(isKeyName(name)).toBe(true)
  })
})
