import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { demoInstallation } from '#demo/installation.ts'
import { populateDemo } from '#demo/populateDemo.ts'
import { settableClock } from '#demo/settableClock.ts'
import { type OpenPlatform, openPlatform } from '#server/open.ts'
import { markInstallation } from '#server/platform/installation.ts'
import { cloneDatabase } from '#tests/support/database.ts'

export type OpenDemo = { readonly platform: OpenPlatform; readonly close: () => Promise<void> }

/** The whole demo district on a database and a data folder of its own. Close it when the test file ends. */
export const openDemo = async (): Promise<OpenDemo> => {
  const database = await cloneDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'bihuan-demo-'))
  await markInstallation(database.adminUrl, demoInstallation)
  const clock = settableClock(demoInstallation.clock)
  const log = pino({ level: 'silent' })
  const platform = await openPlatform({
    database: { kind: 'given', ...database, adminUrl: undefined, stop: async () => undefined },
    dataDir,
    log,
    clock,
    work: false,
  })
  await populateDemo(platform, clock)
  return {
    platform,
    close: async () => {
      await platform.close()
      await database.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
