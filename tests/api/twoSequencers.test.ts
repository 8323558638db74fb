import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { setupActor } from '#server/accounts/setUp.ts'
import { checkLedger } from '#server/ledger/fsck/checkLedger.ts'
import { vkeysIn } from '#server/ledger/fsck/keyRing.ts'
import { openLogTree } from '#server/ledger/logTree.ts'
import { publish } from '#server/ledger/publish.ts'
import { checkpointsPath } from '#server/ledger/secondHome.ts'
import { sequenceBatch } from '#server/ledger/sequence.ts'
import { type Sequencer, sequencerLock, startSequencer } from '#server/ledger/sequencer.ts'
import { settlement } from '#server/ledger/takeOutbox.ts'
import type { Queries } from '#server/ledger/tiles.ts'
import { type OpenPlatform, openPlatform } from '#server/open.ts'
import { createPool } from '#server/platform/database/pool.ts'
import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import { divisions, newHazard, startServer, type TestServer } from '#tests/support/district.ts'
import { eventually } from '#tests/support/eventually.ts'
import { openCheckpoint } from '#translog/checkpoint.ts'
import { rootOf } from '#translog/merkle.ts'

let server: TestServer
let other: OpenPlatform

/** A second program over the same database, with the same keys and the same second folder. */
const openOther = (): Promise<OpenPlatform> =>
  openPlatform({
    database: {
      kind: 'given',
      adminUrl: undefined,
      appUrl: server.database.appUrl,
      sequencerUrl: server.database.sequencerUrl,
      stop: async () => undefined,
    },
    dataDir: server.dataDir,
    log: pino({ level: process.env.TEST_LOG ?? 'silent' }),
    clock: server.clock,
    work: false,
    sequence: false,
  })

/** What `openLedger` starts, and beside it which sizes it signed. */
const sequenceBy = ({ ledger }: OpenPlatform, url: string): Sequencer & { readonly signed: readonly number[] } => {
  const signed: number[] = []
  const { identity, keys, secondFolder } = ledger
  const log = pino({ level: process.env.TEST_LOG ?? 'silent' })
  const options = { url, identity, keys, secondFolder, log, now: () => new Date() }
  return { ...startSequencer({ ...options, onSigned: ({ size }) => signed.push(size) }), signed }
}

const reportByFirst = () =>
  server.as('worker').does(newHazard(server.ids.mine), 'report', {
    source: 'workerReport',
    mineId: server.ids.mine,
    place: '北帮',
    description: '台阶坡面有裂缝',
  })

const putByOther = async (): Promise<void> => {
  const id = uuidv7()
  const done = await other.execute(setupActor(divisions.bureau), {
    id: uuidv7(),
    tenantId: id,
    streamId: id,
    act: 'organisation.put',
    body: { kind: 'township', name: `镇 ${id}`, div: divisions.bureau },
  })
  if (!done.ok) throw new Error(JSON.stringify(done.refusal))
}

const count = async (sql: string): Promise<number> => (await server.owner.query(`select (${sql})::int as n`)).rows[0].n
const outboxSize = (): Promise<number> => count('select count(*) from ledger.outbox')

/** The backend that holds the lock at this moment. */
const working = async (): Promise<number | undefined> => {
  const { rows } = await server.owner.query<{ pid: number }>(
    `select pid from pg_locks where locktype = 'advisory' and granted and classid = $1 and objid = $2
       and database = (select oid from pg_database where datname = current_database())`,
    [Math.floor(sequencerLock / 2 ** 32), sequencerLock % 2 ** 32],
  )
  expect(rows.length).toBeLessThanOrEqual(1)
  return rows[0]?.pid
}

const inFolder = (...path: string[]): string => readFileSync(join(server.platform.ledger.secondFolder, ...path), 'utf8')

const signedUp = () =>
  eventually(async () => {
    const size = await outboxSize()
    const { rows } = await server.owner.query(
      `select size::int, settled = (select max(id) from ledger.outbox) as settled from ledger.head`,
    )
    const published = Number(inFolder('public', 'checkpoint').split('\n')[1])
    return rows[0].size === size && rows[0].settled && published === size ? size : undefined
  }, 30)

/** One log without a gap, every act sealed once, one history of checkpoints, nothing for a check to find. */
const expectOneLog = async (): Promise<void> => {
  const size = await outboxSize()
  const { rows: entries } = await server.owner.query<{ idx: number; hash: Buffer; outbox: number }>(
    'select idx::int, leaf_hash as hash, outbox_id::int as outbox from ledger.entry order by idx',
  )
  expect(entries.map(({ idx }) => idx)).toEqual(Array.from({ length: size }, (_, at) => at))
  expect(new Set(entries.map(({ outbox }) => outbox)).size).toBe(size)
  expect(await count('select count(*) from core.event')).toBe(size)

  const leaves = entries.map(({ hash }) => hash)
  const { verifier } = server.platform.ledger.identity
  const { rows: checkpoints } = await server.owner.query<{ size: number; note: string }>(
    'select size::int, note from ledger.checkpoint order by size',
  )
  for (const { size: at, note } of checkpoints) {
    const signed = openCheckpoint(note, verifier)?.checkpoint
    expect(signed?.size).toBe(at)
    expect(Buffer.from(signed?.root ?? [])).toEqual(Buffer.from(rootOf(leaves.slice(0, at), nodeSha256)))
  }
  expect(checkpoints.at(-1)).toMatchObject({ size, note: inFolder('public', 'checkpoint') })
  const kept = Array.from({ length: Math.floor(size / 256) + 1 }, (_, bucket) => {
    try {
      return inFolder(checkpointsPath('sha256', bucket * 256))
    } catch {
      return ''
    }
  })
  const lines = kept.flatMap((file) => file.split('\n').slice(0, -1))
  expect(lines.map((line) => JSON.parse(line).note)).toEqual(checkpoints.map(({ note }) => note))

  const { findings } = await checkLedger({
    db: server.owner,
    home: { folder: server.platform.ledger.secondFolder },
    vkeyOf: vkeysIn(server.platform.ledger.keys),
  })
  expect(findings).toEqual([])
}

beforeEach(async () => {
  server = await startServer({ sequence: false })
  other = await openOther()
})
afterEach(async () => {
  await other.close()
  await server.close()
})

describe('两个程序同时写一套存证', () => {
  const sequencers: ReturnType<typeof sequenceBy>[] = []
  afterEach(async () => {
    await Promise.all(sequencers.splice(0).map(({ stop }) => stop()))
  })
  const bothAtWork = () => {
    const both = [server.platform, other].map((platform) => sequenceBy(platform, server.database.sequencerUrl))
    sequencers.push(...both)
    return both
  }

  test('办几百件事，一再掐断正在写的一方：另一方接着写；一套存证，一条不缺，一条不重', async () => {
    const both = bothAtWork()
    let acting = true
    let done = 0
    const lanes = [reportByFirst, reportByFirst, putByOther, putByOther].map(async (act) => {
      while (acting) {
        await act()
        done += 1
      }
    })
    /** Each has signed after it took over from the other, in the middle of the work. */
    const turns: number[] = []
    for (let cut = 0; cut < 30 && !(cut >= 6 && both.every(({ signed }) => signed.length > 1)); cut += 1) {
      const pid = await eventually(working)
      const before = both.map(({ signed }) => signed.length)
      await eventually(async () =>
        both.some(({ signed }, at) => signed.length > (before[at] ?? 0) + 1) ? true : undefined,
      )
      turns.push(both.findIndex(({ signed }, at) => signed.length > (before[at] ?? 0)))
      await server.owner.query('select pg_terminate_backend($1)', [pid])
      await eventually(async () => ((await working()) === pid ? undefined : true))
    }
    await eventually(async () => (done >= 300 ? true : undefined), 60)
    acting = false
    await Promise.all(lanes)
    await signedUp()
    expect(new Set(turns)).toEqual(new Set([0, 1]))
    expect(both.map(({ trouble }) => trouble())).toEqual([undefined, undefined])
    await expectOneLog()
  }, 120_000)

  test('一方停下，另一方不用谁去叫就接过去', async () => {
    const [first, second] = bothAtWork()
    await Promise.all(Array.from({ length: 20 }, reportByFirst))
    await signedUp()
    const [atWork, waiting] = (first?.signed.length ?? 0) > 0 ? [first, second] : [second, first]
    expect(waiting?.signed).toEqual([])
    await atWork?.stop()
    await Promise.all(Array.from({ length: 20 }, putByOther))
    await signedUp()
    expect(waiting?.signed.length).toBeGreaterThan(0)
    await expectOneLog()
  }, 60_000)
})

describe('没有锁也不会写乱：大小对不上的一方什么也写不进去', () => {
  const pools: ReturnType<typeof createPool>[] = []
  afterEach(async () => {
    await Promise.all(pools.splice(0).map((pool) => pool.end()))
  })

  const connect = async () => {
    const pool = createPool(server.database.sequencerUrl, {
      max: 1,
      applicationName: 'lockless',
      statementTimeout: 60_000,
    })
    pools.push(pool)
    return { pool, client: await pool.connect() }
  }

  const openTrees = async (db: Queries) => {
    const { identity } = server.platform.ledger
    return [
      await openLogTree(db, { name: { log: identity.number, hash: 'sha256' }, signatory: identity, publish }),
    ] as const
  }

  /** Begun and signed once, so that there is a head to move. */
  const begin = async (): Promise<void> => {
    const one = sequenceBy(server.platform, server.database.sequencerUrl)
    await reportByFirst()
    await eventually(async () =>
      one.signed.length > 0 && (await outboxSize()) === one.signed.at(-1) ? true : undefined,
    )
    await one.stop()
  }

  test('几百条，四方抢着排：每条一个位置，散列对得上', async () => {
    await begin()
    for (let n = 0; n < 30; n += 1)
      await Promise.all([...Array.from({ length: 6 }, reportByFirst), ...Array.from({ length: 6 }, putByOther)])
    const all = await outboxSize()
    let refused = 0
    const contend = async (): Promise<void> => {
      const { client } = await connect()
      try {
        while ((await count('select size from ledger.head')) < all) {
          const trees = await openTrees(client)
          // Both find the same leaves, and only one of them may place them.
          const placed = await sequenceBatch(client, trees, { settlement: settlement(), limit: 7 }).catch(
            async (error: unknown) => {
              expect(error).toMatchObject({ code: '23505', constraint: 'entry_pkey' })
              await client.query('rollback')
              return undefined
            },
          )
          if (!placed) refused += 1
        }
      } finally {
        client.release(true)
      }
    }
    await Promise.all(Array.from({ length: 4 }, contend))
    expect(refused).toBeGreaterThan(0)
    const one = sequenceBy(other, server.database.sequencerUrl)
    await putByOther()
    await signedUp()
    await one.stop()
    await expectOneLog()
  }, 120_000)

  test('落在后面的一方没有新的可排，也不能把大小改回去', async () => {
    await begin()
    const [late, early] = [await connect(), await connect()]
    const behind = await openTrees(late.client)
    const seen = settlement()
    await Promise.all(Array.from({ length: 9 }, reportByFirst))
    await seen.reached(late.client, await count('select max(id) from ledger.outbox'))
    const placed = await sequenceBatch(early.client, await openTrees(early.client), {
      settlement: settlement(),
      limit: 100,
    })
    expect(placed?.taken).toBe(9)
    expect(await sequenceBatch(late.client, behind, { settlement: seen, limit: 100 })).toBeUndefined()
    expect(await count('select size from ledger.head')).toBe(await outboxSize())
    for (const { client } of [late, early]) client.release(true)
    const one = sequenceBy(other, server.database.sequencerUrl)
    await putByOther()
    await signedUp()
    await one.stop()
    await expectOneLog()
  }, 60_000)
})
