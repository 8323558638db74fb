import { fromBase64, toBase64 } from './base64.ts'
import { concatBytes, nobleSha256 } from './hasher.ts'
import { toHex } from './hex.ts'
import { sameBytes } from './merkle.ts'

/**
 * C2SP signed-note: a text, an empty line, and signature lines `— name base64(key id, signature)`. What a signature is
 * made over follows from its kind: the text itself, or the text behind a cosignature's header.
 */
export type SignatureLine = { readonly name: string; readonly keyId: Uint8Array; readonly signature: Uint8Array }

/** The text ends with a newline. */
export type Note = { readonly text: string; readonly signatures: readonly SignatureLine[] }

/** Signs under one name. `sign` gets the note's text and gives what stands behind the key id. */
export type Signer = {
  readonly name: string
  readonly keyId: Uint8Array
  readonly sign: (text: string) => Uint8Array
  /** The public half, to be handed out. */
  readonly vkey: string
}

/** Judges the lines of one name and key. */
export type Verifier = {
  readonly name: string
  readonly keyId: Uint8Array
  readonly verifies: (text: string, signature: Uint8Array) => boolean
}

const keyIdBytes = 4
const utf8 = new TextEncoder()

/**
 * No kind of space (a line separator is one), no plus sign, no control character. Nothing that turns on how new the
 * reader's Unicode tables are: a name that one of two verifiers cannot read would split them.
 */
export const isKeyName = (name: string): boolean => /^[^\s+\p{Cc}\p{Cs}]+$/u.test(name)

/** The type byte, and behind it whatever a kind of key puts there, is part of what the id is made of. */
export const keyIdOf = (name: string, type: number, publicKey: Uint8Array): Uint8Array =>
  nobleSha256(concatBytes(utf8.encode(`${name}\n`), Uint8Array.of(type), publicKey)).subarray(0, keyIdBytes)

export type VerifierKey = { readonly name: string; readonly type: number; readonly publicKey: Uint8Array }

/** `name+id in hex+base64(type, public key)`. */
export const writeVkey = ({ name, type, publicKey }: VerifierKey): string =>
  `${name}+${toHex(keyIdOf(name, type, publicKey))}+${toBase64(concatBytes(Uint8Array.of(type), publicKey))}`

/** Undefined where the text is no key, or where its id is not that of its name and key. */
export const readVkey = (text: string): VerifierKey | undefined => {
  const [, name, , material] = /^([^+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text) ?? []
  const bytes = fromBase64(material ?? '')
  const type = bytes?.[0]
  if (name === undefined || !bytes || type === undefined || !isKeyName(name)) return undefined
  const key = { name, type, publicKey: bytes.subarray(1) }
  return writeVkey(key) === text ? key : undefined
}

const dash = '—'

export const writeSignatureLine = ({ name, keyId, signature }: SignatureLine): string =>
  `${dash} ${name} ${toBase64(concatBytes(keyId, signature))}\n`

export const readSignatureLine = (line: string): SignatureLine | undefined => {
  const [, name, material] = /^— (\S+) (\S+)$/.exec(line) ?? []
  const bytes = fromBase64(material ?? '')
  if (name === undefined || !isKeyName(name) || !bytes || bytes.length <= keyIdBytes) return undefined
  return { name, keyId: bytes.subarray(0, keyIdBytes), signature: bytes.subarray(keyIdBytes) }
}

export const writeNote = ({ text, signatures }: Note): string =>
  `${text}\n${signatures.map(writeSignatureLine).join('')}`

const hasControl = (text: string): boolean => [...text].some((character) => character < ' ' && character !== '\n')

/** A lone surrogate is signed as U+FFFD: several texts would stand under one signature. */
const hasLoneSurrogate = (text: string): boolean => /\p{Cs}/u.test(text)

/** The specification asks for at least 16; more than this is a way to keep a verifier busy. */
const mostSignatures = 100

/** Undefined where it is no signed note, or written in another way than writeNote would. */
export const readNote = (written: string): Note | undefined => {
  const end = written.lastIndexOf('\n\n')
  if (end < 0 || !written.endsWith('\n') || hasControl(written) || hasLoneSurrogate(written)) return undefined
  const text = written.slice(0, end + 1)
  const lines = written.slice(end + 2, -1).split('\n', mostSignatures + 1)
  if (lines.length > mostSignatures) return undefined
  const signatures = lines.map(readSignatureLine).filter((line) => line !== undefined)
  if (signatures.length === 0 || signatures.length !== lines.length) return undefined
  return { text, signatures }
}

export const signLine = (signer: Signer, text: string): SignatureLine => ({
  name: signer.name,
  keyId: signer.keyId,
  signature: signer.sign(text),
})

/** RangeError for a text that could not be read back: it ends with a newline, and has no control or lone surrogate. */
export const signNote = (text: string, ...signers: readonly Signer[]): Note => {
  if (!text.endsWith('\n') || hasControl(text) || hasLoneSurrogate(text)) throw new RangeError('not the text of a note')
  return { text, signatures: signers.map((signer) => signLine(signer, text)) }
}

export const isBy = (line: SignatureLine, verifier: Verifier): boolean =>
  line.name === verifier.name && sameBytes(line.keyId, verifier.keyId)

/** Whether the verifier's key signed, and each line of that key holds. Lines of others are passed over. */
export const isSignedBy = ({ text, signatures }: Note, verifier: Verifier): boolean => {
  const lines = signatures.filter((line) => isBy(line, verifier))
  return lines.length > 0 && lines.every((line) => verifier.verifies(text, line.signature))
}
