import type { Pool } from 'pg'
import { PgBoss } from 'pg-boss'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { queues } from '#server/platform/jobs.ts'
import { cloneDatabase, type TestDatabase } from '#tests/support/database.ts'
import { createPool } from './pool.ts'
import { ensureRoles } from './roles.ts'

let database: TestDatabase
let owner: Pool
let app: Pool
let sequencer: Pool

beforeAll(async () => {
  database = await cloneDatabase()
  owner = createPool(database.adminUrl)
  app = createPool(database.appUrl)
  sequencer = createPool(database.sequencerUrl)
  await owner.query(`
    create table core.guarded (tenant_id integer primary key);
    insert into core.guarded values (1), (2);
    alter table core.guarded enable row level security;
    create policy own on core.guarded to bihuan_app using (tenant_id = 1);
    grant select on core.guarded to bihuan_app`)
})
afterAll(async () => {
  await Promise.all([owner, app, sequencer].map((pool) => pool?.end()))
  await database?.drop()
})

describe('the role the application works under', () => {
  it('is no superuser, bypasses nothing, creates no database and no role', async () => {
    const { rows } = await app.query(
      `select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication from pg_roles where rolname = current_user`,
    )
    expect(rows).toEqual([
      { rolsuper: false, rolbypassrls: false, rolcreatedb: false, rolcreaterole: false, rolreplication: false },
    ])
  })

  it('owns nothing', async () => {
    const { rows } = await owner.query(
      `select c.oid::regclass::text from pg_class c where c.relowner in ('bihuan_app'::regrole, 'bihuan_sequencer'::regrole)`,
    )
    expect(rows).toEqual([])
  })

  it.each(['public', 'core', 'ledger', 'read', 'private', 'machinery', 'pgboss'])(
    'creates no table in %s',
    async (schema) => {
      await expect(app.query(`create table ${schema}.mine (id integer)`)).rejects.toMatchObject({ code: '42501' })
    },
  )

  it('creates no schema and changes no other role', async () => {
    await expect(app.query('create schema own')).rejects.toMatchObject({ code: '42501' })
    await expect(app.query('alter role bihuan_app bypassrls')).rejects.toMatchObject({ code: '42501' })
    await expect(app.query('set role bihuan_sequencer')).rejects.toMatchObject({ code: '42501' })
  })

  it('sees only the rows the policy shows, and cannot switch the policy off', async () => {
    expect((await app.query('select tenant_id from core.guarded')).rows).toEqual([{ tenant_id: 1 }])
    await expect(app.query('alter table core.guarded disable row level security')).rejects.toMatchObject({
      code: '42501',
    })
    const client = await app.connect()
    try {
      await client.query('set row_security = off')
      // Off means: refuse rather than filter.
      await expect(client.query('select tenant_id from core.guarded')).rejects.toMatchObject({ code: '42501' })
    } finally {
      client.release(true)
    }
  })

  it('runs the job queues without owning them', async () => {
    const [queue] = queues
    const boss = new PgBoss({ connectionString: database.appUrl, schema: 'pgboss', migrate: false })
    const troubles: unknown[] = []
    boss.on('error', (error) => troubles.push(error))
    await boss.start()
    const id = await boss.send(queue, { eventId: 'e1' })
    const [job] = await boss.fetch<{ eventId: string }>(queue)
    await boss.complete(queue, job?.id ?? '')
    await boss.stop({ graceful: false })
    expect(job).toMatchObject({ id, data: { eventId: 'e1' } })
    expect(troubles).toEqual([])
  })
})

describe('the role of the sequencer', () => {
  it('reads no record of the house', async () => {
    await expect(sequencer.query('select * from core.guarded')).rejects.toMatchObject({ code: '42501' })
  })
})

describe('ensuring the roles', () => {
  it('takes back rights that somebody has given by hand', async () => {
    await owner.query('alter role bihuan_sequencer createdb')
    await ensureRoles(database.adminUrl, {
      app: new URL(database.appUrl.replace('@/', '@x/')).password,
      sequencer: undefined,
    })
    const { rows } = await owner.query(`select rolcreatedb from pg_roles where rolname = 'bihuan_sequencer'`)
    expect(rows).toEqual([{ rolcreatedb: false }])
  })
})
