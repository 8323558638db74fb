import type { Policy } from './bundle.ts'
import { cosignatureType, type Ed25519, ed25519Verifier, nobleEd25519, signatureType } from './ed25519.ts'
import { nobleSha256 } from './hasher.ts'
import { toHex } from './hex.ts'
import { readVkey, type VerifierKey } from './signedNote.ts'

/** The public keys that a verifier goes by: the log's and its witnesses', as vkeys, and how many witnesses are asked for. */
export type Trust = { readonly log: string; readonly witnesses: readonly string[]; readonly quorum: number }

export type TrustFault =
  /** No vkey, or its id is not that of its name and key. */
  | { readonly problem: 'unreadable'; readonly vkey: string }
  | { readonly problem: 'notLog'; readonly vkey: string }
  | { readonly problem: 'notWitness'; readonly vkey: string }
  | { readonly problem: 'twice'; readonly vkey: string }
  | { readonly problem: 'quorum'; readonly quorum: number; readonly witnesses: number }

export type PolicyRead =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly fault: TrustFault }

const keyOfType = (vkey: string, type: number, otherwise: 'notLog' | 'notWitness'): VerifierKey | TrustFault => {
  const key = readVkey(vkey)
  if (key?.publicKey.length !== 32) return { problem: 'unreadable', vkey }
  return key.type === type ? key : { problem: otherwise, vkey }
}

const isFault = (read: VerifierKey | TrustFault): read is TrustFault => 'problem' in read

/** The same key under two names would be one witness that counts as two. */
const repeated = (keys: readonly VerifierKey[]): number =>
  keys.findIndex((key, at) =>
    keys.slice(0, at).some((one) => one.name === key.name || toHex(one.publicKey) === toHex(key.publicKey)),
  )

export const policyOf = ({ log, witnesses, quorum }: Trust, curve: Ed25519 = nobleEd25519): PolicyRead => {
  const fail = (fault: TrustFault): PolicyRead => ({ ok: false, fault })
  const read = [
    keyOfType(log, signatureType, 'notLog'),
    ...witnesses.map((vkey) => keyOfType(vkey, cosignatureType, 'notWitness')),
  ]
  const bad = read.find(isFault)
  if (bad) return fail(bad)
  const keys = read.filter((one): one is VerifierKey => !isFault(one))
  const twice = repeated(keys)
  if (twice >= 0) return fail({ problem: 'twice', vkey: [log, ...witnesses][twice] ?? '' })
  if (!Number.isInteger(quorum) || quorum < 0 || quorum > witnesses.length)
    return fail({ problem: 'quorum', quorum, witnesses: witnesses.length })
  const [logVerifier, ...others] = keys.map((key) => ed25519Verifier(key, curve)).filter((one) => one !== undefined)
  if (!logVerifier) return fail({ problem: 'unreadable', vkey: log })
  return { ok: true, policy: { log: logVerifier, witnesses: others, quorum } }
}

/** Keys as a person pastes them, one a line: the log's is known by its kind. Undefined where there is not exactly one. */
export const trustFromLines = (text: string, quorum?: number): Trust | undefined => {
  const vkeys = text.split(/\s+/).filter((line) => line !== '')
  const logs = vkeys.filter((vkey) => readVkey(vkey)?.type === signatureType)
  const [log] = logs
  if (log === undefined || logs.length > 1) return undefined
  const witnesses = vkeys.filter((vkey) => vkey !== log)
  return { log, witnesses, quorum: quorum ?? witnesses.length }
}

/** 128 bits of SHA-256 over the vkey, in groups to be read aloud: what a person compares with the printed one. */
export const fingerprintOf = (vkey: string): string =>
  (toHex(nobleSha256(new TextEncoder().encode(vkey)).subarray(0, 16)).match(/.{4}/g) ?? []).join(' ')

const place = /(<script type="application\/json" id="trust">)[^<]*(<\/script>)/

/** The verifier's page with the keys put in. Throws RangeError for a page that has no place for them. */
export const fillTrust = (html: string, trust: Trust): string => {
  if (!place.test(html)) throw new RangeError('the page has no place for keys')
  // An angle bracket in a name must not end the element.
  const json = JSON.stringify(trust).replace(/</g, '\\u003c')
  return html.replace(place, (_, open: string, close: string) => `${open}${json}${close}`)
}

/** The Content-Security-Policy that the page carries and that its header must not contradict; its script stands in the page itself. */
export const policyOfPage = (html: string): string | undefined =>
  /<meta http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1]

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string')

/** What fillTrust put in; undefined where nothing stands there, or nothing of that shape. */
export const readTrust = (json: string): Trust | undefined => {
  try {
    const value: unknown = JSON.parse(json)
    if (typeof value !== 'object' || value === null) return undefined
    if (!('log' in value) || !('witnesses' in value) || !('quorum' in value)) return undefined
    const { log, witnesses, quorum } = value
    if (typeof log !== 'string' || !isTexts(witnesses) || typeof quorum !== 'number') return undefined
    return { log, witnesses, quorum }
  } catch {
    return undefined
  }
}
