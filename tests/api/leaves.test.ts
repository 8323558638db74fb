import pg from 'pg'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { z } from 'zod'
import { postBoard, printBoard, publishBoard, readBoard, withdrawBoard } from '#contract/board.ts'
import { giveHandover, readOpenItems, takeHandover, withdrawHandover } from '#contract/handover.ts'
import { makeFolder } from '#contract/inspectionFolder.ts'
import { erasePerson, putPerson, revealPerson } from '#contract/org.ts'
import { fileCrewMeeting } from '#contract/paper.ts'
import { exportRegister } from '#contract/register.ts'
import type { HazardStatus } from '#domain/hazard/status.ts'
import type { HazardAct } from '#domain/hazard/transitions.ts'
import { capabilities } from '#server/open.ts'
import { jpegPhoto } from '#server/platform/files/sampleFiles.ts'
import { leafUnder } from '#server/platform/seal.ts'
import { inDatabase } from '#tests/support/database.ts'
import { type OpenDemo, openDemo } from '#tests/support/demo.ts'
import { granted, newHazard, refused, startServer, type TestServer } from '#tests/support/district.ts'
import { bodiesOf, hazardIn } from '#tests/support/hazards.ts'
import { take } from '#tests/support/importing.ts'
import { fillMine } from '#tests/support/mineRecords.ts'
import { wholeMonth } from '#tests/support/selfCheck.ts'
import { uploaded } from '#tests/support/upload.ts'

let demo: OpenDemo
let server: TestServer
let demoOwner: pg.Pool

/** A post handed over, and one whose hand-over was made void. */
const handOvers = async (): Promise<void> => {
  const [from, to] = [server.as('crewLeader'), server.as('watcher')]
  for (const end of [takeHandover, withdrawHandover] as const) {
    const params = { tenantId: server.ids.mine, id: uuidv7() }
    const open = granted(await from.call(readOpenItems, { query: {} }))
    granted(await from.call(giveHandover, { params, body: { commandId: uuidv7(), to: to.personId, ...open } }))
    if (end === takeHandover) granted(await to.call(takeHandover, { params, body: { commandId: uuidv7() } }))
    else granted(await to.call(withdrawHandover, { params, body: { commandId: uuidv7(), reason: '接收人换了' } }))
  }
}

/** The rare acts, that the demo district has no occasion for. */
const rareActs = async (): Promise<void> => {
  const bodies = bodiesOf(server)
  const { ids, as } = server
  const does = async (status: HazardStatus, act: HazardAct, body: Record<string, unknown> = {}): Promise<void> => {
    await as('bureauHead').does(await hazardIn(server, status), act, { ...bodies[act], ...body })
  }
  await does('judged', 'rejudge', { outcome: 'major', criteria: ['OP-03'], basis: '平台宽度不足' })
  const other = await hazardIn(server, 'found')
  await as('enforcer').does(await hazardIn(server, 'found'), 'merge', { other: other.id, reason: '同一处' })
  await as('enforcer').does(await hazardIn(server, 'found'), 'transfer', bodies.transfer)
  await does('judged', 'endByClosure')
  await as('enforcer').does(await hazardIn(server, 'closed'), 'reopen', bodies.reopen)
  await as('enforcer').does(await hazardIn(server, 'found'), 'correct', bodies.correct)
  await as('enforcer').does(await hazardIn(server, 'found'), 'externalNumber', bodies.externalNumber)
  await as('safetyOfficer').does(newHazard(ids.mine), 'imported', bodies.imported)
  const tip = newHazard(ids.bureau)
  await as('regulator').does(tip, 'report', { mineId: ids.mine, source: 'publicReport', description: '南帮有裂缝' })
  await as('enforcer').does(tip, 'handOver', bodies.handOver)
  granted(
    await as('enforcer').call(revealPerson, {
      params: { tenantId: as('crewLeader').homeTenantId, id: as('crewLeader').personId },
      body: { commandId: uuidv7(), reason: '电话核对' },
    }),
  )
  const list = { bytes: new TextEncoder().encode('岗位,姓名\n爆破员,某人'), fileName: '名单.csv' }
  granted(await take(as('safetyOfficer'), list, { kind: 'people', tenantId: ids.mine }))
  await wholeMonth(server, '2023-06')
  const exported = await as('regulator').download(exportRegister, {
    body: { commandId: uuidv7(), format: 'csv', columns: ['number'], filter: {} },
  })
  if (!exported.ok) throw new Error(JSON.stringify(exported.problem))
  await fillMine(server)
  const onBoard = { mineId: ids.mine }
  const { digest } = granted(await as('principal').call(readBoard, { params: onBoard }))
  const command = () => ({ commandId: uuidv7() })
  granted(await as('principal').call(printBoard, { params: onBoard, body: { ...command(), digest } }))
  granted(await as('principal').call(postBoard, { params: onBoard, body: { ...command(), where: '矿门' } }))
  const reference = '上应急公审〔2023〕12 号'
  granted(await as('bureauHead').call(publishBoard, { params: onBoard, body: { ...command(), reference } }))
  granted(await as('bureauHead').call(withdrawBoard, { params: onBoard, body: { ...command(), reason: '另行审查' } }))
  const photo = await uploaded(server.baseUrl, as('safetyOfficer'), ids.mine, await jpegPhoto(50, 40), {
    name: '签到.jpg',
    type: 'image/jpeg',
  })
  const meeting = { ...command(), crew: '采剥一班', present: 11, photos: [photo] }
  const beforeShift = { params: { ...onBoard, id: uuidv7() }, body: meeting }
  granted(await as('crewLeader').call(fileCrewMeeting, beforeShift))
  const folder = { params: onBoard, body: { ...command(), folderId: uuidv7() } }
  expect((await as('principal').download(makeFolder, folder)).ok).toBe(true)
  const left = { tenantId: ids.mine, id: uuidv7() }
  const value = { post: '爆破员', active: false }
  granted(await as('principal').call(putPerson, { params: left, body: { commandId: uuidv7(), value } }))
  const erasing = { commandId: uuidv7(), ground: 'keptLongEnough' } as const
  granted(await as('principal').call(erasePerson, { params: left, body: erasing }))
}

beforeAll(async () => {
  demo = await openDemo()
  server = await startServer()
  await rareActs()
  await handOvers()
  const { rows } = await demo.platform.pool.query<{ name: string }>('select current_database() as name')
  demoOwner = new pg.Pool({
    connectionString: inDatabase(inject('databaseServer').adminUrl, rows[0]?.name ?? ''),
    max: 1,
  })
})
afterAll(async () => {
  await demoOwner?.end()
  await demo?.close()
  await server?.close()
})

const kept = z.object({ id: z.string(), types: z.array(z.string()), leaves: z.coerce.number() })
type Kept = z.infer<typeof kept>

/** Every command with the types of its events, and how many leaves of theirs lie in the outbox, each the one it was promised. */
const commandsIn = async (owner: pg.Pool): Promise<readonly Kept[]> => {
  const { rows } = await owner.query(
    `select c.id, array_agg(e.type order by e.version) as types, count(o.id) as leaves
     from core.command c
     join core.event e on e.tenant_id = c.tenant_id and e.command_id = c.id
     left join private.leaf_salt s on s.tenant_id = e.tenant_id and s.stream_id = e.stream_id and s.version = e.version
     left join ledger.outbox o on o.tenant = e.tenant_id and o.subject = e.stream_id and o.version = e.version
       and o.leaf_hash = s.leaf_hash and o.leaf_hash = sha256('\\x00'::bytea || o.leaf)
       and c.receipt->'events' @> jsonb_build_array(jsonb_build_object('id', e.id, 'leafHash', encode(o.leaf_hash, 'hex')))
     group by c.id`,
  )
  return rows.map((row) => kept.parse(row))
}

const bytes = z.instanceof(Buffer)
const instant = z.date().transform((date) => date.toISOString())
const json: z.ZodType<z.core.util.JSONType> = z.json()

const opened = z.object({
  tenantId: z.string(),
  streamId: z.string(),
  version: z.number(),
  id: z.string(),
  kind: z.string(),
  type: z.string(),
  v: z.number(),
  body: z.record(z.string(), json),
  accountId: z.string(),
  role: z.string(),
  personId: z.string().nullable(),
  commandId: z.string(),
  commandHash: bytes,
  number: z.number().nullable(),
  rulebookVersion: z.string(),
  receivedAt: instant,
  capturedAt: instant.nullable(),
  /** Gone with an erased person: the leaf is closed for ever. */
  salt: bytes.nullable(),
  leaf: bytes,
  sealing: z.number(),
})

/** Events that are not called after their acts. */
const endings: Readonly<Record<string, string>> = {
  changed: 'put',
  credentialsSet: 'credentials',
  erased: 'erase',
  taken: 'take',
  printed: 'print',
  posted: 'post',
  published: 'publish',
  withdrawn: 'withdraw',
  recorded: 'record',
  corrected: 'correct',
  filed: 'file',
  made: 'make',
}

/** Which act a command was, read from what it left. */
const actOf = ({ types: [first = '', ...more] }: Kept): string =>
  more.length > 0 ? 'hazard.reportFixed' : first.replace(/\w+$/, (ending) => endings[ending] ?? ending)

const countsOf = async (owner: pg.Pool): Promise<unknown> => {
  const { rows } = await owner.query(
    `select (select count(*) from core.event) as events, (select count(*) from ledger.outbox) as leaves,
       (select count(*) from private.leaf_salt) as salts, (select count(*) from core.command) as commands`,
  )
  return rows[0]
}

/** The leaves that their event and salt, as they are kept, do not make. */
const unopened = async (owner: pg.Pool): Promise<readonly string[]> => {
  const { rows } = await owner.query(
    `select e.tenant_id as "tenantId", e.stream_id as "streamId", e.version, e.id, e.kind, e.type, e.v, e.body,
       e.account_id as "accountId", e.role, e.person_id as "personId", e.command_id as "commandId", c.hash as "commandHash",
       (c.receipt->>'number')::int as number, e.rulebook_version as "rulebookVersion",
       e.received_at as "receivedAt", e.captured_at as "capturedAt", s.salt, o.leaf, o.sealing
     from core.event e join core.command c on c.tenant_id = e.tenant_id and c.id = e.command_id
     join private.leaf_salt s on s.tenant_id = e.tenant_id and s.stream_id = e.stream_id and s.version = e.version
     join ledger.outbox o on o.leaf_hash = s.leaf_hash`,
  )
  expect(rows.length).toBeGreaterThan(50)
  return rows
    .map((row) => opened.parse(row))
    .filter(({ salt, leaf, sealing, ...event }) => salt && !leafUnder(salt, event, sealing).leaf.equals(leaf))
    .map(({ id }) => id)
}

describe('每一种办理事项', () => {
  test('都真的办过；办成几条就有几条存证，一条不少、一条不多，与回执上写的一致', async () => {
    const all = [...(await commandsIn(demoOwner)), ...(await commandsIn(server.owner))]
    const done = new Map([...Map.groupBy(all, actOf)].map(([act, list]) => [act, list.length]))
    const acts = capabilities.flatMap((capability) => capability.acts)
    expect([...done.keys()].sort()).toEqual([...acts].sort())
    expect(all.filter(({ types, leaves }) => types.length !== leaves)).toEqual([])
  })

  test('待发箱里没有别的东西', async () => {
    for (const owner of [demoOwner, server.owner]) {
      const { rows } = await owner.query<{ events: number; leaves: number; salts: number }>(
        `select (select count(*)::int from core.event) as events, (select count(*)::int from ledger.outbox) as leaves,
           (select count(*)::int from private.leaf_salt) as salts`,
      )
      const [{ events, leaves, salts } = { events: 0, leaves: -1, salts: -1 }] = rows
      expect([leaves, salts]).toEqual([events, events])
    }
  })

  test('每一条存证都能由事件和它的盐重算出来', async () => {
    for (const owner of [demoOwner, server.owner]) expect(await unopened(owner)).toEqual([])
  })

  test('没有办成的，事件和存证都不留', async () => {
    const before = await countsOf(server.owner)
    const place = newHazard(server.ids.mine)
    const { as } = server
    // Refused by a rule, and broken off by the database after everything was sent.
    refused(await as('enforcer').act(place, 'closeOut', {}))
    await server.owner.query(`alter table read.hazard add constraint never check (place <> '不许写') not valid`)
    const report = { ...bodiesOf(server).report, place: '不许写' }
    expect((await as('crewLeader').act(place, 'report', report)).ok).toBe(false)
    await server.owner.query('alter table read.hazard drop constraint never')
    expect(await countsOf(server.owner)).toEqual(before)
  })
})
