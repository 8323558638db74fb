import { fromBase64url, toBase64url } from './base64url.ts'
import { canonicalBytes, type JsonValue } from './canonicalJson.ts'
import { concatBytes, type Hasher, hmacWith, nobleSha256 } from './hasher.ts'

/**
 * A leaf of the public log is `{v, commit}` and nothing else: public tiles must not betray an
 * unannounced visit or a reporter. What happened lies in salted fields under the commitment, and each
 * can be shown or withheld by itself (the idea of SD-JWT):
 *
 *     field commit = SHA-256( JCS [salt, name, value] )                    salt in base64url
 *     commit       = SHA-256( JCS ["bihuan.leaf.v1", {name: field commit}] )
 *
 * Names are bound in the clear inside the commitment, so that nobody, the holder of the log's key
 * included, can seal two values under one name and show each to another person. Whoever is given a
 * disclosure therefore sees the names of what is withheld: seal the same names for every event of a
 * kind, and null for what is absent.
 *
 * The salt of a field is derived from one 32-byte salt of the event: HMAC-SHA-256(leaf salt, name),
 * first 16 bytes. Showing a field's salt does not give away its neighbours'. Erasing the leaf salt
 * makes every field of that event unprovable at once, and the tree stays valid. To erase one field
 * and keep the rest provable, keep the other fields' salts and that field's commit instead.
 */
export type Leaf = { readonly v: 1; readonly commit: Uint8Array }

export type SealedFields = Readonly<Record<string, JsonValue>>

/** base64url of the 32-byte commitment, by field name. */
export type FieldCommits = Readonly<Record<string, string>>

export type DisclosedField = { readonly name: string; readonly value: JsonValue; readonly salt: string }

export type Disclosure = { readonly disclosed: readonly DisclosedField[]; readonly withheld: FieldCommits }

const domain = 'bihuan.leaf.v1'
export const leafSaltBytes = 32
const fieldSaltBytes = 16
const commitBytes = 32
const utf8 = new TextEncoder()

const saltsFrom = (leafSalt: Uint8Array, hash: Hasher): ((name: string) => string) => {
  if (leafSalt.length !== leafSaltBytes) throw new RangeError(`a leaf salt has ${leafSaltBytes} bytes`)
  const hmac = hmacWith(leafSalt, hash)
  return (name) => toBase64url(hmac(utf8.encode(name)).subarray(0, fieldSaltBytes))
}

const commitField = ({ salt, name, value }: DisclosedField, hash: Hasher): string =>
  toBase64url(hash(canonicalBytes([salt, name, value])))

const commitAll = (fieldCommits: FieldCommits, hash: Hasher): Uint8Array => hash(canonicalBytes([domain, fieldCommits]))

/** Seals the fields of one event under one random salt of 32 bytes. */
export const sealFields = (
  fields: SealedFields,
  leafSalt: Uint8Array,
  hash: Hasher = nobleSha256,
): { readonly commit: Uint8Array; readonly fieldCommits: FieldCommits } => {
  const saltOf = saltsFrom(leafSalt, hash)
  const fieldCommits = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, commitField({ salt: saltOf(name), name, value }, hash)]),
  )
  return { commit: commitAll(fieldCommits, hash), fieldCommits }
}

/** Shows the named fields with their salts and of the rest the commitments only. */
export const discloseFields = (
  fields: SealedFields,
  leafSalt: Uint8Array,
  shown: ReadonlySet<string>,
  hash: Hasher = nobleSha256,
): Disclosure => {
  const saltOf = saltsFrom(leafSalt, hash)
  const all = Object.entries(fields).map(([name, value]) => ({ name, value, salt: saltOf(name) }))
  const withheld = all.filter(({ name }) => !shown.has(name))
  return {
    disclosed: all.filter(({ name }) => shown.has(name)),
    withheld: Object.fromEntries(withheld.map((field) => [field.name, commitField(field, hash)])),
  }
}

/** The commitment that a disclosure amounts to. Throws when a name stands in it twice. */
export const openFields = ({ disclosed, withheld }: Disclosure, hash: Hasher = nobleSha256): Uint8Array => {
  const commits = new Map(Object.entries(withheld))
  for (const field of disclosed) {
    if (commits.has(field.name)) throw new RangeError(`field named twice: ${field.name}`)
    commits.set(field.name, commitField(field, hash))
  }
  return commitAll(Object.fromEntries(commits), hash)
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index])

/** Whether the disclosure, from whatever hand it comes, belongs to the leaf. Never throws. */
export const disclosureFits = (leaf: Leaf, disclosure: Disclosure, hash: Hasher = nobleSha256): boolean => {
  try {
    return sameBytes(openFields(disclosure, hash), leaf.commit)
  } catch {
    // Twice the same name, or a value that has no canonical form: such a disclosure proves nothing.
    return false
  }
}

/** What is written to the log: `{"commit":"…","v":1}`, 62 bytes. */
export const leafBytes = ({ v, commit }: Leaf): Uint8Array => canonicalBytes({ v, commit: toBase64url(commit) })

/** Reads what leafBytes wrote; undefined for anything else, a differently written equal value included. */
export const readLeaf = (bytes: Uint8Array): Leaf | undefined => {
  const match = /^\{"commit":"([\w-]{43})","v":1\}$/.exec(new TextDecoder().decode(bytes))
  const commit = fromBase64url(match?.[1] ?? '')
  if (commit?.length !== commitBytes) return undefined
  const leaf: Leaf = { v: 1, commit }
  return sameBytes(leafBytes(leaf), bytes) ? leaf : undefined
}

/** RFC 6962 section 2.1: a leaf is hashed behind 0x00, a node behind 0x01, so that neither passes for the other. */
export const leafHash = (bytes: Uint8Array, hash: Hasher = nobleSha256): Uint8Array =>
  hash(concatBytes(Uint8Array.of(0), bytes))
