import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { PoolClient } from 'pg'
import { type Begun, beginAfterRestore } from '#server/ledger/beginAnew.ts'
import { behindAfterRestore } from '#server/ledger/behind.ts'
import { type LedgerKeys, openKeys } from '#server/ledger/keys.ts'
import { publishedByUs } from '#server/ledger/published.ts'
import { forgetRestored } from '#server/ledger/restoredMark.ts'
import { secondFolderOf } from '#server/ledger/secondFolder.ts'
import { openSecondHome, type SecondHome } from '#server/ledger/secondHome.ts'
import { sequencerLock } from '#server/ledger/sequencer.ts'
import { LedgerTrouble } from '#server/ledger/trouble.ts'
import { findingOf, recordRecovery, recordVerification } from '#server/ledger/verification.ts'
import { createPool, type DatabasePool } from '#server/platform/database/pool.ts'
import { codeOf } from '#server/platform/database/trouble.ts'
import { describeReplayed, describeSettled } from './describe.ts'
import { type Replayed, replay, sizeInDatabase } from './replay.ts'
import { part, type Settled, type SettleOptions, settle } from './settle.ts'

export type BroughtBack =
  /** Nothing is lacking, or nothing lies in the second folder that could be put back. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'wouldBring'; readonly replayed: Replayed }
  | { readonly kind: 'brought'; readonly replayed: Replayed; readonly settled: Settled }
  | { readonly kind: 'refused'; readonly trouble: LedgerTrouble }
  /** Restored, and nothing could be put back: a new log. */
  | { readonly kind: 'begun'; readonly begun: Begun }

export type BringBackOptions = SettleOptions & {
  readonly now: () => Date
  /** Does all of it and takes it back. */
  readonly dryRun?: boolean
  readonly onBegin?: (entries: number) => void
  readonly onProgress?: (done: number, of: number) => void
}

const key = 'replayed'

const inTransaction = async <T>(client: PoolClient, keep: boolean, work: () => Promise<T>): Promise<T> => {
  await client.query('begin')
  await client.query('set local idle_in_transaction_session_timeout = 0')
  try {
    const done = await work()
    await client.query(keep ? 'commit' : 'rollback')
    return done
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

/** No sequencer works beside it: one that has found the database old lets go of its lock every few seconds. */
const takeLock = async (client: PoolClient): Promise<void> => {
  try {
    await client.query(`set lock_timeout = '15s'`)
    await client.query('select pg_advisory_lock($1)', [sequencerLock])
  } catch (error) {
    if (codeOf(error) !== '55P03') throw error
    throw new LedgerTrouble('rolledBack', '另一个程序正在写存证，没有补回任何记录', '先停止正在运行的程序，再启动一次')
  } finally {
    await client.query('set lock_timeout = 0')
  }
}

/** What a replay that was broken off after its transaction still has to do. */
const unsettled = async (pool: DatabasePool): Promise<Replayed | undefined> => {
  const { rows } = await pool.query<{ value: unknown }>('select value from machinery.setting where key = $1', [key])
  const found = rows[0] && part.safeParse(rows[0].value).data
  return found && { ...found, events: 0, commands: 0, closed: 0 }
}

const finish = async (pool: DatabasePool, replayed: Replayed, options: BringBackOptions): Promise<Settled> => {
  const settled = await settle(pool, replayed, options)
  await recordVerification(
    pool,
    {
      source: 'replay',
      log: replayed.log,
      size: replayed.to,
      sound: true,
      findings: [
        { code: 'replayed', message: describeReplayed(replayed), remedy: describeSettled(settled).join('；') },
      ],
    },
    options.now(),
  )
  await pool.query('delete from machinery.setting where key = $1', [key])
  return settled
}

/** Undefined where there is nothing to put back. */
const replayIfOlder = async (
  client: PoolClient,
  found: { readonly keys: LedgerKeys; readonly home: SecondHome },
  options: BringBackOptions,
): Promise<Replayed | undefined> => {
  const published = await publishedByUs(client, found.keys, found.home)
  const size = published && (await sizeInDatabase(client, published))
  if (!published || size === undefined) return undefined
  if (size >= published.checkpoint.size) {
    // Nothing is lacking (any more): what an earlier start said of it is over.
    if (options.dryRun !== true) await recordRecovery(client, 'replay', published.number, options.now())
    return undefined
  }
  options.onBegin?.(published.checkpoint.size - size)
  await takeLock(client)
  return inTransaction(client, options.dryRun !== true, async () => {
    const replayed = await replay(client, found.home, published, options)
    const { log, from, to } = replayed
    await client.query('insert into machinery.setting (key, value) values ($1, $2)', [
      key,
      JSON.stringify({ log, from, to }),
    ])
    return replayed
  })
}

/** A folder that cannot be read keeps nobody from working either. */
const asTrouble = (error: unknown): LedgerTrouble | undefined => {
  if (error instanceof LedgerTrouble) return error
  if (!(error instanceof Error) || !('syscall' in error) || !('path' in error)) return undefined
  return new LedgerTrouble(
    'folder',
    '第二存放处读不了',
    '检查 U 盘或共享是否在线、权限对不对，再启动一次',
    error.message,
  )
}

const refused = async (pool: DatabasePool, trouble: LedgerTrouble, now: Date): Promise<BroughtBack> => {
  const { rows } = await pool.query<{ log: number; size: number }>(
    `select log, size from ledger.head where hash = 'sha256' order by log desc limit 1`,
  )
  const { log, size } = rows[0] ?? { log: 1, size: 0 }
  await recordVerification(pool, { source: 'replay', log, size, findings: [findingOf(trouble)] }, now)
  return { kind: 'refused', trouble }
}

/** After a restore the log goes on, where the second folder has it; else a new one begins, and says why. */
const settleRestore = async (client: PoolClient, place: Place, now: Date): Promise<Begun | undefined> => {
  const behind = await behindAfterRestore(client, place.keys, place.secondFolder)
  if (!behind) {
    await forgetRestored(client)
    return undefined
  }
  await takeLock(client)
  return beginAfterRestore(client, behind, { ...place, now })
}

type Place = { readonly keys: LedgerKeys; readonly secondFolder: string }

const replayFrom = async (client: PoolClient, { keys, secondFolder }: Place, options: BringBackOptions) =>
  // A stick that is not plugged in is not made up for by an empty folder in its place.
  existsSync(join(secondFolder, 'public', 'checkpoint'))
    ? replayIfOlder(client, { keys, home: await openSecondHome(secondFolder) }, options)
    : undefined

const work = async (pool: DatabasePool, options: BringBackOptions): Promise<BroughtBack> => {
  const { dataDir, dryRun } = options
  const place: Place = { keys: openKeys(dataDir), secondFolder: secondFolderOf(dataDir) }
  const client = await pool.connect()
  try {
    const left = dryRun ? undefined : await unsettled(pool)
    const replayed = left ?? (await replayFrom(client, place, options))
    if (dryRun) return replayed ? { kind: 'wouldBring', replayed } : { kind: 'nothing' }
    const settled = replayed && (await finish(pool, replayed, options))
    const begun = await settleRestore(client, place, options.now())
    if (replayed && settled) return { kind: 'brought', replayed, settled }
    return begun ? { kind: 'begun', begun } : { kind: 'nothing' }
  } catch (error) {
    const trouble = asTrouble(error)
    if (!trouble) throw error
    return dryRun ? { kind: 'refused', trouble } : await refused(pool, trouble, options.now())
  } finally {
    // The lock goes with the connection.
    client.release(true)
  }
}

/**
 * An older database was put back: what the second folder has beyond it is put back too, before anybody works on it. As
 * the owner. What stands against it is said and kept, and keeps nobody from working; the log is then not signed on.
 */
export const bringBack = async (options: BringBackOptions): Promise<BroughtBack> => {
  const pool = createPool(options.adminUrl, { max: 2, applicationName: 'bihuan-replay', statementTimeout: 0 })
  try {
    return await work(pool, options)
  } finally {
    await pool.end()
  }
}
