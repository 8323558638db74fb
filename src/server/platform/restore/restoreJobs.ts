import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type pg from 'pg'
import { from } from 'pg-copy-streams'
import type { Logger } from 'pino'
import { startJobs } from '#server/platform/jobs.ts'

/** Queues again what had not run, in the same transaction; each effect is idempotent by its event. */
export const restoreJobs = async (
  client: pg.Client,
  adminUrl: string,
  content: Readable,
  log: Logger,
): Promise<void> => {
  await client.query('create temporary table waiting (queue text, data jsonb) on commit drop')
  await pipeline(content, createGunzip(), client.query(from('copy waiting from stdin')))
  const { rows } = await client.query<{ queue: string; data: Record<string, unknown> | null }>('select * from waiting')
  if (rows.length === 0) return
  const jobs = await startJobs(adminUrl, log)
  try {
    for (const { queue, data } of rows) await jobs.send(client, queue, data ?? {})
  } finally {
    await jobs.stop()
  }
}
