import { createWriteStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import pg from 'pg'
import { to } from 'pg-copy-streams'
import type { FileStore } from '#server/platform/files/fileStore.ts'
import { type Archive, createArchive } from './archive.ts'
import { copyJobsOut, copyOut, type Table, tablesToKeep } from './contents.ts'
import { jobsPart, type Manifest, manifestName, partOfFile, partOfTable } from './manifest.ts'

export type BackupOptions = {
  readonly adminUrl: string
  readonly files: FileStore
  /** The archive to write; nothing stands under this name until all of it does. */
  readonly target: string
  readonly version: string
  readonly now: Date
  readonly onProgress?: (what: string) => void
}

/** Staged first, because an entry's size stands before its content. */
const stage = async (client: pg.Client, copy: string, path: string) => {
  const source = client.query(to(copy))
  await pipeline(source, createGzip({ level: 4 }), createWriteStream(path, { mode: 0o600 }))
  return { rows: source.rowCount, size: (await stat(path)).size }
}

const addCopy = async (client: pg.Client, archive: Archive, copy: string, part: string, staged: string) => {
  const { rows, size } = await stage(client, copy, staged)
  const { sha256 } = await archive.addFile(part, staged, size)
  return { part, rows, sha256 }
}

/** Held from before the snapshot to its end, as pg_dump does: no migration changes a table under the copy. */
const openSnapshot = async (client: pg.Client): Promise<readonly Table[]> => {
  const before = await tablesToKeep(client)
  await client.query('begin transaction isolation level repeatable read, read only')
  await client.query(`lock table ${before.map(({ table }) => table).join(', ')} in access share mode`)
  return tablesToKeep(client)
}

const addFiles = async (archive: Archive, store: FileStore, wanted: readonly string[], options: BackupOptions) => {
  const missing: string[] = []
  const damaged: string[] = []
  let count = 0
  let bytes = 0
  for (const sha256 of wanted) {
    const found = await store.stat(sha256)
    if (!found) {
      missing.push(sha256)
      continue
    }
    const added = await archive.addFile(partOfFile(sha256), store.pathOf(sha256), found.size)
    if (added.sha256 !== sha256) damaged.push(sha256)
    count += 1
    bytes += added.bytes
    if (count % 100 === 0) options.onProgress?.(`文件 ${count} / ${wanted.length}`)
  }
  return { count, bytes, missing, damaged }
}

const takeSnapshot = async (client: pg.Client, archive: Archive, options: BackupOptions) => {
  const staged = `${options.target}.table`
  try {
    const tables = await openSnapshot(client)
    const { rows: migrations } = await client.query<{ name: string; sha256: string }>(
      'select name, sha256 from machinery.migration order by name',
    )
    const { rows: files } = await client.query<{ sha256: string }>(
      'select distinct sha256 from core.file order by sha256',
    )
    const parts: Manifest['tables'] = []
    for (const one of tables) {
      options.onProgress?.(`数据表 ${one.table}`)
      const part = await addCopy(client, archive, copyOut(one), partOfTable(one.table), staged)
      parts.push({ ...part, table: one.table, columns: [...one.columns] })
    }
    const jobs = await addCopy(client, archive, copyJobsOut, jobsPart, staged)
    await client.query('commit')
    return { migrations, tables: parts, jobs, files: files.map(({ sha256 }) => sha256) }
  } finally {
    await rm(staged, { force: true })
  }
}

/**
 * Everything that is a source, out of one snapshot, and the files its records name, in one tar. The program may go on
 * running. A file that is missing or damaged does not stop the backup: it is named in the manifest.
 */
export const backUp = async (options: BackupOptions): Promise<Manifest> => {
  const client = new pg.Client({ connectionString: options.adminUrl, application_name: 'bihuan-backup' })
  client.on('error', () => undefined)
  await client.connect()
  const archive = createArchive(options.target, options.now)
  try {
    const snapshot = await takeSnapshot(client, archive, options)
    const made: Manifest = {
      format: 1,
      version: options.version,
      takenAt: options.now.toISOString(),
      migrations: snapshot.migrations,
      tables: snapshot.tables,
      jobs: snapshot.jobs,
      files: await addFiles(archive, options.files, snapshot.files, options),
    }
    archive.addText(manifestName, `${JSON.stringify(made, undefined, 2)}\n`)
    await archive.finish()
    return made
  } catch (error) {
    await archive.abandon()
    throw error
  } finally {
    await client.end()
  }
}
