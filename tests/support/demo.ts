import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { inject } from 'vitest'
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
import { asOwner, cloneDatabase, type TestDatabase } from '#tests/support/database.ts'

export type DemoOptions = {
  /** Runs the log's sequencer too. */
  readonly sequence?: boolean
  /** Runs the jobs too. */
  readonly work?: boolean
}

export type OpenDemo = {
  readonly platform: OpenPlatform
  readonly clock: SettableClock
  readonly baseUrl: string
  /** The owner's login, past everything that the program refuses. */
  readonly adminUrl: string
  readonly stranger: Client
  /** The holder of a post, signed in, with the token that says so. */
  readonly as: (post: string) => Promise<Client & { readonly actor: Actor; readonly token: string }>
  readonly close: () => Promise<void>
}

const demoTemplate = 'template_demo'
const log = pino({ level: 'silent' })

const openOn = (
  database: TestDatabase,
  dataDir: string,
  clock: SettableClock,
  { sequence = false, work = false }: DemoOptions = {},
): Promise<OpenPlatform> =>
  openPlatform({
    database: { kind: 'given', ...database, adminUrl: undefined, stop: async () => undefined },
    dataDir,
    log,
    clock,
    work,
    sequence,
  })

const populateInto = async (dataDir: string): Promise<string> => {
  const database = await cloneDatabase()
  await markInstallation(database.adminUrl, demoInstallation)
  const clock = settableClock(demoInstallation.clock)
  const platform = await openOn(database, dataDir, clock)
  await populateDemo(platform, clock)
  await platform.close()
  return new URL(database.adminUrl.replace('@/', '@localhost/')).pathname.slice(1)
}

/** Populated once in a run, by whoever comes first, while the others wait: the same commands, told once. */
const ensureDemoTemplate = (): Promise<void> =>
  asOwner(inject('databaseServer'), async (client) => {
    await client.query(`select pg_advisory_lock(hashtext('bihuan demo template'))`)
    const { rows } = await client.query('select from pg_database where datname = $1', [demoTemplate])
    if (rows.length > 0) return
    const made = await populateInto(inject('demoFolder'))
    await client.query(`alter database ${made} rename to ${demoTemplate}`)
  })

/** The whole demo district on a database and a data folder of its own, served. Close it when the test file ends. */
export const openDemo = async (options: DemoOptions = {}): Promise<OpenDemo> => {
  await ensureDemoTemplate()
  const database = await cloneDatabase(demoTemplate)
  const dataDir = mkdtempSync(join(tmpdir(), 'bihuan-demo-'))
  cpSync(inject('demoFolder'), dataDir, { recursive: true })
  const clock = settableClock(demoInstallation.clock)
  const platform = await openOn(database, dataDir, clock, options)
  const web = await createWeb(platform, { log, demoAccounts, setupCode: 'not used in a demo' })
  const baseUrl = await web.listen({ port: 0, host: '127.0.0.1' })
  return {
    platform,
    clock,
    baseUrl,
    adminUrl: database.adminUrl,
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
