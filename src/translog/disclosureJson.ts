import { fromBase64url } from './base64url.ts'
import { canonicalBytes, canonicalJson, type JsonValue } from './canonicalJson.ts'
import type { DisclosedField, Disclosure } from './leaf.ts'
import { textOf } from './utf8.ts'

/**
 * A disclosure as it stands in the `extra` of a proof: canonical JSON of
 * `{"disclosed":[{"name","salt","value"}…],"withheld":{name: commit}}`, the fields in the order of their names. One
 * disclosure has one text: whatever could be written otherwise would be something that nobody vouches for.
 */
export type DisclosureProblem =
  | 'notUtf8'
  | 'notJson'
  | 'tooDeep'
  | 'notCanonical'
  | 'shape'
  | 'unknownProperty'
  | 'salt'
  | 'commit'
  | 'nameTwice'
  | 'order'
  | 'empty'

export type DisclosureRead =
  | { readonly ok: true; readonly disclosure: Disclosure }
  | { readonly ok: false; readonly problem: DisclosureProblem; readonly name?: string }

/** What is nested deeper than any record would overflow the stack of whoever hashes or shows it. */
const mostDepth = 64
const saltBytes = 16
const commitBytes = 32

type JsonObject = { readonly [name: string]: JsonValue }

const isList = (value: JsonValue | undefined): value is readonly JsonValue[] => Array.isArray(value)
const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const bytesIn = (text: JsonValue | undefined): number | undefined =>
  typeof text === 'string' ? fromBase64url(text)?.length : undefined

const problem = (what: DisclosureProblem, name?: string): DisclosureRead => ({
  ok: false,
  problem: what,
  ...(name !== undefined && { name }),
})

const unknownName = (value: JsonObject, known: readonly string[]): string | undefined =>
  Object.keys(value).find((name) => !known.includes(name))

const readField = (value: JsonValue): DisclosedField | DisclosureRead => {
  if (!isObject(value)) return problem('shape')
  const unknown = unknownName(value, ['name', 'salt', 'value'])
  if (unknown !== undefined) return problem('unknownProperty', unknown)
  const { name, salt, value: shown } = value
  if (typeof name !== 'string' || typeof salt !== 'string' || shown === undefined) return problem('shape')
  if (bytesIn(salt) !== saltBytes) return problem('salt', name)
  return { name, value: shown, salt }
}

const isProblem = (read: DisclosedField | DisclosureRead): read is DisclosureRead => 'ok' in read

const readFields = (list: readonly JsonValue[]): readonly DisclosedField[] | DisclosureRead => {
  const fields: DisclosedField[] = []
  for (const one of list) {
    const read = readField(one)
    if (isProblem(read)) return read
    const before = fields.at(-1)?.name
    if (before === read.name) return problem('nameTwice', read.name)
    if (before !== undefined && before > read.name) return problem('order', read.name)
    fields.push(read)
  }
  return fields
}

const readValue = (value: JsonValue): DisclosureRead => {
  if (!isObject(value)) return problem('shape')
  const unknown = unknownName(value, ['disclosed', 'withheld'])
  if (unknown !== undefined) return problem('unknownProperty', unknown)
  const { disclosed, withheld } = value
  if (!isList(disclosed) || !isObject(withheld)) return problem('shape')
  const fields = readFields(disclosed)
  if ('ok' in fields) return fields
  const commits: [string, string][] = []
  for (const [name, commit] of Object.entries(withheld)) {
    if (typeof commit !== 'string' || bytesIn(commit) !== commitBytes) return problem('commit', name)
    if (fields.some((field) => field.name === name)) return problem('nameTwice', name)
    commits.push([name, commit])
  }
  if (fields.length + commits.length === 0) return problem('empty')
  return { ok: true, disclosure: { disclosed: fields, withheld: Object.fromEntries(commits) } }
}

const valueIn = (text: string): { readonly value: JsonValue } | undefined => {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}

const isWithin = (value: JsonValue, depth: number): boolean => {
  if (!isList(value) && !isObject(value)) return true
  return depth > 0 && Object.values(value).every((inner) => isWithin(inner, depth - 1))
}

const isCanonical = (value: JsonValue, text: string): boolean => {
  try {
    return canonicalJson(value) === text
  } catch {
    return false
  }
}

/** Reads what disclosureBytes wrote and nothing else. Never throws. */
export const readDisclosure = (bytes: Uint8Array): DisclosureRead => {
  const text = textOf(bytes)
  if (text === undefined) return problem('notUtf8')
  const parsed = valueIn(text)
  if (!parsed) return problem('notJson')
  if (!isWithin(parsed.value, mostDepth)) return problem('tooDeep')
  // A name that stands twice in an object is lost in JSON.parse, and is found here.
  if (!isCanonical(parsed.value, text)) return problem('notCanonical')
  return readValue(parsed.value)
}

const byName = (a: DisclosedField, b: DisclosedField): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)

export const disclosureBytes = ({ disclosed, withheld }: Disclosure): Uint8Array =>
  canonicalBytes({
    disclosed: [...disclosed].sort(byName).map(({ name, salt, value }) => ({ name, salt, value })),
    withheld,
  })
