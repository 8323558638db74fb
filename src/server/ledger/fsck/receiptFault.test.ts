import { describe, expect, test } from 'vitest'
import { nodeEd25519 } from '#server/ledger/nodeEd25519.ts'
import { seal } from '#server/platform/append.ts'
import { ed25519Signer } from '#translog/ed25519.ts'
import { keyRing } from './keyRing.ts'
import { noMemory } from './leafMemory.ts'
import { type ActLine, actRecord } from './sealedRecord.ts'

const signer = ed25519Signer('bihuan/0123456789ab/1', new Uint8Array(32).fill(7), nodeEd25519)
const keys = keyRing((origin) => (origin === signer.name ? signer.vkey : undefined), new Map(), noMemory)

const id = (last: string) => `0192f0c4-0000-7000-8000-00000000${last}`

const scope = { kind: 'tenants' as const, ids: [id('0001')] }

/** A command of two events as `execute` seals it, each as a line of the journal. */
const linesOf = (): readonly ActLine[] => {
  const sealed = seal(
    {
      command: { id: id('c001'), tenantId: id('0001'), streamId: id('5001'), act: 'hazard.report', body: {} },
      kind: 'hazard',
      div: '140404',
      actor: { accountId: id('a001'), homeTenantId: id('0001'), role: 'worker', scope },
      hash: Buffer.alloc(32, 3),
      fromVersion: 4,
      events: [
        { type: 'hazard.report', v: 1, body: { place: '北帮' } },
        { type: 'hazard.control', v: 1, body: { stop: 'partial' } },
      ],
      now: new Date('2023-07-31T01:00:05.120Z'),
      number: 7,
      rulebookVersion: '2023-07-01',
    },
    signer,
  )
  const { receipt } = sealed
  return sealed.events.map((event, index) => ({
    index,
    leaf: event.leaf.toString('base64'),
    outbox: index + 1,
    at: event.receivedAt,
    sealing: 2,
    event: {
      tenant_id: event.tenantId,
      stream_id: event.streamId,
      version: event.version,
      div: '140404',
      id: event.id,
      kind: event.kind,
      type: event.type,
      v: event.v,
      body: { ...(event.type === 'hazard.report' ? { place: '北帮' } : { stop: 'partial' }) },
      account_id: event.accountId,
      role: event.role,
      person_id: null,
      command_id: event.commandId,
      rulebook_version: event.rulebookVersion,
      captured_at: null,
      // As PostgreSQL writes it, in whatever time zone the session is.
      received_at: '2023-07-31T09:00:05.12+08:00',
    },
    salt: event.salt.toString('base64'),
    command: {
      tenant_id: event.tenantId,
      id: event.commandId,
      div: '140404',
      hash: Buffer.alloc(32, 3).toString('base64'),
      receipt: JSON.parse(JSON.stringify(receipt)),
      received_at: '2023-07-31T01:00:05.12+00:00',
    },
    log: null,
  }))
}

const [first, second] = linesOf()
if (!first || !second) throw new Error('two events')

const judge = (line: ActLine) => {
  const record = actRecord(line, keys)
  if (record.kind !== 'act') throw new Error(record.kind)
  return { opens: record.computed === record.stated, fault: record.fault }
}

const withReceipt = (change: Readonly<Record<string, unknown>>): ActLine => ({
  ...first,
  command: { ...first.command, receipt: { ...first.command.receipt, ...JSON.parse(JSON.stringify(change)) } },
})

describe('a record looked at by itself', () => {
  test('that is honest opens its leaf and bears a signed receipt, each event of its command in its place', () => {
    expect([judge(first), judge(second)]).toEqual([
      { opens: true, fault: undefined },
      { opens: true, fault: undefined },
    ])
  })

  test('whose body or author was altered does not open its leaf; where it is routed to is no part of it', () => {
    const altered = { ...first, event: { ...first.event, body: { place: '南帮' } } }
    expect(judge(altered).opens).toBe(false)
    expect(judge({ ...first, event: { ...first.event, role: 'principal' } }).opens).toBe(false)
    expect(judge({ ...first, event: { ...first.event, div: '140425' } }).opens).toBe(true)
  })

  test('whose receipt says something else, or more, is found though the leaf opens', () => {
    expect(judge(withReceipt({ rulebookVersion: '2024-01-01' }))).toEqual({ opens: true, fault: 'receipt' })
    expect(judge(withReceipt({ added: true }))).toEqual({ opens: true, fault: 'receipt' })
    expect(judge(withReceipt({ version: 7 }))).toEqual({ opens: true, fault: 'receipt' })
    // The registered number is sealed in the leaf.
    expect(judge(withReceipt({ number: 8 })).opens).toBe(false)
  })

  test('whose receipt nobody of ours signed is no act of the system', () => {
    const stranger = ed25519Signer(signer.name, new Uint8Array(32).fill(8), nodeEd25519)
    const others = keyRing(() => stranger.vkey, new Map(), noMemory)
    const record = actRecord(first, others)
    expect(record.kind === 'act' && record.fault).toBe('unsigned')
    const { signed: _, ...unsigned } = first.command.receipt
    expect(judge({ ...first, command: { ...first.command, receipt: unsigned } }).fault).toBe('unsigned')
  })

  test('whose times are not one instant, or finer than a millisecond, was written by somebody else', () => {
    expect(judge({ ...first, at: '2023-07-31T01:00:05.121Z' }).fault).toBe('time')
    expect(judge({ ...first, event: { ...first.event, received_at: '2023-07-31T01:00:05.120001+00:00' } }).fault).toBe(
      'time',
    )
  })
})
