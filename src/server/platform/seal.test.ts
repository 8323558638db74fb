import { describe, expect, test } from 'vitest'
import { discloseFields, disclosureFits, leafHash, readLeaf } from '#translog/leaf.ts'
import { leafRecord, sealLeaf } from './seal.ts'

const fields = {
  kind: 'hazard.report',
  tenant: '018f3f1e-0000-7000-8000-000000000001',
  subject: '018f3f1e-0000-7000-8000-000000000002',
  version: 1,
  actor: '018f3f1e-0000-7000-8000-000000000003',
  role: 'worker',
  receivedAt: '2023-07-03T01:00:00.000Z',
  capturedAt: null,
  record: leafRecord({ type: 'hazard.report', v: 1, body: {} }, { place: '北帮' }),
}

describe('the leaf of an event', () => {
  test('shows a commitment and nothing of what happened', () => {
    const { leaf } = sealLeaf(fields)
    expect(leaf.toString()).toMatch(/^\{"commit":"[\w-]{43}","v":1\}$/)
  })

  test('its hash is that of RFC 6962; equal events have different leaves', () => {
    const [one, other] = [sealLeaf(fields), sealLeaf(fields)]
    expect(Buffer.from(leafHash(one.leaf))).toEqual(one.leafHash)
    expect(one.leaf).not.toEqual(other.leaf)
    expect(one.salt).toHaveLength(32)
  })

  test('its salt opens it, field by field; another salt or another record does not', () => {
    const { leaf, salt } = sealLeaf(fields)
    const read = readLeaf(leaf)
    if (!read) throw new Error('no leaf')
    const shown = new Set(['kind', 'receivedAt'])
    expect(disclosureFits(read, discloseFields(fields, salt, shown))).toBe(true)
    expect(disclosureFits(read, discloseFields(fields, sealLeaf(fields).salt, shown))).toBe(false)
    expect(disclosureFits(read, discloseFields({ ...fields, role: 'principal' }, salt, shown))).toBe(false)
    expect(disclosureFits(read, discloseFields({ ...fields, record: {} }, salt, shown))).toBe(false)
  })
})
