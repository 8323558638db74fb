import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { type Client, createClient } from '#contract/client.ts'
import { demoAccounts } from '#demo/accounts.ts'
import { actorOf } from '#demo/actors.ts'
import { demoInstallation } from '#demo/installation.ts'
import { populateDemo } from '#demo/populateDemo.ts'
import { type SettableClock, settableClock } from '#demo/settableClock.ts'
import type { Actor } from '#domain/access/actor.ts'
import { openSession } from '#server/accounts/sessions.ts'
import { type OpenPlatform, openPlatform } from '#server/open.ts'
import { markInstallation } from '#server/platform/installation.ts'
import { createWeb } from '#server/web.ts'
import { cloneDatabase } from '#tests/support/database.ts'

export type OpenDemo = {
  readonly platform: OpenPlatform
  readonly clock: SettableClock
  readonly baseUrl: string
  readonly stranger: Client
  /** The holder of a post, signed in, with the token that says so. */
  readonly as: (post: string) => Promise<Client & { readonly actor: Actor; readonly token: string }>
  readonly close: () => Promise<void>
}

/** The whole demo district on a database and a data folder of its own, served. Close it when the test file ends. */
export const openDemo = async (): Promise<OpenDemo> => {
  const database = await cloneDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), 'bihuan-demo-'))
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
  const web = await createWeb(platform, { log, demoAccounts, setupCode: 'not used in a demo' })
  const baseUrl = await web.listen({ port: 0, host: '127.0.0.1' })
  return {
    platform,
    clock,
    baseUrl,
    stranger: createClient({ baseUrl }),
    as: async (post) => {
      const actor = actorOf(post)
      const { role, scope } = actor
      const token = await openSession(platform.pool, { ...actor, login: post }, { role, scope }, new Date())
      return { ...createClient({ baseUrl, token: () => token }), actor, token }
    },
    close: async () => {
      await web.close()
      await platform.close()
      await database.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
