import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { startServer, type TestServer } from '#tests/support/district.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer({ empty: true })
})
afterAll(() => server.close())

const classes = ['act', 'registry', 'stream', 'private', 'machinery', 'derived']
const ours = `n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'pgboss')`

const ask = async <T>(shape: z.ZodType<T>, sql: string, values: unknown[] = []): Promise<T[]> =>
  (await server.owner.query(sql, values)).rows.map((row) => shape.parse(row))

const names = async (sql: string, values: unknown[] = []): Promise<string[]> =>
  (await ask(z.object({ name: z.string() }), sql, values)).map(({ name }) => name)

const table = z.object({
  name: z.string(),
  comment: z.string().nullable(),
  secured: z.boolean(),
  key: z.array(z.string()).nullable(),
  columns: z.array(z.string()),
})

const tables = () =>
  ask(
    table,
    `select n.nspname || '.' || c.relname as name, obj_description(c.oid, 'pg_class') as comment, c.relrowsecurity as secured,
       (select array_agg(a.attname::text order by k.place) from pg_index i, unnest(i.indkey) with ordinality as k(attnum, place), pg_attribute a
        where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid and a.attnum = k.attnum) as key,
       array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relkind in ('r', 'p') and ${ours} group by c.oid, n.nspname, c.relname order by 1`,
  )

const tenantTables = async () => (await tables()).filter(({ columns }) => columns.includes('tenant_id'))

describe('每张表', () => {
  test('注释以数据类别开头', async () => {
    const unclassed = (await tables()).filter(({ comment }) => {
      const named = /^class: (\w+)\. \S/.exec(comment ?? '')?.[1]
      return named === undefined || !classes.includes(named)
    })
    expect(unclassed.map(({ name }) => name)).toEqual([])
  })

  test('有单位的表：都有区划列（按字节排序）、都开行级权限、都只有这一条管辖策略', async () => {
    const found = await tenantTables()
    expect(found.length).toBeGreaterThan(15)
    for (const { name, secured, columns } of found) {
      expect({ name, secured, div: columns.includes('div') }).toEqual({ name, secured: true, div: true })
    }
    const collations = await ask(
      z.object({ name: z.string(), collation: z.string(), required: z.boolean() }),
      `select n.nspname || '.' || c.relname as name, l.collname as collation, a.attnotnull as required
       from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
       join pg_collation l on l.oid = a.attcollation where a.attname = 'div' and c.relkind in ('r', 'p') and ${ours}`,
    )
    expect(collations.filter(({ collation, required }) => collation !== 'C' || !required)).toEqual([])
    expect(collations.length).toBe(found.length)
    const policies = await ask(
      z.object({ name: z.string(), policy: z.string(), command: z.string(), roles: z.string(), same: z.boolean() }),
      `select schemaname || '.' || tablename as name, policyname as policy, cmd as command, array_to_string(roles, ',') as roles,
         qual = with_check and qual like '%bihuan.div_lo%' and qual like '%bihuan.div_hi%' and qual like '%scope_tenants%' as same
       from pg_policies where policyname <> 'journal' order by 1`,
    )
    expect(policies).toEqual(
      found.map(({ name }) => ({ name, policy: 'scope', command: 'ALL', roles: 'bihuan_app', same: true })),
    )
  })

  test('有单位的表：主键从单位开始（全局唯一的占名表除外），可以按矿分布', async () => {
    const reference = ['core.claim']
    const wrong = (await tenantTables()).filter(
      ({ name, key }) => key?.[0] !== 'tenant_id' && !reference.includes(name),
    )
    expect(wrong).toEqual([])
    expect((await tables()).filter(({ key }) => key === null)).toEqual([])
  })

  test('没有自增列（存证的待发箱除外，它只在协调节点上），没有枚举类型', async () => {
    expect(
      await names(
        `select n.nspname || '.' || c.relname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
         join pg_namespace n on n.oid = c.relnamespace left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
         where ${ours} and (a.attidentity <> '' or pg_get_expr(d.adbin, d.adrelid) like 'nextval%')`,
      ),
    ).toEqual(['ledger.outbox'])
    expect(
      await names(
        `select n.nspname || '.' || t.typname as name from pg_type t join pg_namespace n on n.oid = t.typnamespace
         where t.typtype = 'e' and ${ours}`,
      ),
    ).toEqual([])
  })

  test('视图都以调用者的身份读；没有物化视图绕过行级权限', async () => {
    expect(
      await names(
        `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where c.relkind in ('v', 'm') and ${ours}
           and (c.relkind = 'm' or not coalesce(c.reloptions::text[] @> array['security_invoker=true'], false))`,
      ),
    ).toEqual([])
  })
})

describe('三个数据库角色', () => {
  test('程序的角色什么也不拥有，绕不过行级权限，建不了东西，也不是谁的成员', async () => {
    const [role] = await ask(
      z.object({ free: z.boolean(), memberships: z.number(), owned: z.number(), creates: z.boolean() }),
      `select rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or rolreplication as free,
         (select count(*)::int from pg_auth_members m where m.member = r.oid or m.roleid = r.oid and m.member = r.oid) as memberships,
         (select count(*)::int from pg_shdepend d where d.refobjid = r.oid and d.deptype = 'o') as owned,
         has_database_privilege(r.oid, current_database(), 'create') or
           (select bool_or(has_schema_privilege(r.oid, n.oid, 'create')) from pg_namespace n where n.nspname !~ '^pg_') as creates
       from pg_roles r where rolname = 'bihuan_app'`,
    )
    expect(role).toEqual({ free: false, memberships: 0, owned: 0, creates: false })
  })

  test('程序的角色对每张表恰好有这些权限，一样不多', async () => {
    const found = await ask(
      z.object({ name: z.string(), privileges: z.string() }),
      `select n.nspname || '.' || c.relname as name, string_agg(lower(p.privilege), ' ' order by p.place) as privileges
       from pg_class c join pg_namespace n on n.oid = c.relnamespace,
         unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) with ordinality as p(privilege, place)
       where c.relkind in ('r', 'p') and ${ours} and has_table_privilege('bihuan_app', c.oid, p.privilege)
       group by 1 order by 1`,
    )
    expect(Object.fromEntries(found.map(({ name, privileges }) => [name, privileges]))).toEqual({
      'core.claim': 'select insert delete',
      'core.command': 'select insert',
      'core.counter': 'select insert update',
      'core.event': 'select insert',
      'core.file': 'select insert',
      'core.self_check_answer': 'select insert',
      'core.stream': 'select insert update',
      'ledger.checkpoint': 'select',
      'ledger.cosignature': 'select',
      'ledger.entry': 'select',
      'ledger.head': 'select',
      'ledger.log': 'select',
      'ledger.outbox': 'insert',
      'ledger.tile': 'select',
      'ledger.verification': 'select',
      'ledger.witness': 'select',
      'ledger.witnessed': 'select',
      'machinery.export_progress': 'select insert update delete',
      'machinery.import_correction': 'select insert update delete',
      'machinery.register_view': 'select insert update delete',
      'machinery.session': 'select insert update delete',
      'machinery.setting': 'select',
      'machinery.sign_in_attempt': 'select insert update delete',
      'private.account': 'insert delete',
      'private.import_row': 'select insert',
      'private.leaf_salt': 'select insert',
      'private.person': 'select insert delete',
      'read.account': 'select insert update delete',
      'core.paper_form': 'select insert',
      'read.board': 'select insert update delete',
      'read.crew_meeting': 'select insert update delete',
      'read.company': 'select insert update delete',
      'read.handover': 'select insert update delete',
      'read.hazard': 'select insert update delete',
      'read.hazard_entry': 'select insert update delete',
      'read.hazard_matter': 'select insert update delete',
      'read.hazard_past': 'select insert update delete',
      'read.hazard_tally': 'select insert update delete',
      'read.import': 'select insert update delete',
      'read.key_presence': 'select insert update delete',
      'read.mine': 'select insert update delete',
      'read.mine_unit': 'select insert update delete',
      'read.organisation': 'select insert update delete',
      'read.permit': 'select insert update delete',
      'read.person': 'select insert update delete',
      'read.register_export': 'select insert update delete',
      'read.self_check': 'select insert update delete',
      'read.tenant': 'select insert update delete',
    })
  })

  test('密码的散列程序读不到；私人资料只能改姓名、手机和去向', async () => {
    const columns = (privilege: string, name: string) =>
      names(
        `select a.attname as name from pg_attribute a where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped
           and has_column_privilege('bihuan_app', a.attrelid, a.attnum, $2) order by a.attnum`,
        [name, privilege],
      )
    expect(await columns('select', 'private.account')).toEqual(['tenant_id', 'account_id', 'login'])
    expect(await columns('update', 'private.account')).toEqual(['div', 'login', 'password_hash', 'updated_at'])
    expect(await columns('update', 'private.person')).toEqual(['div', 'name', 'phone', 'updated_at'])
    await expect(server.platform.pool.query('select password_hash from private.account')).rejects.toMatchObject({
      code: '42501',
    })
  })

  test('排序者读得到事件、办理和盐（写第二存放处的日志用），只写得了存证', async () => {
    const found = await ask(
      z.object({ name: z.string(), privileges: z.string() }),
      `select n.nspname || '.' || c.relname as name, string_agg(lower(p.privilege), ' ' order by p.place) as privileges
       from pg_class c join pg_namespace n on n.oid = c.relnamespace,
         unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) with ordinality as p(privilege, place)
       where c.relkind in ('r', 'p') and ${ours} and has_table_privilege('bihuan_sequencer', c.oid, p.privilege)
       group by 1 order by 1`,
    )
    expect(Object.fromEntries(found.map(({ name, privileges }) => [name, privileges]))).toEqual({
      'core.command': 'select',
      'core.event': 'select',
      'ledger.checkpoint': 'select insert',
      'ledger.cosignature': 'select insert',
      'ledger.entry': 'select insert',
      'ledger.head': 'select insert update',
      'ledger.log': 'select insert',
      'ledger.outbox': 'select',
      'ledger.tile': 'select insert',
      'ledger.verification': 'select insert',
      'ledger.witness': 'select insert update delete',
      'ledger.witnessed': 'select insert update delete',
      'machinery.setting': 'select',
      'private.leaf_salt': 'select',
    })
    expect(
      await names(
        `select n.nspname as name from pg_namespace n where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
           and has_schema_privilege('bihuan_sequencer', n.oid, 'usage') order by 1`,
      ),
    ).toEqual(['core', 'ledger', 'machinery', 'private', 'public'])
    expect(
      await names(
        `select table_name || '.' || column_name || ' ' || lower(privilege_type) as name from information_schema.column_privileges
         where grantee = 'bihuan_sequencer' and privilege_type = 'UPDATE' and table_name = 'log'`,
      ),
    ).toEqual(['log.twin_vkey update'])
    const journal = await ask(
      z.object({ name: z.string(), command: z.string(), roles: z.string() }),
      `select schemaname || '.' || tablename as name, cmd as command, array_to_string(roles, ',') as roles
       from pg_policies where policyname = 'journal' order by 1`,
    )
    expect(journal).toEqual(
      ['core.command', 'core.event', 'private.leaf_salt'].map((name) => ({
        name,
        command: 'SELECT',
        roles: 'bihuan_sequencer',
      })),
    )
  })

  test('以所有者身份运行的函数：固定了查找路径，只有程序的角色能叫', async () => {
    const found = await ask(
      z.object({ name: z.string(), config: z.array(z.string()).nullable(), everybody: z.boolean(), app: z.boolean() }),
      `select n.nspname || '.' || p.proname as name, p.proconfig as config,
         coalesce((select bool_or(a.grantee = 0) from aclexplode(p.proacl) a where a.privilege_type = 'EXECUTE'), p.proacl is null) as everybody,
         has_function_privilege('bihuan_app', p.oid, 'execute') as app
       from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prosecdef and ${ours} order by 1`,
    )
    expect(found.length).toBeGreaterThanOrEqual(4)
    for (const { name, config, everybody, app } of found)
      expect({ name, config, everybody, app }).toEqual({
        name,
        config: ['search_path=pg_catalog'],
        everybody: false,
        app: true,
      })
  })
})

describe('不可改的记录', () => {
  const kept = ['core.event', 'core.command', 'ledger.outbox'] as const

  beforeAll(async () => {
    const filled = {
      'core.event': `insert into core.event (tenant_id, stream_id, version, div, id, kind, type, v, body, account_id, role, command_id, rulebook_version, received_at)
        values (gen_random_uuid(), gen_random_uuid(), 1, '1404', gen_random_uuid(), 'x', 'x', 1, '{}', gen_random_uuid(), 'x', gen_random_uuid(), '1', now())`,
      'core.command': `insert into core.command (tenant_id, id, div, hash, receipt, received_at)
        values (gen_random_uuid(), gen_random_uuid(), '1404', sha256('x'), '{}', now())`,
      'ledger.outbox': `insert into ledger.outbox (leaf, leaf_hash, at) values ('x', sha256('x'), now())`,
    }
    for (const name of kept) await server.owner.query(filled[name])
  })

  const attempts = {
    'core.event': `update core.event set body = '{"x": 1}'`,
    'core.command': `update core.command set receipt = '{"x": 1}'`,
    'ledger.outbox': `update ledger.outbox set leaf = 'y'`,
  }

  test.each(kept)('%s：连所有者也改不了、删不了、清不空', async (name) => {
    for (const statement of [attempts[name], `delete from ${name}`, `truncate ${name}`, `truncate ${name} cascade`]) {
      const done = server.owner.query(statement)
      await expect(done, statement).rejects.toThrow(pg.DatabaseError)
      await expect(done, statement).rejects.toMatchObject({ code: '55000' })
    }
    const { rows } = await server.owner.query(`select count(*)::int as n from ${name}`)
    expect(rows[0].n).toBe(1)
  })

  test('只有区划这一列可以随矿迁走', async () => {
    await server.owner.query(`update core.event set div = '140404'`)
    await expect(server.owner.query(`update core.event set div = '1404', role = 'y'`)).rejects.toMatchObject({
      code: '55000',
    })
  })
})
