import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import pino from 'pino'
import { type BroughtBack, bringBack } from '#server/ledger/replay/bringBack.ts'
import { keepSecondFolder } from '#server/ledger/secondFolder.ts'
import { capabilities, type OpenPlatform, openPlatform } from '#server/open.ts'
import { backUp } from '#server/platform/backup/backup.ts'
import type { Clock } from '#server/platform/clock.ts'
import { createFileStore } from '#server/platform/files/fileStore.ts'
import { inspect } from '#server/platform/restore/inspect.ts'
import { restore } from '#server/platform/restore/restore.ts'
import { cloneDatabase, type TestDatabase } from '#tests/support/database.ts'
import type { TestServer } from '#tests/support/district.ts'

const log = pino({ level: process.env.TEST_LOG ?? 'silent' })

/** Another machine: a database of its own, a data folder of its own. */
export type Elsewhere = {
  readonly database: TestDatabase
  readonly owner: pg.Pool
  readonly dataDir: string
  readonly restore: (archive: string) => Promise<void>
  /** What `serve` does before it opens. */
  readonly start: (options?: { readonly dryRun?: boolean }) => Promise<BroughtBack>
  readonly open: (options?: { readonly sequence?: boolean }) => Promise<OpenPlatform>
  /** Ends what was opened: the program stops. */
  readonly stop: () => Promise<void>
  readonly close: () => Promise<void>
}

export const elsewhere = async (clock: Clock): Promise<Elsewhere> => {
  const database = await cloneDatabase()
  const owner = new pg.Pool({ connectionString: database.adminUrl, max: 2 })
  const dataDir = mkdtempSync(join(tmpdir(), 'bihuan-elsewhere-'))
  const opened: OpenPlatform[] = []
  const stop = async () => {
    for (const platform of opened.splice(0)) await platform.close()
  }
  return {
    database,
    owner,
    dataDir,
    restore: async (source) =>
      restore({
        adminUrl: database.adminUrl,
        files: await createFileStore(dataDir),
        source,
        inspected: await inspect(source),
        log,
      }),
    start: ({ dryRun } = {}) =>
      bringBack({
        adminUrl: database.adminUrl,
        dataDir,
        capabilities,
        now: () => new Date(),
        ...(dryRun !== undefined && { dryRun }),
      }),
    open: async ({ sequence = true } = {}) => {
      const platform = await openPlatform({
        database: { kind: 'given', ...database, adminUrl: undefined, stop: async () => undefined },
        dataDir,
        log,
        clock,
        work: false,
        sequence,
      })
      opened.push(platform)
      return platform
    },
    stop,
    close: async () => {
      await stop()
      await owner.end()
      await database.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

export const takeBackup = (server: TestServer, target: string) =>
  backUp({
    adminUrl: server.database.adminUrl,
    files: server.platform.files,
    target,
    version: '0.1.0',
    now: new Date('2026-01-02T03:04:05Z'),
  })

/** The second folder as it lies now, copied to the other machine; with the key file, where that was kept. */
export const takeAlong = (
  server: TestServer,
  { dataDir }: Elsewhere,
  what: { readonly keys: boolean; readonly second: boolean; readonly files?: boolean },
): void => {
  const from = join(server.dataDir, 'ledger')
  const second = join(dataDir, 'stick')
  if (what.second)
    for (const part of ['public', 'journal']) cpSync(join(from, part), join(second, part), { recursive: true })
  if (what.keys) cpSync(join(from, 'keys.json'), join(dataDir, 'ledger', 'keys.json'))
  if (what.files) cpSync(join(server.dataDir, 'files'), join(dataDir, 'files'), { recursive: true })
  keepSecondFolder(dataDir, second)
}
