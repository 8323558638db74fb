import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cloneDatabase, type TestDatabase } from '#tests/support/database.ts'
import { migrate, readMigrations } from './migrate.ts'

const first = 'create table core.first (id integer primary key);'

let database: TestDatabase
let folder: string
const write = (name: string, sql: string) => writeFileSync(join(folder, name), sql)
const ask = async (sql: string) => {
  const client = new pg.Client({ connectionString: database.adminUrl })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

beforeEach(async () => {
  database = await cloneDatabase()
  folder = mkdtempSync(join(tmpdir(), 'bihuan-migrations-'))
  for (const { name, sql } of readMigrations()) write(name, sql)
})
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true })
  await database.drop()
})

const next = () => String(readMigrations(folder).length + 1).padStart(4, '0')

describe('migrating', () => {
  it('applies what is missing, once: run again it does nothing', async () => {
    const name = `${next()}_first.sql`
    write(name, first)
    expect(await migrate(database.adminUrl, { folder })).toEqual({ applied: [name] })
    const recorded = await ask('select * from machinery.migration order by name')
    expect(await migrate(database.adminUrl, { folder })).toEqual({ applied: [] })
    expect(await ask('select * from machinery.migration order by name')).toEqual(recorded)
  })

  it('lets two starts at the same moment apply it once between them', async () => {
    const name = `${next()}_first.sql`
    write(name, first)
    const both = await Promise.all([migrate(database.adminUrl, { folder }), migrate(database.adminUrl, { folder })])
    expect(both.flatMap(({ applied }) => applied)).toEqual([name])
  })

  it('refuses a file that was edited after it was applied', async () => {
    const name = `${next()}_first.sql`
    write(name, first)
    await migrate(database.adminUrl, { folder })
    write(name, `${first} -- harmless?`)
    await expect(migrate(database.adminUrl, { folder })).rejects.toThrow(`迁移 ${name} 已经执行过，文件后来被改动`)
  })

  it('refuses a database that a newer program has migrated', async () => {
    const name = `${next()}_first.sql`
    write(name, first)
    await migrate(database.adminUrl, { folder })
    rmSync(join(folder, name))
    await expect(migrate(database.adminUrl, { folder })).rejects.toThrow('请用新版程序启动')
  })

  it('keeps nothing of a file that fails half-way, and names its line', async () => {
    const name = `${next()}_broken.sql`
    write(name, `${first}\n\nselect * from core.no_such_table;\n`)
    await expect(migrate(database.adminUrl, { folder })).rejects.toThrow(`迁移 ${name} 第 3 行失败，整份没有生效`)
    expect(await ask(`select to_regclass('core.first') as found`)).toEqual([{ found: null }])
    write(name, first)
    expect(await migrate(database.adminUrl, { folder })).toEqual({ applied: [name] })
  })

  it('wants numbers without a gap and names it can read', async () => {
    write('0099_later.sql', first)
    await expect(migrate(database.adminUrl, { folder })).rejects.toThrow(
      `这里应是 ${String(readMigrations().length + 1).padStart(4, '0')}`,
    )
    rmSync(join(folder, '0099_later.sql'))
    write('9_Later.sql', first)
    await expect(migrate(database.adminUrl, { folder })).rejects.toThrow('迁移文件名 9_Later.sql 不对')
  })
})
