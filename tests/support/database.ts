import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'

export type DatabaseUrls = { readonly adminUrl: string; readonly appUrl: string; readonly sequencerUrl: string }

export type TestDatabase = DatabaseUrls & { readonly drop: () => Promise<void> }

export const templateName = 'template_bihuan'

/** The same login in another database of the server. */
export const inDatabase = (url: string, database: string): string => url.replace(/\/[^/?]*(?=\?|$)/, `/${database}`)

export const asOwner = async <T>(urls: DatabaseUrls, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: inDatabase(urls.adminUrl, 'postgres') })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/**
 * Connections that were ended may still be on their way out; pulled from under them, the database would fail the run with
 * an error nobody listens for. So they are given a moment, and force is for what a test left open.
 */
export const untilLeft = async (client: pg.Client, name: string): Promise<void> => {
  for (let tried = 0; tried < 40; tried += 1) {
    const { rows } = await client.query('select from pg_stat_activity where datname = $1', [name])
    if (rows.length === 0) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const dropDatabase = async (client: pg.Client, name: string): Promise<void> => {
  await untilLeft(client, name)
  await client.query(`drop database if exists ${name} with (force)`)
}

/** A database of one's own, a copy of the template (migrated and empty), in some 20 ms. Drop it when the test file ends. */
export const cloneDatabase = async (template = templateName): Promise<TestDatabase> => {
  const server = inject('databaseServer')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await asOwner(server, async (client) => {
    // A template may have no other user while it is copied: worker processes take turns.
    await client.query(`select pg_advisory_lock(hashtext('bihuan clone'))`)
    await client.query(`create database ${name} template ${template} strategy wal_log`)
  })
  return {
    adminUrl: inDatabase(server.adminUrl, name),
    appUrl: inDatabase(server.appUrl, name),
    sequencerUrl: inDatabase(server.sequencerUrl, name),
    drop: () => asOwner(server, (client) => dropDatabase(client, name)),
  }
}
