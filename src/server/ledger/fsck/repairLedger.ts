import type { PoolClient } from 'pg'
import { withJournalLock } from '#server/ledger/journalLock.ts'
import { settle } from '#server/ledger/replay/settle.ts'
import { LedgerTrouble } from '#server/ledger/trouble.ts'
import { recordVerification } from '#server/ledger/verification.ts'
import { rebuild } from '#server/platform/rebuild/rebuild.ts'
import type { Capability } from '#server/platform/stream.ts'
import { type CheckOptions, checkLedger, examineOptions, reportOf } from './checkLedger.ts'
import { type Examined, examine } from './examine.ts'
import type { FindingKind } from './finding.ts'
import { type Found, type Hand, isRepairable, type Mend, phases } from './found.ts'
import { withGuardsOff } from './guards.ts'
import { putAsideInto } from './quarantine.ts'
import type { LedgerReport, Repaired } from './report.ts'
import { restoreRecords } from './restoreRecords.ts'
import type { Truth } from './truth.ts'

export type RepairOptions = CheckOptions & {
  /** For the rebuild of the read tables afterwards. */
  readonly adminUrl: string
  readonly capabilities: readonly Capability[]
  readonly now: Date
  /** Where files lie that events name: looked at where events were put back. */
  readonly dataDir?: string
  /** Tells what would be done and changes nothing. */
  readonly dry?: boolean
}

type Plan = { readonly truths: readonly Truth[]; readonly mends: readonly Mend[] }

const planOf = (found: readonly Found[]): Plan => {
  const mends = new Map<string, Mend>()
  for (const one of found) for (const mend of one.mends ?? []) mends.set(`${mend.phase} ${mend.key}`, mend)
  const truths = new Map(found.flatMap(({ restores }) => (restores ? [[restores.index, restores] as const] : [])))
  return { truths: [...truths.values()].sort((a, b) => a.index - b.index), mends: [...mends.values()] }
}

const stepsOf = ({ truths, mends }: Plan): readonly string[] => [
  ...mends.filter(({ phase }) => phase === 'strays').map(({ step }) => step),
  ...truths.map(
    ({ index, line: { event } }) =>
      `恢复存证第 ${index} 条（单位 ${event.tenant_id}，记录 ${event.stream_id}，第 ${event.version} 次办理）`,
  ),
  ...phases.flatMap((phase) =>
    phase === 'strays' ? [] : mends.filter((mend) => mend.phase === phase).map(({ step }) => step),
  ),
]

const carryOut = async ({ truths, mends }: Plan, hand: Hand, capabilities: readonly Capability[]): Promise<void> => {
  for (const phase of phases) {
    if (phase === 'records' && truths.length > 0) await restoreRecords(hand, truths, capabilities)
    for (const mend of mends) if (mend.phase === phase) await mend.run(hand)
  }
}

/** One repair may lay bare what another has to put right. */
const mostRounds = 4

/**
 * In the order in which a command takes them: whoever has begun ends first, whoever comes later waits before he holds
 * anything. A command holds the heads it has read until it ends, so those are waited for too.
 */
const locks = [
  'lock table core.stream in exclusive mode',
  `lock table core.counter, core.event, core.command, private.leaf_salt, ledger.outbox, ledger.entry, ledger.tile, ledger.head,
     ledger.checkpoint, ledger.log in share row exclusive mode`,
]

type Done = {
  readonly before: LedgerReport
  readonly steps: readonly string[]
  readonly plan: Plan
  readonly quarantined: number
}

/** Acts of two histories in one place: which of them stays is not for a program to say. */
const isMadeSince = (found: readonly { readonly kind: FindingKind }[]): boolean =>
  found.some(({ kind }) => kind === 'madeSince')

const inTransaction = async (
  client: PoolClient,
  options: RepairOptions,
): Promise<Done & { readonly applied: boolean }> => {
  const { capabilities, dry, now, home } = options
  // Locks before the snapshot: nobody writes from here on, and everybody reads on.
  await client.query('begin isolation level repeatable read')
  for (const lock of locks) await client.query(lock)
  const look = (guards = false): Promise<Examined> => examine({ ...examineOptions(options, client), guards })
  const first = await look(true)
  const before = reportOf(first, first.found)
  const plan = planOf(first.found)
  const steps = stepsOf(plan)
  const nothing = !first.found.some(isRepairable)
  if (dry || nothing || isMadeSince(first.found)) {
    await client.query('rollback')
    return { before, steps: isMadeSince(first.found) ? [] : steps, plan, quarantined: 0, applied: false }
  }
  const aside = putAsideInto(client, now)
  const hand: Hand = { db: client, home, putAside: aside.putAside }
  await withGuardsOff(client, async () => {
    let next = plan
    for (let round = 0; round < mostRounds; round += 1) {
      await carryOut(next, hand, capabilities)
      const { found } = await look()
      if (!found.some(isRepairable)) return
      next = planOf(found)
    }
    const [left] = (await look()).found.filter(isRepairable)
    throw new LedgerTrouble(
      'treeDamaged',
      `没有修好，数据库保持原样：${left?.message ?? ''}`,
      '保留现场；从备份恢复到另一个数据库再核对',
    )
  })
  await recordVerification(client, { source: 'fsck', log: before.log, size: before.size, findings: told(before) }, now)
  await client.query('commit')
  return { before, steps, plan, quarantined: aside.count(), applied: true }
}

/** So many are kept for the page; the rest are counted. */
const mostTold = 50

const told = ({ findings }: LedgerReport) => {
  const first = findings.slice(0, mostTold).map(({ kind, message, remedy }) => ({ code: kind, message, remedy }))
  const more = findings.length - first.length
  return more > 0 ? [...first, { code: 'more', message: `另有 ${more} 处`, remedy: '' }] : first
}

/** The read tables after the events; where events were put back, also what else follows from them. */
const followEvents = async (options: RepairOptions, { before, plan }: Done): Promise<number> => {
  const { adminUrl, capabilities, dataDir, db } = options
  const missing = new Set(
    before.findings.flatMap(({ kind, table, index }) =>
      kind === 'rowMissing' && table === 'core.event' && index !== undefined ? [index] : [],
    ),
  )
  const back = plan.truths.filter(({ index }) => missing.has(index))
  const [from, to] = [back[0]?.index, back.at(-1)?.index]
  if (dataDir === undefined || from === undefined || to === undefined)
    return (await rebuild({ adminUrl, capabilities })).differences
  return (await settle(db, { log: before.log, from, to: to + 1 }, { adminUrl, dataDir, capabilities })).rows
}

/**
 * Puts right what can be put right from what verifies, all of it or nothing, while nobody writes. What it takes out of the
 * way goes to ledger.quarantine.
 */
export const repairLedger = async (options: RepairOptions): Promise<Repaired> => {
  const client = await options.db.connect()
  let done: Awaited<ReturnType<typeof inTransaction>>
  try {
    // Taken first: whoever appends to the journal holds it while he waits for rows.
    done = await withJournalLock(client, () => inTransaction(client, options))
    client.release()
  } catch (error) {
    client.release(true)
    throw error
  }
  const { before, steps, quarantined, applied } = done
  if (options.dry) return { before, steps, quarantined, readRows: 0, after: undefined, applied }
  const after = await checkLedger(options)
  // What is not in order must not be folded into the read tables.
  const readRows = after.sound ? await followEvents(options, done) : 0
  return { before, steps, quarantined, readRows, after, applied }
}
