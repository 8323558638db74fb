import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Route } from '#contract/route.ts'
import { type Scope, withinScope } from '#domain/access/actor.ts'
import { may } from '#domain/access/policy.ts'
import { roleNames } from '#domain/access/role.ts'
import { openSession } from '#server/accounts/sessions.ts'
import { scopeBounds } from '#server/platform/scope.ts'
import { allRoutes } from '#server/web.ts'
import {
  type DistrictIds,
  divisions,
  type Person,
  type PostName,
  startServer,
  type TestServer,
} from '#tests/support/district.ts'
import {
  aimsAtTenant,
  type Belongings,
  type Call,
  callsOf,
  furnish,
  type TenantName,
  tenantNames,
} from '#tests/support/matrix.ts'
import { signedFor } from '#tests/support/signedFor.ts'

const everybody: readonly PostName[] = [
  ...roleNames.filter((role) => role !== 'setup'),
  'siblingPrincipal',
  'foreignPrincipal',
  'foreignRegulator',
  'foreignAdmin',
]

type House = {
  readonly server: TestServer
  readonly things: Readonly<Record<TenantName, Belongings>>
  readonly routes: readonly Route[]
}

const open = async (checkAccess: boolean): Promise<House> => {
  const server = await startServer({ checkAccess, sequence: true })
  const things = await furnish(server)
  // A proof is asked of records that are in the log.
  await signedFor(server)
  const routes = allRoutes(server.platform, { demoAccounts: [], setupCode: '' }).map(({ route }) => route)
  return { server, things, routes }
}

type Said = { readonly status: number; readonly text: string }

const say = async (server: TestServer, { method, path, body, form }: Call, token?: string): Promise<Said> => {
  const response = await fetch(server.baseUrl + path, {
    method,
    headers: {
      // Packing a page takes longer than making it.
      'accept-encoding': 'identity',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token && { authorization: `Bearer ${token}` }),
    },
    ...(form ? { body: form } : body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: response.status, text: `${[...response.headers].join('\n')}\n${await response.text()}` }
}

const reaches = (person: Person, { tenantId, div }: Belongings): boolean =>
  withinScope(person.grant.scope, { tenantId, div })

/** What this person must not learn: all that lies outside the grant, but for the house the account itself belongs to. */
const secretsFrom = (person: Person, { things }: House): readonly string[] =>
  tenantNames
    .map((name) => things[name])
    .filter((thing) => !reaches(person, thing))
    .flatMap(({ secrets, tenantId }) => (tenantId === person.homeTenantId ? secrets.slice(2) : secrets))

const leaksIn = (text: string, secrets: readonly string[]): readonly string[] =>
  secrets.filter((one) => text.includes(one))

/** Signing out is asked with a session of its own. */
const tokenFor = async (server: TestServer, person: Person, route: Route): Promise<string> => {
  if (route.method !== 'DELETE') return person.token
  const { accountId, homeTenantId, personId, grant } = person
  return openSession(server.platform.pool, { accountId, homeTenantId, personId, login: 'x' }, grant, new Date())
}

/** Read without a tenant in their path: what they let out depends on what they are asked for. */
const listsOfHazards = ['/api/hazards', '/api/register', '/api/register/exports', '/api/statistics']

const callsFor = ({ server, things }: House, route: Route): readonly { target: Belongings; call: Call }[] => {
  const targets = aimsAtTenant(route) || listsOfHazards.includes(route.path) ? tenantNames : (['mine'] as const)
  return targets.flatMap((name) => {
    const calls = callsOf(route, things[name], server)
    if (!calls)
      throw new Error(`no call for ${route.method} ${route.path}: say in tests/support/matrix.ts how it could leak`)
    return calls.map((call) => ({ target: things[name], call }))
  })
}

/** What only reads is asked of every tenant at once; what may write, one after the other, as people do it. */
const inTurn = async <T>(route: Route, all: readonly T[], ask: (one: T) => Promise<void>): Promise<void> => {
  if (route.method === 'GET') {
    await Promise.all(all.map(ask))
    return
  }
  for (const one of all) await ask(one)
}

describe('岗位与管辖都查', () => {
  let house: House
  beforeAll(async () => {
    house = await open(true)
  })
  afterAll(() => house.server.close())

  test('没有登录的人：公开的三处能问，其余都是 401，什么也看不到', async () => {
    const { server, things, routes } = house
    const secrets = tenantNames.flatMap((name) => things[name].secrets)
    const answers: string[] = []
    for (const route of routes)
      for (const { call } of callsFor(house, route)) {
        const { status, text } = await say(server, call)
        const expected = route.access === 'public' ? status !== 401 || route.path === '/api/session' : status === 401
        answers.push(...leaksIn(text, secrets).map((leak) => `${route.method} ${call.path}: ${leak}`))
        if (!expected) answers.push(`${route.method} ${call.path}: ${status}`)
      }
    expect(answers).toEqual([])
    expect(routes.filter(({ access }) => access === 'public').map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /api/app',
      'POST /api/session',
      'POST /api/setup',
    ])
  })

  test.each(everybody)('%s：能办的办得到，不能办的办不到，别处的一个字也看不到', async (name) => {
    const { server, routes } = house
    const person = server.as(name)
    const { homeTenantId, accountId, grant } = person
    const secrets = secretsFrom(person, house)
    const wrong: string[] = []
    for (const route of routes) {
      if (route.access === 'public') continue
      const token = await tokenFor(server, person, route)
      const allowed = route.access === 'signedIn' || may({ ...grant, homeTenantId, accountId }, route.access.act).ok
      await inTurn(route, callsFor(house, route), async ({ target, call }) => {
        // Who may not at all is turned away at the door, wherever the call aims: once at home, once abroad is enough.
        if (!allowed && target.name !== 'mine' && target.name !== 'foreign') return
        const { status, text } = await say(server, call, token)
        const where = `${call.method} ${call.path} (${target.name}): ${status}`
        wrong.push(...leaksIn(text, secrets).map((leak) => `${where} leaks ${leak}`))
        if (status >= 500) wrong.push(`${where} is a fault`)
        if (!allowed && status !== 403) wrong.push(`${where}, but the role may not`)
        if (!allowed || !aimsAtTenant(route)) return
        const aim = aimOf(call, target, house)
        const within = withinScope(grant.scope, aim)
        if (!within && status < 400) wrong.push(`${where}, but it lies outside`)
        if (within && aim.exists && route.method === 'GET' && status !== 200) wrong.push(`${where}, but it lies within`)
      })
    }
    expect(wrong).toEqual([])
  })
})

const kinds: Readonly<Record<string, readonly (keyof DistrictIds)[]>> = {
  mines: ['mine', 'sibling', 'foreign'],
  companies: ['company', 'otherCompany'],
  organisations: ['city', 'bureau', 'otherBureau', 'township'],
  presence: ['mine', 'sibling', 'foreign'],
  'self-checks': ['mine', 'sibling', 'foreign'],
  // Nobody hands over a post here: whatever is named is not there.
  handovers: [],
}

type Aim = { readonly tenantId: string; readonly div: string; readonly exists: boolean }

/**
 * A register's own route reaches what its path names, whoever the target is; a bureau is no mine. Everything else lies
 * in the target's tenant.
 */
const aimOf = ({ path }: Call, target: Belongings, { server }: House): Aim => {
  const [, kind = '', id = ''] =
    /^\/api\/(mines|companies|organisations|presence|self-checks|handovers)\/([0-9a-f-]{36})/.exec(path) ?? []
  const keys = Object.keys(divisions) as (keyof DistrictIds)[]
  const key = keys.find((one) => server.ids[one] === id)
  return key
    ? { tenantId: id, div: divisions[key], exists: kinds[kind]?.includes(key) ?? false }
    : { tenantId: target.tenantId, div: target.div, exists: true }
}

const tableRow = z.object({ name: z.string(), columns: z.array(z.string()) })

const tenantTables = async (owner: pg.Pool) => {
  const { rows } = await owner.query(
    `select n.nspname || '.' || c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'pgboss')
     group by 1 having bool_or(a.attname = 'tenant_id') order by 1`,
  )
  return rows.map((row) => tableRow.parse(row))
}

/**
 * Rows outside a scope, as the owner sees them: nothing that happens within may change them. How somebody arranges the
 * register for himself lies at his own house, wherever his grant reaches; views of others must stay.
 */
const outside = async (owner: pg.Pool, { grant, accountId }: Person): Promise<Readonly<Record<string, string>>> => {
  const { lo, hi, tenants } = scopeBounds(grant.scope)
  const digests: Record<string, string> = {}
  for (const { name } of await tenantTables(owner)) {
    const { rows } = await owner.query<{ digest: string | null }>(
      `select md5(string_agg(t::text, e'\\n' order by t::text)) as digest from ${name} t
       where not ((div >= $1 and div < $2) or tenant_id = any ($3::uuid[]))
         and ('${name}' <> 'machinery.register_view' or to_jsonb(t) ->> 'account_id' <> $4)`,
      [lo, hi, tenants, accountId],
    )
    digests[name] = rows[0]?.digest ?? 'empty'
  }
  return digests
}

describe('程序自己的检查全部关掉，只靠数据库的行级权限', () => {
  let house: House
  beforeAll(async () => {
    house = await open(false)
  })
  afterAll(() => house.server.close())

  test.each(everybody)('%s：别处的一个字也看不到，一行也改不了', async (name) => {
    const { server, routes } = house
    const person = server.as(name)
    const secrets = secretsFrom(person, house)
    const before = await outside(server.owner, person)
    const own = tenantNames.map((one) => house.things[one]).filter((thing) => reaches(person, thing))
    const seen = new Set<string>()
    const leaks: string[] = []
    let asked = 0
    for (const route of routes) {
      if (route.access === 'public') continue
      const token = await tokenFor(server, person, route)
      await inTurn(route, callsFor(house, route), async ({ target, call }) => {
        asked += 1
        const { status, text } = await say(server, call, token)
        for (const { secrets: open } of own) for (const one of leaksIn(text, open)) seen.add(one)
        leaks.push(
          ...leaksIn(text, secrets).map((leak) => `${call.method} ${call.path} (${target.name}) ${status}: ${leak}`),
        )
      })
    }
    expect(leaks).toEqual([])
    expect(asked).toBeGreaterThan(80)
    // What is looked for does come out where it may.
    for (const { name: tenant, hazardId } of own) expect(seen, tenant).toContain(hazardId)
    expect(await outside(server.owner, person)).toEqual(before)
  })

  test('反证：行级权限一撤，这套检查就看得见漏出来的东西', async () => {
    const { server, things } = house
    const stranger = server.as('foreignPrincipal')
    const path = `/api/hazards/${things.mine.tenantId}/${things.mine.hazardId}`
    const look = async () =>
      leaksIn((await say(server, { method: 'GET', path }, stranger.token)).text, secretsFrom(stranger, house))
    expect(await look()).toEqual([])
    const tables = ['core.event', 'read.hazard']
    for (const table of tables) await server.owner.query(`alter table ${table} disable row level security`)
    expect(await look()).toContain(things.mine.hazardId)
    for (const table of tables) await server.owner.query(`alter table ${table} enable row level security`)
    expect(await look()).toEqual([])
  })

  const scopes = (): readonly (readonly [string, Scope])[] => [
    ['一座矿', { kind: 'tenants', ids: [house.server.ids.mine] }],
    ['一个镇', { kind: 'division', code: '140404102' }],
    ['一个区', { kind: 'division', code: '140404' }],
    ['一个市', { kind: 'division', code: '1404' }],
  ]

  const asApplication = async <T>(
    scope: Scope | undefined,
    work: (client: pg.PoolClient) => Promise<T>,
  ): Promise<T> => {
    const client = await house.server.platform.pool.connect()
    try {
      await client.query('begin')
      if (scope) {
        const { lo, hi, tenants } = scopeBounds(scope)
        await client.query(
          `select set_config('bihuan.div_lo', $1, true), set_config('bihuan.div_hi', $2, true), set_config('bihuan.tenants', $3, true)`,
          [lo, hi, tenants.join(',')],
        )
      }
      return await work(client)
    } finally {
      await client.query('rollback')
      client.release()
    }
  }

  const readable = async () => {
    const tables = await tenantTables(house.server.owner)
    const { rows } = await house.server.owner.query<{ name: string }>(
      `select name from unnest($1::text[]) as name where has_table_privilege('bihuan_app', name, 'select')`,
      [tables.map(({ name }) => name)],
    )
    return rows.map(({ name }) => name)
  }

  test('直接写 SQL：每张表只看得到范围之内的行，和所有者在范围之内数到的一样多', async () => {
    const tables = await readable()
    expect(tables.length).toBeGreaterThan(10)
    for (const [, scope] of scopes()) {
      const { lo, hi, tenants } = scopeBounds(scope)
      for (const table of tables) {
        const inScope = `(div >= '${lo}' and div < '${hi}') or tenant_id = any ('{${tenants.join(',')}}'::uuid[])`
        const count = `select count(*)::int as seen, count(*) filter (where not (${inScope}))::int as foreign_rows from ${table}`
        const { rows } = await asApplication(scope, (client) => client.query(count))
        const owned = await house.server.owner.query(`${count} where ${inScope}`)
        expect({ table, ...rows[0] }).toEqual({ table, seen: owned.rows[0].seen, foreign_rows: 0 })
      }
    }
  })

  test('直接写 SQL：账号名只读得到范围之内的，没有设定范围的一个也读不到', async () => {
    const { owner } = house.server
    const seen = (scope: Scope | undefined) =>
      asApplication(scope, async (client) => {
        const { rows } = await client.query<{ login: string }>('select login from private.account order by login')
        return rows.map(({ login }) => login)
      })
    for (const [name, scope] of scopes()) {
      const { lo, hi, tenants } = scopeBounds(scope)
      const { rows } = await owner.query<{ login: string }>(
        `select login from private.account where (div >= $1 and div < $2) or tenant_id = any ($3::uuid[]) order by login`,
        [lo, hi, tenants],
      )
      expect(rows.length, name).toBeGreaterThan(0)
      expect(await seen(scope), name).toEqual(rows.map(({ login }) => login))
    }
    expect(await seen(undefined)).toEqual([])
  })

  test('没有设定范围：每张表都是空的', async () => {
    for (const table of await readable()) {
      const { rows } = await asApplication(undefined, (client) =>
        client.query(`select count(*)::int as seen from ${table}`),
      )
      expect({ table, ...rows[0] }).toEqual({ table, seen: 0 })
    }
  })

  test('直接写 SQL：写进别处的单位，每张表都被拒绝', async () => {
    const { owner, ids } = house.server
    const foreign = { tenant_id: ids.foreign, div: divisions.foreign }
    let tried = 0
    for (const { name, columns } of await tenantTables(owner)) {
      const { rows } = await owner.query<{ row: Record<string, unknown> }>(
        `select to_jsonb(t) as row from ${name} t where tenant_id = $1 limit 1`,
        [ids.mine],
      )
      const [own] = rows
      if (!own) continue
      tried += 1
      const insert = `insert into ${name} (${columns.join(', ')}) select ${columns.join(', ')} from jsonb_populate_record(null::${name}, $1)`
      for (const [, scope] of scopes().slice(0, 3)) {
        const written = asApplication(scope, (client) => client.query(insert, [{ ...own.row, ...foreign }]))
        await expect(written, name).rejects.toMatchObject({ code: '42501' })
        const moved = await asApplication(scope, (client) =>
          client.query(`update ${name} set div = div where tenant_id = $1`, [ids.foreign]).then(
            ({ rowCount }) => rowCount,
            (error: unknown) => (error instanceof pg.DatabaseError ? error.code : 'unknown'),
          ),
        )
        expect([0, '42501'], name).toContain(moved)
      }
    }
    expect(tried).toBeGreaterThan(8)
  })
})
