import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson, type JsonValue } from './canonicalJson.ts'
import { discloseFields, disclosureFits, leafBytes, leafHash, openFields, readLeaf, sealFields } from './leaf.ts'

const salt = new Uint8Array(32).fill(7)

const visit: Record<string, JsonValue> = {
  kind: 'inspection.visit.planned',
  tenant: '1404-bureau',
  subject: 'F05',
  actor: 'account-17',
  role: 'enforcement',
  deviceTime: null,
  serverTime: '2023-09-15T01:00:00.000Z',
  prev: null,
  record: { unannounced: true, mines: ['F05'] },
}

const hex = (text: string) => bytesToHex(leafHash(utf8ToBytes(text)))

// JSON.parse is the only way by which a disclosure reaches a verifier.
const jsonValue = fc.jsonValue({ maxDepth: 2 }).map((value): JsonValue => JSON.parse(JSON.stringify(value)))
const anyFields = fc.dictionary(fc.string({ minLength: 1, maxLength: 12 }), jsonValue, { minKeys: 1, maxKeys: 9 })
const anySalt = fc.uint8Array({ minLength: 32, maxLength: 32 })

describe('a leaf', () => {
  test('is hashed as RFC 6962 says (vectors of Certificate Transparency)', () => {
    expect(hex('')).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d')
    expect(hex('\0')).toBe('96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7')
  })

  test('shows a version and a commitment and nothing of the act', () => {
    const { commit } = sealFields(visit, salt)
    const written = new TextDecoder().decode(leafBytes({ v: 1, commit }))
    expect(written).toMatch(/^\{"commit":"[\w-]{43}","v":1\}$/)
    expect(readLeaf(utf8ToBytes(written))).toEqual({ v: 1, commit })
  })

  test('written in any other way is not read', () => {
    const written = new TextDecoder().decode(leafBytes({ v: 1, commit: sealFields(visit, salt).commit }))
    for (const other of [
      written.replace('"v":1', '"v":2'),
      written.replace(',', ', '),
      `${written}\n`,
      `\ufeff${written}`,
      written.replace('"v":1', '"v":1,"x":1'),
      '{"commit":"","v":1}',
      '',
    ]) {
      expect(readLeaf(utf8ToBytes(other))).toBeUndefined()
    }
  })
})

describe('sealing', () => {
  test('is the same for the same fields in any order, on any day: the format is fixed for ever', () => {
    const { commit, fieldCommits } = sealFields(visit, salt)
    const reversed = Object.fromEntries(Object.entries(visit).reverse())
    expect(sealFields(reversed, salt).commit).toEqual(commit)
    expect(fieldCommits.kind).toBe('M_cWAoedXLIDLmyoKiitrKOaUoCoWCW2ETrW45uqk5M')
    expect(bytesToHex(commit)).toBe('f3999ebfd8cdb934946c060c21d169ab3d2e8eca88332a7ce783b75c757ef19e')
  })

  test('asks for 32 bytes of salt', () => {
    expect(() => sealFields(visit, new Uint8Array(16))).toThrow(RangeError)
  })

  test('any changed, added, removed or renamed field changes the commitment', () => {
    fc.assert(
      fc.property(
        anyFields,
        anySalt,
        jsonValue,
        fc.nat(),
        fc.string({ minLength: 1 }),
        (fields, leafSalt, other, pick, extra) => {
          const names = Object.keys(fields)
          const name = names[pick % names.length] ?? ''
          const { commit } = sealFields(fields, leafSalt)
          const without = Object.fromEntries(Object.entries(fields).filter(([each]) => each !== name))
          expect(sealFields(without, leafSalt).commit).not.toEqual(commit)
          if (!names.includes(extra)) {
            expect(sealFields({ ...fields, [extra]: null }, leafSalt).commit).not.toEqual(commit)
            expect(sealFields({ ...without, [extra]: fields[name] ?? null }, leafSalt).commit).not.toEqual(commit)
          }
          if (canonicalJson(other) !== canonicalJson(fields[name] ?? null)) {
            expect(sealFields({ ...fields, [name]: other }, leafSalt).commit).not.toEqual(commit)
          }
        },
      ),
    )
  })

  test('another salt changes the commitment of every field', () => {
    const a = sealFields(visit, salt)
    const b = sealFields(visit, new Uint8Array(32).fill(8))
    expect(a.commit).not.toEqual(b.commit)
    for (const name of Object.keys(visit)) expect(a.fieldCommits[name]).not.toBe(b.fieldCommits[name])
  })

  test('equal values under two names have different commitments and salts', () => {
    const { fieldCommits } = sealFields({ a: 1, b: 1 }, salt)
    expect(fieldCommits.a).not.toBe(fieldCommits.b)
    const { disclosed } = discloseFields({ a: 1, b: 1 }, salt, new Set(['a', 'b']))
    expect(new Set(disclosed.map((field) => field.salt)).size).toBe(2)
  })
})

describe('a disclosure', () => {
  const leaf = { v: 1, commit: sealFields(visit, salt).commit } as const

  test('of any part of the fields fits its leaf, after travelling as JSON too', () => {
    fc.assert(
      fc.property(
        anyFields,
        anySalt,
        fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }),
        (fields, leafSalt, mask) => {
          const shown = new Set(Object.keys(fields).filter((_, index) => mask[index]))
          const disclosure = discloseFields(fields, leafSalt, shown)
          const sealed = { v: 1, commit: sealFields(fields, leafSalt).commit } as const
          expect(openFields(disclosure)).toEqual(sealed.commit)
          expect(disclosureFits(sealed, JSON.parse(JSON.stringify(disclosure)))).toBe(true)
          expect(disclosure.disclosed).toHaveLength(shown.size)
        },
      ),
    )
  })

  test('withholds values and salts: what is not shown is nowhere in it', () => {
    const written = JSON.stringify(discloseFields(visit, salt, new Set(['kind', 'serverTime'])))
    for (const hidden of ['account-17', 'unannounced', 'F05', '1404-bureau']) expect(written).not.toContain(hidden)
    expect(written).toContain('inspection.visit.planned')
  })

  test('with a wrong value, salt, name or commitment is refused', () => {
    const good = discloseFields(visit, salt, new Set(['kind', 'subject']))
    const [kind, subject] = good.disclosed
    if (kind === undefined || subject === undefined) throw new Error('two fields were disclosed')
    expect(disclosureFits(leaf, good)).toBe(true)
    const bad = [
      { ...good, disclosed: [kind, { ...subject, value: 'F06' }] },
      { ...good, disclosed: [kind, { ...subject, value: ['F05'] }] },
      { ...good, disclosed: [kind, { ...subject, salt: kind.salt }] },
      { ...good, disclosed: [kind, { ...subject, name: 'object' }] },
      { ...good, disclosed: [kind] },
      { ...good, withheld: { ...good.withheld, actor: good.withheld.role ?? '' } },
      { ...good, withheld: {} },
    ]
    for (const each of bad) expect(disclosureFits(leaf, each)).toBe(false)
  })

  test('that names a field twice is refused, so no two values can hide under one name', () => {
    const good = discloseFields(visit, salt, new Set(['kind']))
    const [kind] = good.disclosed
    if (kind === undefined) throw new Error('one field was disclosed')
    const twice = { ...good, disclosed: [{ ...kind, value: 'something else' }, kind] }
    expect(() => openFields(twice)).toThrow(RangeError)
    expect(disclosureFits(leaf, twice)).toBe(false)
    expect(disclosureFits(leaf, { ...good, withheld: { ...good.withheld, kind: 'x' } })).toBe(false)
  })

  test('with a value that has no canonical form is refused, not thrown', () => {
    const good = discloseFields(visit, salt, new Set(['kind']))
    expect(disclosureFits(leaf, { ...good, disclosed: [{ name: 'kind', salt: 'x', value: '\ud800' }] })).toBe(false)
  })

  test('changed in any one byte of its JSON no longer fits', () => {
    const written = JSON.stringify(discloseFields(visit, salt, new Set(['kind', 'record'])))
    fc.assert(
      fc.property(fc.nat(written.length - 1), fc.integer({ min: 0x20, max: 0x7e }), (index, code) => {
        const changed = written.slice(0, index) + String.fromCharCode(code) + written.slice(index + 1)
        fc.pre(changed !== written)
        const parsed = parseDisclosure(changed)
        if (parsed !== undefined) expect(disclosureFits(leaf, parsed)).toBe(false)
      }),
      { numRuns: 1000 },
    )
  })

  test('can still be made of the rest when one field and its salt are erased', () => {
    const kept = discloseFields(visit, salt, new Set(Object.keys(visit).filter((name) => name !== 'actor')))
    expect(Object.keys(kept.withheld)).toEqual(['actor'])
    expect(disclosureFits(leaf, kept)).toBe(true)
  })
})

const parseDisclosure = (json: string) => {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
