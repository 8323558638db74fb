import type { Draw } from './attack.ts'

/** A new value as SQL over the old one, `$1` its parameter; undefined where the old one has no other. */
export type Change = { readonly sql: string; readonly value: string }

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }

const flipCharacter = (text: string, draw: Draw): string => {
  if (text === '') return 'x'
  const at = draw.below(text.length)
  const old = text[at] ?? ''
  const next = old === '7' ? '8' : '7'
  return text.slice(0, at) + next + text.slice(at + 1)
}

const isObject = (value: Json): value is { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isList = (value: Json): value is readonly Json[] => Array.isArray(value)

/** One thing changed anywhere inside. */
export const changeJson = (value: Json, draw: Draw): Json => {
  if (typeof value === 'string') return flipCharacter(value, draw)
  if (typeof value === 'number') return value + 1
  if (typeof value === 'boolean') return !value
  if (isList(value)) {
    if (value.length === 0) return ['added']
    const at = draw.below(value.length)
    return draw.random() < 0.2 ? value.toSpliced(at, 1) : value.with(at, changeJson(value[at] ?? null, draw))
  }
  if (!isObject(value)) return 'was null'
  const name = draw.of(Object.keys(value))
  const chance = draw.random()
  if (name === undefined || chance < 0.1) return { ...value, added: true }
  if (chance < 0.2) return Object.fromEntries(Object.entries(value).filter(([each]) => each !== name))
  return { ...value, [name]: changeJson(value[name] ?? null, draw) }
}

const randomHex = (digits: number, draw: Draw): string =>
  Array.from({ length: digits }, () => draw.below(16).toString(16)).join('')

const randomUuid = (draw: Draw): string =>
  `${randomHex(8, draw)}-${randomHex(4, draw)}-7${randomHex(3, draw)}-8${randomHex(3, draw)}-${randomHex(12, draw)}`

const flipBit = (text: string, draw: Draw): string => {
  const bytes = Buffer.from(text.slice(2), 'hex')
  const at = draw.below(bytes.length)
  bytes[at] = (bytes[at] ?? 0) ^ (1 << draw.below(8))
  return `\\x${bytes.toString('hex')}`
}

const steps = [1, -1, 2, 7, 100, 100_000]
const shifts = ['-1 day', '-1 year', '-1 hour', '1 day', '1 millisecond', '-1 microsecond']
const parse = (text: string): Json => JSON.parse(text)

export type Column = { readonly name: string; readonly type: string; readonly nullable: boolean }

export const changedValue = ({ name, type, nullable }: Column, old: string | null, draw: Draw): Change | undefined => {
  const set = (value: string): Change => ({ sql: `$1::text::${type}`, value })
  if (old !== null && nullable && draw.random() < 0.3) return { sql: `nullif($1, $1)::text::${type}`, value: '' }
  if (name === 'hash' && type === 'text') return set('sm3')
  switch (type) {
    case 'uuid':
      return set(randomUuid(draw))
    case 'bytea':
      return old === null ? set(`\\x${randomHex(64, draw)}`) : set(flipBit(old, draw))
    case 'jsonb':
      return set(JSON.stringify(changeJson(parse(old ?? 'null'), draw)))
    case 'timestamp with time zone':
      return old === null
        ? set('2023-01-01T00:00:00Z')
        : { sql: `"${name}" + $1::text::interval`, value: draw.of(shifts) ?? '' }
    case 'integer':
    case 'bigint':
    case 'smallint': {
      const step = draw.of(steps) ?? 1
      // Lowered, the sequencer looks again at what it has looked at: nothing is changed by it.
      const moved = Number(old) + (name === 'settled' ? Math.abs(step) : step)
      return moved === Number(old) ? undefined : set(String(moved))
    }
    default:
      return set(flipCharacter(old ?? '', draw))
  }
}
