import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import pino, { type Logger } from 'pino'
import { v7 as uuidv7 } from 'uuid'
import { type Answer, type Client, createClient } from '#contract/client.ts'
import { actOnHazard, type HazardShown, readHazard } from '#contract/hazard.ts'
import type { Problem } from '#contract/problem.ts'
import type { ReceiptShown } from '#contract/receipt.ts'
import type { Route } from '#contract/route.ts'
import type { Grant, Scope } from '#domain/access/actor.ts'
import { type Role, roleNames, sideOf } from '#domain/access/role.ts'
import { creditCodeCheckDigit, organisationCheckDigit } from '#domain/creditCode.ts'
import type { HazardAct } from '#domain/hazard/transitions.ts'
import { openSession } from '#server/accounts/sessions.ts'
import { setupActor } from '#server/accounts/setUp.ts'
import { type OpenPlatform, openPlatform } from '#server/open.ts'
import type { Clock } from '#server/platform/clock.ts'
import { createWeb } from '#server/web.ts'
import { cloneDatabase, type TestDatabase } from '#tests/support/database.ts'

/** A business clock the test moves by hand. */
export type SettableClock = Clock & { readonly stand: (day: string, time?: string) => void }

const settableClock = (): SettableClock => {
  let now = new Date('2023-07-03T09:00:00+08:00')
  return {
    now: () => now,
    stand: (day, time = '09:00') => {
      now = new Date(`${day}T${time}:00+08:00`)
    },
  }
}

/** What an answer must be for the test to go on; a refusal is told in full. */
export const granted = <R extends Route>(answer: Answer<R>): Extract<Answer<R>, { ok: true }>['value'] => {
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer.problem, undefined, 1)}`)
  return answer.value
}

export const refused = <R extends Route>(answer: Answer<R>): Problem => {
  if (answer.ok) throw new Error(`granted: ${JSON.stringify(answer.value)}`)
  return answer.problem
}

export type HazardPlace = { readonly tenantId: string; readonly id: string }

/** Somebody who can be asked to call: an account under one grant, its token, its typed client. */
export type Person = {
  readonly accountId: string
  readonly personId: string
  readonly homeTenantId: string
  readonly grant: Grant
  readonly token: string
  readonly call: Client['call']
  readonly upload: Client['upload']
  readonly download: Client['download']
  readonly exchange: Client['exchange']
  readonly act: (
    place: HazardPlace,
    act: HazardAct,
    body?: Record<string, unknown>,
    options?: { commandId?: string; expectedVersion?: number; capturedAt?: string },
  ) => Promise<Answer<typeof actOnHazard>>
  /** Acts and insists. */
  readonly does: (place: HazardPlace, act: HazardAct, body?: Record<string, unknown>) => Promise<ReceiptShown>
  readonly sees: (place: HazardPlace) => Promise<HazardShown>
}

const unassignedCode = (index: number): string => {
  const body = `DEM${String(index).padStart(5, '0')}`
  const first17 = `F1140404${body}${organisationCheckDigit(body)}`
  return first17 + creditCodeCheckDigit(first17)
}

/** The ids of the small test district: what lies where. */
export const districtIds = () => ({
  city: uuidv7(),
  bureau: uuidv7(),
  otherBureau: uuidv7(),
  township: uuidv7(),
  company: uuidv7(),
  otherCompany: uuidv7(),
  /** 上党区荫城镇. */
  mine: uuidv7(),
  /** 上党区西火镇, of the same company. */
  sibling: uuidv7(),
  /** 平顺县: outside the district. */
  foreign: uuidv7(),
})

export type DistrictIds = ReturnType<typeof districtIds>

export const names = {
  city: '测试市应急管理局',
  bureau: '测试区应急管理局',
  otherBureau: '邻县应急管理局',
  township: '测试镇应急站',
  company: '测试石灰岩有限公司',
  otherCompany: '邻县矿业有限公司',
  mine: '测试一号石灰岩矿',
  sibling: '测试二号石灰岩矿',
  foreign: '邻县三号铁矿',
} as const satisfies Record<keyof DistrictIds, string>

export const divisions = {
  city: '1404',
  bureau: '140404',
  otherBureau: '140425',
  township: '140404102',
  company: '140404',
  otherCompany: '140425',
  mine: '140404102',
  sibling: '140404103',
  foreign: '140425100',
} as const satisfies Record<keyof DistrictIds, string>

export const mineValue = (ids: DistrictIds, which: 'mine' | 'sibling' | 'foreign') => ({
  code: { mine: 'T01', sibling: 'T02', foreign: 'P01' }[which],
  name: names[which],
  companyId: which === 'foreign' ? ids.otherCompany : ids.company,
  div: divisions[which],
  township: { mine: '荫城镇', sibling: '西火镇', foreign: '邻县某镇' }[which],
  mineType: 'openPit' as const,
  mineral: '石灰岩',
  scale: '60万吨/年',
  status: 'producing' as const,
  inScope: true,
  scopeReason: '正常生产',
  staffOwn: 31,
  staffContracted: 11,
  facts: {},
})

export type PostName =
  | Exclude<Role, 'setup'>
  | 'secondEnforcer'
  | 'siblingPrincipal'
  | 'foreignPrincipal'
  | 'foreignRegulator'
  | 'foreignAdmin'

type Post = { readonly name: PostName; readonly role: Role; readonly home: string; readonly scope: Scope }

const onlyIn = (tenant: string): Scope => ({ kind: 'tenants', ids: [tenant] })

/** Every role where it belongs, and the neighbours whose records must never be seen. */
const postsOf = (ids: DistrictIds): readonly Post[] => {
  const inMine = onlyIn(ids.mine)
  const inDistrict: Scope = { kind: 'division', code: '140404' }
  const homes: Record<ReturnType<typeof sideOf>, { home: string; scope: Scope }> = {
    mine: { home: ids.mine, scope: inMine },
    bureau: { home: ids.bureau, scope: inDistrict },
    city: { home: ids.city, scope: { kind: 'division', code: '1404' } },
    township: { home: ids.township, scope: { kind: 'division', code: '140404102' } },
    expert: { home: ids.bureau, scope: inMine },
    auditor: { home: ids.bureau, scope: inDistrict },
    system: { home: ids.bureau, scope: inDistrict },
  }
  const own = roleNames.flatMap((role): Post[] =>
    role === 'setup' ? [] : [{ name: role, role, ...homes[sideOf(role)] }],
  )
  const principalOf = (mine: string) => ({ role: 'principal' as const, home: mine, scope: onlyIn(mine) })
  const inOtherBureau = { home: ids.otherBureau, scope: { kind: 'division', code: '140425' } } as const
  return [
    ...own,
    { name: 'secondEnforcer', role: 'enforcer', ...homes.bureau },
    { name: 'siblingPrincipal', ...principalOf(ids.sibling) },
    { name: 'foreignPrincipal', ...principalOf(ids.foreign) },
    { name: 'foreignRegulator', role: 'regulator', ...inOtherBureau },
    { name: 'foreignAdmin', role: 'systemAdmin', ...inOtherBureau },
  ]
}

export type TestServer = {
  readonly baseUrl: string
  readonly database: TestDatabase
  readonly dataDir: string
  readonly platform: OpenPlatform
  readonly web: FastifyInstance
  readonly clock: SettableClock
  readonly ids: DistrictIds
  readonly as: (name: PostName) => Person
  /** A client without a session. */
  readonly stranger: Client
  /** As the database's owner: what no application can see or do. */
  readonly owner: pg.Pool
  readonly close: () => Promise<void>
}

export type ServerOptions = {
  /** Off in the isolation suite: row-level security alone. */
  readonly checkAccess?: boolean
  /** An empty house, as at first start. */
  readonly empty?: boolean
  readonly setupCode?: string
  /** Runs the jobs too. */
  readonly work?: boolean
  /** Runs the log's sequencer too. */
  readonly sequence?: boolean
  readonly connections?: number
  /** Migrated and empty, of the caller's own; left out, a copy of the test run's template. */
  readonly database?: TestDatabase
  /** What the program writes down of itself goes here instead of nowhere. */
  readonly log?: Logger
}

type Put = readonly [
  act: string,
  tenantId: string,
  streamId: string,
  body: Record<string, unknown>,
  private_?: Record<string, unknown>,
]

/** The district is built as any other is: by commands, none of its rows written by hand. */
const build = async (platform: OpenPlatform, ids: DistrictIds) => {
  const setup = setupActor('1404')
  const put = async ([act, tenantId, streamId, body, private_]: Put) => {
    const done = await platform.execute(setup, {
      id: uuidv7(),
      tenantId,
      streamId,
      act,
      body,
      ...(private_ && { private: private_ }),
    })
    if (!done.ok) throw new Error(`${act}: ${JSON.stringify(done.refusal)}`)
  }
  const organisations = [
    ['city', 'cityBureau'],
    ['bureau', 'districtBureau'],
    ['otherBureau', 'districtBureau'],
    ['township', 'township'],
  ] as const
  await Promise.all([
    ...organisations.map(([key, kind]) =>
      put(['organisation.put', ids[key], ids[key], { kind, name: names[key], div: divisions[key] }]),
    ),
    ...(['company', 'otherCompany'] as const).map((key, index) =>
      put([
        'company.put',
        ids[key],
        ids[key],
        { name: names[key], creditCode: unassignedCode(index + 1), div: divisions[key] },
      ]),
    ),
  ])
  await Promise.all(
    (['mine', 'sibling', 'foreign'] as const).map((key) => put(['mine.put', ids[key], ids[key], mineValue(ids, key)])),
  )
  const posts = postsOf(ids).map((post, index) => ({ ...post, accountId: uuidv7(), personId: uuidv7(), index }))
  await Promise.all(
    posts.map(async ({ role, scope, home, accountId, personId, name, index }) => {
      const private_ = { name: privateNameOf(name), phone: `1380000${String(index).padStart(4, '0')}` }
      await put(['person.put', home, personId, { post: postTitle(name, role), active: true }, private_])
      await put(['account.put', home, accountId, { personId, disabled: false, grants: [{ role, scope }] }])
    }),
  )
  return posts
}

/** Names nobody else has, so that a leak is seen wherever it stands. */
export const privateNameOf = (name: string): string => `隐名${name}`
export const postTitle = (name: string, role: Role): string => `${name}岗（${role}）`

export const startServer = async (options: ServerOptions = {}): Promise<TestServer> => {
  const database = options.database ?? (await cloneDatabase())
  const dataDir = mkdtempSync(join(tmpdir(), 'bihuan-api-'))
  const clock = settableClock()
  const log = options.log ?? pino({ level: process.env.TEST_LOG ?? 'silent' })
  const owner = new pg.Pool({ connectionString: database.adminUrl, max: 2 })
  // The demo's credit codes are let in: no real firm's code stands in a test.
  await owner.query(`insert into machinery.setting (key, value) values ('installation', '{"demo": true}')`)
  const platform = await openPlatform({
    database: {
      kind: 'given',
      adminUrl: undefined,
      appUrl: database.appUrl,
      sequencerUrl: database.sequencerUrl,
      stop: async () => undefined,
    },
    dataDir,
    log,
    clock,
    work: options.work ?? false,
    sequence: options.sequence ?? false,
    connections: options.connections ?? 10,
    checkAccess: options.checkAccess ?? true,
  })
  const web = await createWeb(platform, {
    log,
    demoAccounts: [],
    setupCode: options.setupCode ?? 'setup-code',
    checkAccess: options.checkAccess ?? true,
  })
  await web.listen({ port: 0, host: '127.0.0.1' })
  const address = web.server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const baseUrl = `http://127.0.0.1:${address.port}`
  const ids = districtIds()
  const people = new Map<string, Person>()
  const posts = options.empty ? [] : await build(platform, ids)
  await Promise.all(
    posts.map(async ({ name, role, scope, home, accountId, personId }) => {
      const grant = { role, scope }
      const owner = { accountId, login: name, homeTenantId: home, personId }
      const token = await openSession(platform.pool, owner, grant, platform.realClock.now())
      people.set(name, person(baseUrl, { accountId, personId, homeTenantId: home, grant, token }))
    }),
  )
  return {
    baseUrl,
    database,
    dataDir,
    platform,
    web,
    clock,
    ids,
    owner,
    stranger: createClient({ baseUrl }),
    as: (name) => {
      const found = people.get(name)
      if (!found) throw new Error(`nobody is ${name}`)
      return found
    },
    close: async () => {
      await web.close()
      await platform.close()
      await owner.end()
      await database.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

const person = (
  baseUrl: string,
  who: Pick<Person, 'accountId' | 'personId' | 'homeTenantId' | 'grant' | 'token'>,
): Person => {
  const client = createClient({ baseUrl, token: () => who.token })
  const { call } = client
  const act: Person['act'] = (place, name, body = {}, { commandId = uuidv7(), ...options } = {}) =>
    call(actOnHazard, { params: { ...place, act: name }, body: { commandId, ...options, body } })
  return {
    ...who,
    ...client,
    act,
    does: async (place, name, body) => granted(await act(place, name, body)),
    sees: async (place) => granted(await call(readHazard, { params: place })),
  }
}

export const newHazard = (tenantId: string): HazardPlace => ({ tenantId, id: uuidv7() })
