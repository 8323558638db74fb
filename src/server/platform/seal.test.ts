import { describe, expect, test } from 'vitest'
import { discloseFields, disclosureFits, leafHash, readLeaf } from '#translog/leaf.ts'
import { currentSealing, fieldsOf, leafUnder, type SealedEvent, sealLeaf } from './seal.ts'

const event: SealedEvent = {
  id: '018f3f1e-0000-7000-8000-000000000004',
  type: 'hazard.report',
  v: 1,
  body: { place: '北帮' },
  kind: 'hazard',
  tenantId: '018f3f1e-0000-7000-8000-000000000001',
  streamId: '018f3f1e-0000-7000-8000-000000000002',
  version: 1,
  accountId: '018f3f1e-0000-7000-8000-000000000003',
  role: 'worker',
  personId: null,
  commandId: '018f3f1e-0000-7000-8000-000000000005',
  commandHash: new Uint8Array(32).fill(5),
  number: 7,
  rulebookVersion: '2024-01',
  receivedAt: '2023-07-03T01:00:00.000Z',
  capturedAt: null,
}

describe('the leaf of an event', () => {
  test('shows a commitment and nothing of what happened', () => {
    const { leaf } = sealLeaf(event)
    expect(leaf.toString()).toMatch(/^\{"commit":"[\w-]{43}","v":1\}$/)
  })

  test('its hash is that of RFC 6962; equal events have different leaves', () => {
    const [one, other] = [sealLeaf(event), sealLeaf(event)]
    expect(Buffer.from(leafHash(one.leaf))).toEqual(one.leafHash)
    expect(one.leaf).not.toEqual(other.leaf)
    expect(one.salt).toHaveLength(32)
  })

  test('its salt opens it, field by field; another salt or another record does not', () => {
    const { leaf, salt } = sealLeaf(event)
    const read = readLeaf(leaf)
    if (!read) throw new Error('no leaf')
    const shown = new Set(['kind', 'receivedAt'])
    const fields = fieldsOf(event, currentSealing)
    expect(disclosureFits(read, discloseFields(fields, salt, shown))).toBe(true)
    expect(disclosureFits(read, discloseFields(fields, sealLeaf(event).salt, shown))).toBe(false)
    expect(disclosureFits(read, discloseFields({ ...fields, role: 'principal' }, salt, shown))).toBe(false)
    expect(disclosureFits(read, discloseFields({ ...fields, record: {} }, salt, shown))).toBe(false)
  })

  test('changes with everything it vouches for', () => {
    const { leaf, salt } = sealLeaf(event)
    expect(leafUnder(salt, event, currentSealing).leaf).toEqual(leaf)
    const others: readonly Partial<SealedEvent>[] = [
      { id: '018f3f1e-0000-7000-8000-00000000000f' },
      { type: 'hazard.close' },
      { v: 2 },
      { body: {} },
      { kind: 'mine' },
      { tenantId: event.streamId },
      { streamId: event.tenantId },
      { version: 2 },
      { accountId: event.id },
      { role: 'principal' },
      { personId: event.id },
      { commandId: event.id },
      { commandHash: new Uint8Array(32) },
      { number: null },
      { rulebookVersion: '2024-02' },
      { receivedAt: '2023-07-03T01:00:00.001Z' },
      { capturedAt: event.receivedAt },
    ]
    expect(others.flatMap(Object.keys).sort()).toEqual(Object.keys(event).sort())
    for (const other of others)
      expect(leafUnder(salt, { ...event, ...other }, currentSealing).leaf, JSON.stringify(other)).not.toEqual(leaf)
  })

  test('made by the first sealing is still computed as it was', () => {
    const salt = new Uint8Array(32).fill(7)
    expect(Object.keys(fieldsOf(event, 1))).not.toContain('provenance')
    expect(leafUnder(salt, event, 1).leaf).not.toEqual(leafUnder(salt, event, 2).leaf)
    expect(() => fieldsOf(event, 3)).toThrow(RangeError)
  })
})
