import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { openPlatform } from '#server/open.ts'
import type { Database } from '#server/platform/database/connect.ts'

export type Ground = { readonly database: Database; readonly dataDir: string; readonly log: Logger }

/** Read only where a demo is wanted: a real installation never loads its generator. */
export const loadDemo = async () => {
  const [{ populateDemo }, { demoAccounts }, { demoInstallation }, { settableClock }] = await Promise.all([
    import('#demo/populateDemo.ts'),
    import('#demo/accounts.ts'),
    import('#demo/installation.ts'),
    import('#demo/settableClock.ts'),
  ])
  return { populateDemo, demoAccounts, demoInstallation, settableClock }
}

export type Demo = Awaited<ReturnType<typeof loadDemo>>

/** Drives the demo district's commands through a clock that walks; its jobs wait for the start that follows. */
export const populate = async ({ database, dataDir, log }: Ground, demo: Demo): Promise<void> => {
  const clock = demo.settableClock(demo.demoInstallation.clock)
  const platform = await openPlatform({
    database: { ...database, adminUrl: undefined },
    dataDir,
    log,
    clock,
    work: false,
  })
  try {
    await demo.populateDemo(platform, clock)
  } finally {
    await platform.close()
  }
}

/** Content that a broken-off start stored: the rows that named it are gone. */
export const dropFiles = async (dataDir: string): Promise<void> => {
  for (const folder of ['files', 'published']) await rm(join(dataDir, folder), { recursive: true, force: true })
}
