import pg from 'pg'
import type { Logger } from 'pino'
import { startEmbedded } from './embedded.ts'
import { type Migrated, type MigrateOptions, migrate } from './migrate.ts'
import { ensureRoles } from './roles.ts'
import { DatabaseTrouble, messageOf } from './trouble.ts'

export type Database = {
  readonly kind: 'embedded' | 'given'
  /** The owner, for setup, migrate, rebuild, restore; a given server may keep it from us. */
  readonly adminUrl: string | undefined
  readonly appUrl: string
  readonly sequencerUrl: string | undefined
  readonly stop: () => Promise<void>
}

export type ResolveOptions = {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly dataDir: string
  readonly log: Logger
  readonly onLost?: (error: unknown) => void
}

/** server_version_num of PostgreSQL 15, the oldest the house is written for. */
const oldest = 150_000

const checkServer = async (name: string, url: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ number: number; version: string }>(
      `select current_setting('server_version_num')::int as number, current_setting('server_version') as version`,
    )
    const [server] = rows
    if (server && server.number < oldest)
      throw new DatabaseTrouble(`${name} 指向的 PostgreSQL 是 ${server.version}，太旧；请用 15 或更新的版本`)
  } catch (error) {
    if (error instanceof DatabaseTrouble) throw error
    throw new DatabaseTrouble(
      `${name} 指向的数据库连不上（${messageOf(error)}）；请检查地址、账号、口令和服务器是否已启动`,
    )
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** The net under a forgotten WHERE must hold the role that the application signs in with. */
const checkRole = async (url: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    const { rows } = await client.query<{ role: string; free: boolean }>(
      'select rolname as role, rolsuper or rolbypassrls as free from pg_roles where rolname = current_user',
    )
    const [found] = rows
    if (found?.free)
      throw new DatabaseTrouble(
        `DATABASE_URL 的账号 ${found.role} 能绕过行级权限，不能用来运行程序；请改用 bihuan_app，所有者账号放在 DATABASE_ADMIN_URL`,
      )
  } finally {
    await client.end()
  }
}

const passwordOf = (url: string): string => decodeURIComponent(new URL(url.replace('@/', '@localhost/')).password)

const given = async (appUrl: string, env: ResolveOptions['env']): Promise<Database> => {
  const adminUrl = env.DATABASE_ADMIN_URL || undefined
  const sequencerUrl = env.DATABASE_SEQUENCER_URL || undefined
  if (adminUrl) {
    await checkServer('DATABASE_ADMIN_URL', adminUrl)
    await ensureRoles(adminUrl, {
      app: passwordOf(appUrl),
      sequencer: sequencerUrl === undefined ? undefined : passwordOf(sequencerUrl),
    })
  }
  await checkServer('DATABASE_URL', appUrl)
  await checkRole(appUrl)
  return { kind: 'given', adminUrl, appUrl, sequencerUrl, stop: async () => undefined }
}

/** DATABASE_URL unset: our own server in the data folder; set: that one. Throws DatabaseTrouble. */
export const resolveDatabase = async ({ env, dataDir, log, onLost }: ResolveOptions): Promise<Database> => {
  const appUrl = env.DATABASE_URL
  if (appUrl) return given(appUrl, env)
  if (env.DATABASE_ADMIN_URL)
    throw new DatabaseTrouble('设了 DATABASE_ADMIN_URL，没有设 DATABASE_URL；两个一起设，或者都不设（用内置数据库）')
  const embedded = await startEmbedded({ dataDir, log, ...(onLost ? { onLost } : {}) })
  return { kind: 'embedded', ...embedded }
}

/** Migrates as the owner, or says which setting is missing. */
export const migrateDatabase = async (database: Database, options: MigrateOptions = {}): Promise<Migrated> => {
  if (database.adminUrl === undefined)
    throw new DatabaseTrouble('升级数据库要用所有者账号；请设置 DATABASE_ADMIN_URL 后再运行')
  return migrate(database.adminUrl, options)
}
