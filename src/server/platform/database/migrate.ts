import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { appRole } from './roles.ts'
import { DatabaseTrouble, messageOf } from './trouble.ts'

export type MigrateOptions = {
  readonly folder?: string
  /** Names of the job queues the owner creates; the application itself creates none. */
  readonly queues?: readonly string[]
  /** The last migration to apply: a backup is put into a database as old as itself. */
  readonly until?: string
}

/** What this run applied, in order; empty when the database was up to date. */
export type Migrated = { readonly applied: readonly string[] }

type Migration = { readonly name: string; readonly sql: string; readonly sha256: string }

const migrationsFolder = fileURLToPath(new URL('../../../../migrations', import.meta.url))

const form = /^(\d{4})_[a-z0-9_]+\.sql$/

/** The house's own SQL, in order. Numbers run from 0001 without a gap, so that a forgotten file is seen at once. */
export const readMigrations = (folder: string = migrationsFolder): readonly Migration[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name, index) => {
      const number = form.exec(name)?.[1]
      if (number === undefined)
        throw new DatabaseTrouble(`迁移文件名 ${name} 不对；应是四位编号、下划线、小写英文名，如 0002_hazard.sql`)
      if (Number(number) !== index + 1)
        throw new DatabaseTrouble(
          `迁移文件 ${name} 的编号不连续，这里应是 ${String(index + 1).padStart(4, '0')}；请补上缺的或改掉重的`,
        )
      const sql = readFileSync(join(folder, name), 'utf8')
      return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') }
    })

const prepareRecord = `
  create schema if not exists machinery;
  create table if not exists machinery.migration (
    name text primary key,
    sha256 text not null,
    applied_at timestamptz not null default now()
  );
  comment on table machinery.migration is 'class: machinery. Which migrations this database has, with the text they had.'`

const refuseStrangers = (migrations: readonly Migration[], recorded: ReadonlyMap<string, string>): void => {
  const known = new Map(migrations.map((migration) => [migration.name, migration.sha256]))
  for (const [name, sha256] of recorded) {
    const now = known.get(name)
    if (now === undefined)
      throw new DatabaseTrouble(`数据库已由更新的程序升级过（${name}），这个版本不认识；请用新版程序启动`)
    if (now !== sha256)
      throw new DatabaseTrouble(`迁移 ${name} 已经执行过，文件后来被改动；请恢复原文，改动另写一个新编号的迁移文件`)
  }
}

const placeOf = (error: unknown, sql: string): string => {
  if (!(error instanceof pg.DatabaseError) || error.position === undefined) return ''
  return `第 ${sql.slice(0, Number(error.position)).split('\n').length} 行`
}

const apply = async (client: pg.Client, { name, sql, sha256 }: Migration): Promise<void> => {
  await client.query('begin')
  try {
    await client.query(sql)
    await client.query('insert into machinery.migration (name, sha256) values ($1, $2)', [name, sha256])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw new DatabaseTrouble(`迁移 ${name} ${placeOf(error, sql)}失败，整份没有生效：${messageOf(error)}`)
  }
}

/** Schema and queues of the job machinery belong to the owner: the application starts it with `migrate: false`. */
const prepareJobs = async (adminUrl: string, client: pg.Client, queues: readonly string[]): Promise<void> => {
  const boss = new PgBoss({ connectionString: adminUrl, schema: 'pgboss', supervise: false, schedule: false, max: 2 })
  let trouble: unknown
  boss.on('error', (error) => {
    trouble = error
  })
  await boss.start()
  for (const queue of queues) await boss.createQueue(queue)
  await boss.stop({ graceful: false })
  if (trouble !== undefined) throw trouble
  await client.query(`
    grant usage on schema pgboss to ${appRole};
    grant select, insert, update, delete on all tables in schema pgboss to ${appRole};
    grant usage on all sequences in schema pgboss to ${appRole};
    grant execute on all functions in schema pgboss to ${appRole}`)
}

/**
 * Brings the database to this version of the program: each file in one transaction, under a lock so that two starts do
 * not meet, then the job queues. Needs the roles (ensureRoles). Run again it does nothing. Throws DatabaseTrouble.
 */
export const migrate = async (adminUrl: string, options: MigrateOptions = {}): Promise<Migrated> => {
  const migrations = readMigrations(options.folder)
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'bihuan-migrate' })
  await client.connect()
  try {
    // Held by the session until the connection closes, whatever happens between.
    await client.query(`select pg_advisory_lock(hashtext('bihuan migrate'))`)
    await client.query(prepareRecord)
    const { rows } = await client.query<{ name: string; sha256: string }>(
      'select name, sha256 from machinery.migration',
    )
    const recorded = new Map(rows.map((row) => [row.name, row.sha256]))
    refuseStrangers(migrations, recorded)
    const { until } = options
    const missing = migrations.filter(({ name }) => !recorded.has(name) && (until === undefined || name <= until))
    for (const migration of missing) await apply(client, migration)
    await prepareJobs(adminUrl, client, options.queues ?? [])
    return { applied: missing.map((migration) => migration.name) }
  } finally {
    await client.end()
  }
}
