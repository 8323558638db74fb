import { lastLog } from '#server/ledger/identity.ts'
import type { PublishedByUs } from '#server/ledger/published.ts'
import type { SecondHome } from '#server/ledger/secondHome.ts'
import { openTree, readHead } from '#server/ledger/sequence.ts'
import type { Queries, TreeName } from '#server/ledger/tiles.ts'
import { LedgerTrouble } from '#server/ledger/trouble.ts'
import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import type { Capability } from '#server/platform/stream.ts'
import { growingTree } from '#translog/growingTree.ts'
import { sameBytes } from '#translog/merkle.ts'
import { writeKeptCheckpoints } from './keptCheckpoints.ts'
import { findInTheWay, refuseInTheWay } from './madeSince.ts'
import { isAct } from './records.ts'
import type { Part } from './settle.ts'
import { journalEntries, verifyJournal } from './verify.ts'
import { raiseCounters, writeActs, writeEntries, writeLog, writeTree } from './write.ts'

export type Replayed = Part & {
  readonly events: number
  readonly commands: number
  /** Whose salt is erased: what they say cannot be compared with the leaf any more and is taken as it lies there. */
  readonly closed: number
}

export type ReplayOptions = {
  readonly capabilities: readonly Capability[]
  readonly onProgress?: (done: number, of: number) => void
}

/** How far the database has come in the log that lies in the second folder; undefined where it is on a later one. */
export const sizeInDatabase = async (db: Queries, { number }: PublishedByUs): Promise<number | undefined> => {
  const last = await lastLog(db)
  if (last && last.number > number) return undefined
  return (await readHead(db, { log: number, hash: 'sha256' }))?.size ?? 0
}

const treeOf = async (db: Queries, name: TreeName) => {
  const head = await readHead(db, name)
  return head ? openTree(db, name, head) : growingTree(0, [], nodeSha256)
}

/**
 * Writes what the second folder has beyond the database, inside the transaction it finds open: nothing before every line
 * was found to be what its leaf commits to and all of them together what was signed.
 */
export const replay = async (
  db: Queries,
  home: SecondHome,
  published: PublishedByUs,
  { capabilities, onProgress }: ReplayOptions,
): Promise<Replayed> => {
  const { number: log, checkpoint } = published
  // Nobody writes an act beside it; reading goes on.
  await db.query('lock table core.event, core.command, ledger.outbox, ledger.head in share row exclusive mode')
  const tree = await treeOf(db, { log, hash: 'sha256' })
  const from = tree.size()
  const { hashes, filled } = await verifyJournal(db, home, published, tree)
  for await (const entries of journalEntries(home, from, checkpoint.size))
    refuseInTheWay(await findInTheWay(db, entries.filter(isAct)))
  const known = new Map(capabilities.map((capability) => [capability.kind, capability]))
  const { rows: logs } = await db.query('select from ledger.log where number = $1', [log])
  let [events, commands, closed, done] = [0, 0, 0, 0]
  for await (const entries of journalEntries(home, from, checkpoint.size)) {
    const [first] = entries
    if (logs.length === 0 && done === 0 && first) await writeLog(db, published, first)
    const expected = hashes.slice(done, done + entries.length)
    if (entries.some(({ leafHash }, at) => !sameBytes(leafHash, expected[at] ?? new Uint8Array(0))))
      throw new LedgerTrouble('journalDamaged', '第二存放处的日志在读的时候变了，没有补回任何记录', '再启动一次')
    const acts = entries.filter(isAct)
    const written = await writeActs(db, acts)
    await writeEntries(db, log, entries)
    await raiseCounters(db, known, acts)
    events += written.events
    commands += written.commands
    closed += acts.filter(({ salt }) => salt === null).length
    done += entries.length
    onProgress?.(done, hashes.length)
  }
  await writeKeptCheckpoints(db, home, published, from)
  await writeTree(db, published, filled)
  return { log, from, to: checkpoint.size, events, commands, closed }
}
