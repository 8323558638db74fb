import { mkdir, open, rename } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import pg from 'pg'
import { from } from 'pg-copy-streams'
import type { Logger } from 'pino'
import { markRestored } from '#server/ledger/restoredMark.ts'
import { copyIn, tablesToKeep } from '#server/platform/backup/contents.ts'
import type { Manifest } from '#server/platform/backup/manifest.ts'
import { migrate } from '#server/platform/database/migrate.ts'
import type { FileStore } from '#server/platform/files/fileStore.ts'
import { queues } from '#server/platform/jobs.ts'
import { readArchive } from './readArchive.ts'
import { RestoreRefused } from './refused.ts'
import { restoreJobs } from './restoreJobs.ts'

export type RestoreOptions = {
  readonly adminUrl: string
  readonly files: FileStore
  readonly source: string
  /** What `inspect` found: every hash in the archive was compared before anything is written. */
  readonly inspected: Manifest
  readonly log: Logger
  readonly onProgress?: (what: string) => void
}

const refuseUsed = async (client: pg.Client): Promise<void> => {
  for (const { table } of await tablesToKeep(client)) {
    const { rows } = await client.query<{ used: boolean }>(`select exists (select from ${table}) as used`)
    if (rows[0]?.used)
      throw new RestoreRefused('这里已经有数据，不能覆盖；请用 --data 另指一个空文件夹，或者另建一个空数据库')
  }
}

const copyTable = async (
  client: pg.Client,
  part: { table: string; columns: readonly string[]; rows: number },
  content: Readable,
) => {
  const sink = client.query(from(copyIn(part)))
  await pipeline(content, createGunzip(), sink)
  if (sink.rowCount !== part.rows)
    throw new RestoreRefused(`${part.table} 应有 ${part.rows} 行，只恢复了 ${sink.rowCount} 行；没有恢复，请换一份备份`)
}

const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path)
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** The name is the content's hash, and `inspect` has compared the two. */
const putFile = async (store: FileStore, sha256: string, content: Readable): Promise<void> => {
  const path = store.pathOf(sha256)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const file = await open(`${path}.new`, 'w', 0o600)
  try {
    for await (const chunk of content) await file.writeFile(chunk)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.new`, path)
  if (process.platform !== 'win32') await syncFolder(dirname(path))
}

/** What was given out by itself goes on after the last one given. */
const continueIdentities = async (client: pg.Client): Promise<void> => {
  const { rows } = await client.query<{ table: string; column: string }>(
    `select a.attrelid::regclass::text as table, quote_ident(a.attname) as column from pg_attribute a
     join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
     where a.attidentity <> '' and not a.attisdropped and c.relkind in ('r', 'p')
       and n.nspname in ('core', 'ledger', 'private', 'read', 'machinery')`,
  )
  for (const { table, column } of rows)
    await client.query(
      `select setval(pg_get_serial_sequence('${table}', '${column.replaceAll('"', '')}'), coalesce(max(${column}), 1), count(*) > 0) from ${table}`,
    )
}

const fill = async (client: pg.Client, options: RestoreOptions): Promise<void> => {
  const { inspected: made } = options
  const tables = new Map(made.tables.map((one) => [one.part, one]))
  let files = 0
  await client.query('begin')
  await readArchive(options.source, async ({ name, content }) => {
    const table = tables.get(name)
    if (table) {
      options.onProgress?.(`数据表 ${table.table}`)
      await copyTable(client, table, content)
    } else if (name === made.jobs.part) await restoreJobs(client, options.adminUrl, content, options.log)
    else if (name.startsWith('files/')) {
      await putFile(options.files, basename(name), content)
      files += 1
      if (files % 100 === 0) options.onProgress?.(`文件 ${files} / ${made.files.count}`)
    } else content.resume()
  })
  await continueIdentities(client)
  await markRestored(client, made.takenAt)
  await client.query('commit')
  await client.query('analyze')
}

/**
 * Puts an inspected backup into an empty database and its files into the store: all tables in one transaction, then
 * migrated to this version. Broken off, the database is still empty and the restore is begun again.
 */
export const restore = async (options: RestoreOptions): Promise<void> => {
  const { adminUrl, inspected } = options
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'bihuan-restore' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await refuseUsed(client)
    const until = inspected.migrations.at(-1)?.name
    await migrate(adminUrl, { queues, ...(until !== undefined && { until }) })
    await fill(client, options)
  } finally {
    await client.end()
  }
  await migrate(adminUrl, { queues })
}
