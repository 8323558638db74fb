import { createHash } from 'node:crypto'
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import type pg from 'pg'

/** What the log vouches for, and what it is made of. */
export const protectedTables = [
  'core.event',
  'core.stream',
  'core.command',
  'private.leaf_salt',
  'ledger.outbox',
  'ledger.entry',
  'ledger.tile',
  'ledger.head',
  'ledger.checkpoint',
] as const

export type ProtectedTable = (typeof protectedTables)[number]

/** The parts of the second folder: what anybody may read, and what rows are restored from. */
const parts = ['public', 'journal'] as const

export type Digests = Readonly<Record<string, string>>

export type Snapshots = {
  /** Every protected and every derived row, and the folder's files, put aside under a name. */
  readonly take: (name: string) => Promise<void>
  readonly restoreTables: (name: string) => Promise<void>
  readonly restoreFolder: (name: string) => void
  readonly folderOf: (name: string) => string
  readonly tables: () => Promise<readonly string[]>
  readonly copyOf: (name: string, table: string) => string
  /** One digest a table and one of each part of the folder. */
  readonly digests: () => Promise<Digests>
}

export const filesUnder = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((path) => statSync(join(folder, path)).isFile())
        .sort()
    : []

const digestOfFolder = (folder: string): string => {
  const hash = createHash('sha256')
  for (const path of filesUnder(folder)) {
    const content = readFileSync(join(folder, path))
    hash.update(`${relative('.', path)}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

/** Runs as superuser with every trigger out of the way, all or nothing. */
export const asSuperuser = async <T>(owner: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
  const client = await owner.connect()
  try {
    await client.query('begin')
    await client.query('set local session_replication_role = replica')
    const done = await work(client)
    await client.query('commit')
    return done
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

const derivedTables = async (owner: pg.Pool): Promise<readonly string[]> => {
  const { rows } = await owner.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'read' and c.relkind = 'r' order by 1`,
  )
  return rows.map(({ name }) => name)
}

export const openSnapshots = (owner: pg.Pool, secondFolder: string, copies: string): Snapshots => {
  const tables = async () => [...protectedTables, ...(await derivedTables(owner))]
  const copyOf = (name: string, table: string): string => `copy_${name}.${table.replace('.', '_')}`
  const folderOf = (name: string): string => join(copies, name)
  return {
    folderOf,
    tables,
    copyOf,
    take: async (name) => {
      await owner.query(`drop schema if exists copy_${name} cascade; create schema copy_${name}`)
      for (const table of await tables()) await owner.query(`create table ${copyOf(name, table)} as table ${table}`)
      rmSync(folderOf(name), { recursive: true, force: true })
      cpSync(secondFolder, folderOf(name), { recursive: true })
    },
    restoreTables: async (name) => {
      const all = await tables()
      await asSuperuser(owner, async (client) => {
        await client.query(`truncate ${all.join(', ')}`)
        for (const table of all)
          await client.query(`insert into ${table} overriding system value table ${copyOf(name, table)}`)
      })
    },
    restoreFolder: (name) => {
      for (const part of parts) {
        rmSync(join(secondFolder, part), { recursive: true, force: true })
        cpSync(join(folderOf(name), part), join(secondFolder, part), { recursive: true })
      }
    },
    digests: async () => {
      const all = await tables()
      const { rows } = await owner.query<{ name: string; digest: string | null }>(
        all
          .map(
            (table) =>
              `select '${table}' as name, md5(string_agg(t::text, E'\\n' order by t::text collate "C")) as digest from ${table} t`,
          )
          .join(' union all '),
      )
      return Object.fromEntries([
        ...rows.map(({ name, digest }) => [name, digest ?? 'empty'] as const),
        ...parts.map((part) => [part, digestOfFolder(join(secondFolder, part))] as const),
      ])
    },
  }
}

/** The tables and parts of the folder that differ. */
export const differing = (a: Digests, b: Digests): readonly string[] =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => a[name] !== b[name]).sort()
