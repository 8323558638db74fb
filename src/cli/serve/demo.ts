import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { type Clock, fixedClock } from '#server/platform/clock.ts'
import type { Database } from '#server/platform/database/connect.ts'
import type { Installation } from '#server/platform/installation.ts'
import type { Platform } from '#server/platform/platform.ts'

export type DemoAccount = { readonly login: string; readonly title: string; readonly password?: string }

export type Demo = {
  readonly demoInstallation: Installation
  readonly demoAccounts: readonly DemoAccount[]
  readonly populateDemo: (platform: Platform, clock: Clock) => Promise<unknown>
}

export const loadDemo = async (): Promise<Demo | undefined> => undefined

/** Content that a broken-off start stored: rows that name it are gone. */
export const dropFiles = async (dataDir: string): Promise<void> => {
  for (const folder of ['files', 'published']) await rm(join(dataDir, folder), { recursive: true, force: true })
}

/** Drives the commands of the demo district through a clock that walks; jobs wait for the real start. */
export const populate = async ({ database, dataDir, log }: Ground, demo: Demo): Promise<void> => {
  const { openPlatform } = await import('#server/open.ts')
  const clock = fixedClock(demo.demoInstallation.clock ?? new Date().toISOString())
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

export type Ground = { readonly database: Database; readonly dataDir: string; readonly log: Logger }
