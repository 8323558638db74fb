import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import pino from 'pino'
import { populateBench } from '#demo/bench.ts'
import { demoInstallation } from '#demo/installation.ts'
import { settableClock } from '#demo/settableClock.ts'
import { type OpenPlatform, openPlatform } from '#server/open.ts'
import { startEmbedded } from '#server/platform/database/embedded.ts'
import { migrate } from '#server/platform/database/migrate.ts'
import { createPool } from '#server/platform/database/pool.ts'
import { markInstallation } from '#server/platform/installation.ts'
import { queues } from '#server/platform/jobs.ts'
import { eventually } from '#tests/support/eventually.ts'
import { openSnapshots, type Snapshots } from './snapshots.ts'

/** An installation with some hundred acts in its log, written by commands alone; nobody works in it any more. */
export type House = {
  readonly platform: OpenPlatform
  /** As superuser: what no application can do. */
  readonly owner: pg.Pool
  readonly adminUrl: string
  readonly dataDir: string
  readonly secondFolder: string
  readonly snapshots: Snapshots
  /** Opens it once more, with or without the sequencer at work. */
  readonly open: (sequence: boolean) => Promise<OpenPlatform>
  readonly close: () => Promise<void>
}

const count = async (owner: pg.Pool, table: string): Promise<number> => {
  const { rows } = await owner.query<{ n: number }>(`select count(*)::int as n from ${table}`)
  return rows[0]?.n ?? 0
}

const signedUp = (owner: pg.Pool): Promise<true> =>
  eventually(async () => {
    const { rows } = await owner.query<{ done: boolean }>(
      `select (select count(*) from ledger.outbox) = (select max(size) from ledger.checkpoint)
         and (select settled from ledger.head) = (select max(id) from ledger.outbox) as done`,
    )
    return rows[0]?.done ? true : undefined
  }, 60)

/** One mine after another, so that the log is signed at many sizes; `old` is how all of it was before the last mine. */
const fill = async (platform: OpenPlatform, owner: pg.Pool, snapshots: Snapshots, entries: number) => {
  const clock = settableClock(demoInstallation.clock)
  for (let mines = 1; (await count(owner, 'ledger.outbox')) < entries; mines += 1) {
    await snapshots.take('old')
    await populateBench(platform, clock, { mines, hazardsPerMine: 9, seed: 20_230_915, lanes: 1 })
    await signedUp(owner)
  }
}

export const openHouse = async (entries: number): Promise<House> => {
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-tamper-'))
  const log = pino({ level: 'silent' })
  const server = await startEmbedded({
    dataDir: folder,
    log,
    // Durability is shown elsewhere; this database dies with the run.
    settings: { fsync: 'off', full_page_writes: 'off', shared_buffers: '64MB' },
  })
  const clock = settableClock(demoInstallation.clock)
  await migrate(server.adminUrl, { queues })
  await markInstallation(server.adminUrl, demoInstallation)
  const dataDir = join(folder, 'house')
  const open = (sequence: boolean): Promise<OpenPlatform> =>
    openPlatform({
      database: { kind: 'given', ...server, adminUrl: undefined, stop: async () => undefined },
      dataDir,
      log,
      clock,
      work: false,
      sequence,
    })
  const owner = createPool(server.adminUrl, { max: 3, statementTimeout: 0 })
  const working = await open(true)
  const { secondFolder } = working.ledger
  const snapshots = openSnapshots(owner, secondFolder, join(folder, 'copies'))
  await fill(working, owner, snapshots, entries)
  await working.close()
  const platform = await open(false)
  await snapshots.take('now')
  return {
    platform,
    owner,
    adminUrl: server.adminUrl,
    dataDir,
    secondFolder,
    snapshots,
    open,
    close: async () => {
      await platform.close()
      await owner.end()
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
