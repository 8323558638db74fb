import { setTimeout as sleep } from 'node:timers/promises'
import pg, { type PoolClient } from 'pg'
import type { Logger } from 'pino'
import { createPool } from '#server/platform/database/pool.ts'
import type { GrowingTree } from '#translog/growingTree.ts'
import type { TreeHead } from '#translog/merkle.ts'
import { beginLog } from './beginning.ts'
import { claimFolder } from './claimFolder.ts'
import { type LogIdentity, lastLog } from './identity.ts'
import { publish } from './publish.ts'
import { openSecondHome, type SecondHome } from './secondHome.ts'
import { type Head, openTree, readHead, sequenceBatch } from './sequence.ts'
import { lastPublished, lastSigned, refuseFork, signHead } from './signHead.ts'
import { type Settlement, settlement } from './takeOutbox.ts'
import type { Queries, TreeName } from './tiles.ts'
import { LedgerTrouble } from './trouble.ts'
import { recordTrouble } from './verification.ts'

export type SequencerOptions = {
  /** Login of the sequencer's own database role. */
  readonly url: string
  readonly identity: LogIdentity
  readonly secondFolder: string
  readonly log: Logger
  readonly now: () => Date
  /** Hears of each checkpoint once it is kept: witnesses are asked then. */
  readonly onSigned?: (head: TreeHead) => void
}

export type Sequencer = {
  readonly trouble: () => LedgerTrouble | undefined
  readonly stop: () => Promise<void>
}

const batchLimit = 1_024
/** Between looks at the outbox, in milliseconds: an act is in a signed checkpoint well within a second. */
const pause = 150
const afterTrouble = 5_000

/** Any number that nobody else uses; one session of the whole database holds it. */
export const sequencerLock = 7_201_406_962

type Working = {
  readonly db: Queries
  readonly home: SecondHome
  readonly name: TreeName
  readonly settlement: Settlement
  tree: GrowingTree
  head: Head
  /** What lies in the second folder and is signed. */
  signed: TreeHead | undefined
}

const open = async (db: Queries, options: SequencerOptions): Promise<Working> => {
  const { identity } = options
  const home = await openSecondHome(options.secondFolder)
  const name: TreeName = { log: identity.number, hash: 'sha256' }
  const before = await claimFolder(home, identity)
  if ((await lastLog(db))?.number !== identity.number)
    await beginLog(db, identity, { now: options.now(), published: before })
  const head = await readHead(db, name)
  if (!head) throw new LedgerTrouble('treeDamaged', '存证没有登记大小', '运行 bihuan ledger fsck --repair 恢复')
  const tree = await openTree(db, name, head)
  const signed = await lastSigned(db, name, identity)
  const published = await lastPublished(home, identity)
  // Both that were handed out bind us, the larger one first.
  if (published) await refuseFork(db, name, published, head)
  if (signed) await refuseFork(db, name, signed, head)
  return { db, home, name, settlement: settlement(), tree, head, signed: published }
}

/** What is sequenced and not yet signed is laid into the second folder, proven to be growth, and signed. */
const signUp = async (working: Working, { identity, now, onSigned }: SequencerOptions): Promise<void> => {
  const { db, home, name, head, signed } = working
  if (signed && signed.size === head.size) return
  await publish(db, home, name, { from: signed?.size ?? 0, to: head.size })
  if (signed) await refuseFork(db, name, signed, head)
  await signHead(db, home, { identity, tree: name, head, now: now() })
  working.signed = { size: head.size, root: head.root }
  onSigned?.(working.signed)
}

/** Gives how many leaves were taken. */
const step = async (working: Working, options: SequencerOptions): Promise<number> => {
  const { db, name, tree, head } = working
  const done = await sequenceBatch(db, name, tree, { head, settlement: working.settlement, limit: batchLimit })
  if (!done) throw new LedgerTrouble('treeDamaged', '另有程序在写存证', '同一个数据库只运行一个后台程序')
  working.head = done.head
  await signUp(working, options)
  return done.taken
}

const lock = async (client: PoolClient): Promise<boolean> => {
  const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [sequencerLock])
  return rows[0]?.mine === true
}

/** A full disk, a folder that is gone: the system's own word for it. */
const asTrouble = (error: unknown): LedgerTrouble | undefined => {
  if (error instanceof LedgerTrouble) return error
  if (error instanceof pg.DatabaseError || !(error instanceof Error) || !('syscall' in error)) return undefined
  return new LedgerTrouble(
    'folder',
    `第二存放处写不进去（${error.message}）`,
    '检查磁盘是否已满、U 盘或共享是否在线；恢复后自动继续',
  )
}

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
  let waker = new AbortController()

  const rest = async (milliseconds: number): Promise<void> => {
    waker = new AbortController()
    await sleep(milliseconds, undefined, { signal: waker.signal }).catch(() => undefined)
  }

  const work = async (client: PoolClient): Promise<void> => {
    while (!(await lock(client))) {
      if (stopping) return
      await rest(1_000)
    }
    const working = await open(client, options)
    trouble = undefined
    await signUp(working, options)
    while (!stopping) {
      const taken = await step(working, options)
      if (taken < batchLimit) await rest(pause)
    }
  }

  const run = async (): Promise<void> => {
    while (!stopping) {
      const client = await pool.connect().catch(() => undefined)
      try {
        if (client) await work(client)
      } catch (error) {
        const told = asTrouble(error)
        if (told && told.message !== trouble?.message) {
          log.error({ code: told.code }, `存证停止签发：${told.message}。${told.remedy}`)
          await recordTrouble(pool, options.identity.number, told, options.now()).catch(() => undefined)
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
  return {
    trouble: () => trouble,
    stop: async () => {
      stopping = true
      waker.abort()
      await running
      await pool.end()
    },
  }
}
