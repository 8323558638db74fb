import { setTimeout as sleep } from 'node:timers/promises'
import pg, { type PoolClient } from 'pg'
import type { Logger } from 'pino'
import { isAway } from '#server/platform/database/away.ts'
import { createPool } from '#server/platform/database/pool.ts'
import { messageOf } from '#server/platform/database/trouble.ts'
import type { TreeHead } from '#translog/merkle.ts'
import { beginLog } from './beginning.ts'
import { catchUp } from './catchUp.ts'
import { claimFolder } from './claimFolder.ts'
import { keyGone, type LogIdentity, lastLog } from './identity.ts'
import type { LedgerKeys } from './keys.ts'
import { bindLogTree, type OpenLogTree, openLogTree, signLogTree } from './logTree.ts'
import { publish } from './publish.ts'
import { journalIsOpen, openSecondHome, type SecondHome } from './secondHome.ts'
import { sequenceBatch, type Trees } from './sequence.ts'
import { type Settlement, settlement } from './takeOutbox.ts'
import type { Queries, TreeName } from './tiles.ts'
import { LedgerTrouble, whatHappened } from './trouble.ts'
import { ofTwin, openTwin, twinChannel } from './twin.ts'
import { recordRecovery, recordTrouble } from './verification.ts'

export type SequencerOptions = {
  /** Login of the sequencer's own database role. */
  readonly url: string
  readonly identity: LogIdentity
  readonly keys: LedgerKeys
  readonly secondFolder: string
  readonly log: Logger
  readonly now: () => Date
  /** Hears of each checkpoint once it is kept: witnesses are asked then. */
  readonly onSigned?: (head: TreeHead) => void
}

export type Sequencer = {
  readonly trouble: () => LedgerTrouble | undefined
  /** Since when it stands. */
  readonly troubledSince: () => Date | undefined
  readonly stop: () => Promise<void>
}

const batchLimit = 1_024
/** Between looks at the outbox, in milliseconds: an act is in a signed checkpoint well within a second. */
const pause = 150
/** Leaves that the twin takes in between two batches, so that acts do not wait for it. */
const catchUpLimit = 4_096
const afterTrouble = 5_000

const openJournal =
  '第二存放处的盘设不了读取权限（FAT、exFAT 的 U 盘多是这样）：拿到它的人读得到全部记录。请锁好，或者换用能设权限的盘'

/** Any number that nobody else uses; one session of the whole database holds it. */
export const sequencerLock = 7_201_406_962

type Working = {
  readonly db: Queries
  readonly home: SecondHome
  readonly settlement: Settlement
  /** Of one size: what is taken from the outbox goes into all of them. */
  trees: Trees<OpenLogTree>
  /** The twin, as long as it is not as far as the log. */
  behind: OpenLogTree | undefined
}

const open = async (db: Queries, options: SequencerOptions): Promise<Working> => {
  const { identity, keys } = options
  if (identity.keyGone) throw keyGone(identity.origin)
  const home = await openSecondHome(options.secondFolder)
  const name: TreeName = { log: identity.number, hash: 'sha256' }
  const before = await claimFolder(home, identity)
  if ((await lastLog(db))?.number !== identity.number)
    await beginLog(db, identity, { now: options.now(), published: before })
  const own = await bindLogTree(db, home, await openLogTree(db, { name, signatory: identity, publish }))
  const behind = await ofTwin(async () => {
    const twin = await openTwin(db, keys, identity)
    return twin && openLogTree(db, twin)
  })
  return { db, home, settlement: settlement(), trees: [own], behind }
}

/** What is sequenced and not yet signed is published and signed, tree by tree. */
const signUp = async (working: Working, { now, onSigned }: SequencerOptions): Promise<void> => {
  const { db, home } = working
  const [before, ...twins] = working.trees
  const own = await signLogTree(db, home, before, now())
  working.trees = [own, ...twins]
  if (own.signed && own.signed !== before.signed) onSigned?.(own.signed)
  const signedTwins: OpenLogTree[] = []
  for (const twin of twins) signedTwins.push(await ofTwin(() => signLogTree(db, home, twin, now())))
  working.trees = [own, ...signedTwins]
}

/** Gives how many leaves were taken. */
const step = async (working: Working, options: SequencerOptions): Promise<number> => {
  const { db, trees } = working
  const done = await sequenceBatch(db, trees, { settlement: working.settlement, limit: batchLimit })
  if (!done) throw new LedgerTrouble('treeDamaged', '另有程序在写存证', '同一个数据库只运行一个后台程序')
  working.trees = done.trees
  await signUp(working, options)
  return done.taken
}

/** A part of what the twin lacks; once it is as far as the log, it goes along with it. */
const catchUpTwin = async (working: Working): Promise<void> => {
  const { db, home, trees, behind } = working
  if (!behind) return
  const caught = await ofTwin(() => catchUp(db, behind, trees[0], catchUpLimit))
  if (caught.head.size < trees[0].head.size) {
    working.behind = caught
    return
  }
  // What was signed of it before it was switched off, or before an older database was put back, binds it still.
  const bound = await ofTwin(() => bindLogTree(db, home, caught))
  working.trees = [...trees, bound]
  working.behind = undefined
}

const lock = async (client: PoolClient): Promise<boolean> => {
  const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [sequencerLock])
  return rows[0]?.mine === true
}

/** A full disk, a folder that is gone: the system's own word for it. A connection that was cut off is none of the folder's. */
const isOfFolder = (error: unknown): error is Error =>
  error instanceof Error &&
  !(error instanceof pg.DatabaseError) &&
  'syscall' in error &&
  ('path' in error || !isAway(error))

const asTrouble = (error: unknown): LedgerTrouble | undefined => {
  if (error instanceof LedgerTrouble) return error
  if (isOfFolder(error))
    return new LedgerTrouble(
      'folder',
      '第二存放处写不进去',
      '检查磁盘是否已满、U 盘或共享是否在线；恢复后自动继续',
      error.message,
    )
  if (error instanceof pg.DatabaseError && error.constraint === 'entry_log_leaf_hash_key')
    return new LedgerTrouble(
      'leafDamaged',
      '待发箱里有一条与已入存证的完全相同：有人重复放了一条',
      '运行 bihuan ledger fsck 查明是哪一条，再用 --repair 移开；移开后自动继续',
    )
  return undefined
}

/** Nobody foresaw it: a database that refuses a statement, a fault of ours. */
const unforeseen = (error: unknown): LedgerTrouble =>
  new LedgerTrouble(
    'fault',
    '写存证时出错',
    '看数据文件夹里的 bihuan.log 和 postgres.log；运行 bihuan ledger fsck 查明。排除以后自动继续',
    messageOf(error),
  )

/**
 * The one worker that puts leaves into order and signs. It holds a lock of the database for as long as it works; another
 * process waits for it. Whatever goes wrong, it begins again from what the database and the second folder hold.
 */
export const startSequencer = (options: SequencerOptions): Sequencer => {
  const { log } = options
  // One works and holds the lock; the other writes down why it stopped.
  const pool = createPool(options.url, { max: 2, applicationName: 'bihuan-sequencer', statementTimeout: 60_000 })
  let stopping = false
  let trouble: LedgerTrouble | undefined
  let since: Date | undefined
  /** Since the last round that went well. */
  let failures = 0
  let waker = new AbortController()

  const rest = async (milliseconds: number): Promise<void> => {
    waker = new AbortController()
    await sleep(milliseconds, undefined, { signal: waker.signal }).catch(() => undefined)
  }

  let openTold = false
  const tellOpen = async (): Promise<void> => {
    if (openTold || !(await journalIsOpen(options.secondFolder))) return
    openTold = true
    log.warn(openJournal)
  }

  const work = async (client: PoolClient): Promise<void> => {
    while (!(await lock(client))) {
      if (stopping) return
      await rest(1_000)
    }
    let switched = false
    client.on('notification', () => {
      switched = true
    })
    await client.query(`listen ${twinChannel}`)
    const working = await open(client, options)
    await tellOpen()
    await signUp(working, options)
    /** That it goes on after what was kept as wrong. */
    let told = false
    while (!stopping && !switched) {
      const taken = await step(working, options)
      await catchUpTwin(working)
      // Only now: what fails again at the same place is the same trouble, told and kept once.
      trouble = undefined
      failures = 0
      if (!told) await recordRecovery(client, 'sequencer', options.identity.number, options.now())
      told = true
      if (taken < batchLimit && !working.behind) await rest(pause)
    }
  }

  const run = async (): Promise<void> => {
    while (!stopping) {
      const client = await pool.connect().catch(() => undefined)
      try {
        if (client) await work(client)
      } catch (error) {
        failures += isAway(error) ? 0 : 1
        // The database may be busy once; what fails again and again must not be known to the console alone.
        const told = asTrouble(error) ?? (failures > 3 && !isAway(error) ? unforeseen(error) : undefined)
        if (told && whatHappened(told) !== (trouble && whatHappened(trouble))) {
          since = options.now()
          log.error({ code: told.code }, `存证停止签发：${whatHappened(told)}。${told.remedy}`)
          await recordTrouble(pool, options.identity.number, told, since).catch(() => undefined)
        } else if (!told && !stopping) log.warn({ err: error }, 'the sequencer begins again')
        trouble = told
        await rest(told ? afterTrouble : 500)
      } finally {
        // The lock goes with the connection.
        client?.release(true)
      }
      if (!client) await rest(500)
    }
  }

  const running = run()
  let ended: Promise<void> | undefined
  const end = async (): Promise<void> => {
    stopping = true
    waker.abort()
    await running
    await pool.end()
  }
  return {
    trouble: () => trouble,
    troubledSince: () => (trouble ? since : undefined),
    stop: () => {
      ended ??= end()
      return ended
    },
  }
}
