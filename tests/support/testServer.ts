import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '#server/platform/database/embedded.ts'
import { migrate } from '#server/platform/database/migrate.ts'
import { ensureRoles } from '#server/platform/database/roles.ts'
import { queues } from '#server/platform/jobs.ts'
import { asOwner, type DatabaseUrls, inDatabase, templateName } from '#tests/support/database.ts'

declare module 'vitest' {
  interface ProvidedContext {
    databaseServer: DatabaseUrls
    /** Files of the demo's template, made by whoever needs the demo first. */
    demoFolder: string
  }
}

const ownServer = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-test-'))
  const server = await startEmbedded({
    dataDir: folder,
    log: pino({ level: 'silent' }),
    // Only here: this server dies with the run, so there is nothing for fsync to keep. Durability itself is tested
    // on servers with the settings that are shipped (embedded.test.ts, tests/faults).
    settings: { fsync: 'off', full_page_writes: 'off', shared_buffers: '64MB', max_connections: '200' },
  })
  const stop = async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { urls: { adminUrl: server.adminUrl, appUrl: server.appUrl, sequencerUrl: server.sequencerUrl }, stop }
}

/** TEST_DATABASE_URL names a superuser's login on a server where test databases may come and go. */
const onGivenServer = async (adminUrl: string) => {
  const login = (user: string) => {
    const url = new URL(adminUrl)
    url.username = user
    url.password = 'bihuan-tests-only'
    return url.href
  }
  await ensureRoles(adminUrl, { app: 'bihuan-tests-only', sequencer: 'bihuan-tests-only' })
  return {
    urls: { adminUrl, appUrl: login('bihuan_app'), sequencerUrl: login('bihuan_sequencer') },
    stop: async () => undefined,
  }
}

/** One server and one migrated template for the whole run; every test database is a clone of it. */
export default async function setup(project: TestProject) {
  const givenUrl = process.env.TEST_DATABASE_URL
  const { urls, stop } = givenUrl ? await onGivenServer(givenUrl) : await ownServer()
  try {
    await asOwner(urls, async (client) => {
      await client.query(`drop database if exists ${templateName} with (force)`)
      await client.query('drop database if exists template_demo with (force)')
      await client.query(`create database ${templateName}`)
    })
    await migrate(inDatabase(urls.adminUrl, templateName), { queues })
  } catch (error) {
    await stop()
    throw error
  }
  project.provide('databaseServer', urls)
  const demoFolder = mkdtempSync(join(tmpdir(), 'bihuan-demo-template-'))
  project.provide('demoFolder', demoFolder)
  return async () => {
    rmSync(demoFolder, { recursive: true, force: true })
    await stop()
  }
}
