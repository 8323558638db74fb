import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { checkLedger } from '#server/ledger/fsck/checkLedger.ts'
import { vkeysIn } from '#server/ledger/fsck/keyRing.ts'
import { repairLedger } from '#server/ledger/fsck/repairLedger.ts'
import { checkpointsPath, journalPath } from '#server/ledger/secondHome.ts'
import { capabilities } from '#server/open.ts'
import { leafUnder, type SealedEvent } from '#server/platform/seal.ts'
import { newHazard, startServer, type TestServer } from '#tests/support/district.ts'
import { eventually } from '#tests/support/eventually.ts'

let server: TestServer

const options = () => ({
  db: server.owner,
  home: { folder: server.platform.ledger.secondFolder },
  vkeyOf: vkeysIn(server.platform.ledger.keys),
})

const repair = () => repairLedger({ ...options(), adminUrl: server.database.adminUrl, capabilities, now: new Date() })

const report = () =>
  server.as('worker').does(newHazard(server.ids.mine), 'report', {
    source: 'workerReport',
    mineId: server.ids.mine,
    place: '北帮',
    description: '台阶坡面有裂缝',
  })

const protectedTables = [
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

const rowsOf = async (): Promise<Record<string, unknown>> => {
  const found: Record<string, unknown> = {}
  for (const table of protectedTables)
    found[table] = (
      await server.owner.query(`select t::text as row from ${table} t order by t::text collate "C"`)
    ).rows.map(({ row }) => row)
  return found
}

/** As whoever has every right: past the triggers that refuse changes. */
const tamper = async (...statements: readonly string[]): Promise<void> => {
  const client = await server.owner.connect()
  try {
    await client.query('begin')
    await client.query('set local session_replication_role = replica')
    for (const statement of statements) await client.query(statement)
    await client.query('commit')
    client.release()
  } catch (error) {
    client.release(true)
    throw error
  }
}

type Sealed = {
  readonly index: number
  readonly outbox: number
  readonly tenant: string
  readonly stream: string
  readonly version: number
  readonly command: string
}

/** The hazards' entries, the last first. */
const sealedActs = async (): Promise<readonly [Sealed, Sealed]> => {
  const { rows } = await server.owner.query<Sealed>(
    `select n.idx::int as index, n.outbox_id::int as outbox, e.tenant_id as tenant, e.stream_id as stream, e.version, e.command_id as command
     from ledger.entry n join ledger.outbox o on o.id = n.outbox_id
     join core.event e on e.tenant_id = o.tenant and e.stream_id = o.subject and e.version = o.version
     where e.kind = 'hazard' order by n.idx desc limit 2`,
  )
  const [last, before] = rows
  if (!last || !before) throw new Error('two acts')
  return [last, before]
}

/** An act that nobody did, after the last one of a record: event, salt and command, but no row of the outbox. */
const forgeEvent = async ({ tenant, stream, version, command }: Sealed) => {
  const [event, by] = [randomUUID(), randomUUID()]
  await tamper(
    `insert into core.event select tenant_id, stream_id, version + 1, div, '${event}', kind, type, v, body, account_id, role, person_id,
       '${by}', rulebook_version, captured_at, received_at from core.event where stream_id = '${stream}' and version = ${version}`,
    `insert into core.command select tenant_id, '${by}', div, hash, receipt, received_at from core.command
       where tenant_id = '${tenant}' and id = '${command}'`,
    `insert into private.leaf_salt (tenant_id, stream_id, version, div, salt, leaf_hash)
       select tenant_id, stream_id, version + 1, div, sha256('salt'), sha256('\\x00'::bytea || 'forged') from private.leaf_salt
       where stream_id = '${stream}' and version = ${version}`,
    `update core.stream set version = version + 1 where stream_id = '${stream}'`,
  )
  return { place: { tenantId: tenant, streamId: stream, version: version + 1 }, command: by }
}

/** Puts it in the outbox, as if it waited for the log. */
const boxForged = async ({ tenant, stream, version }: Sealed): Promise<number> => {
  await tamper(
    `insert into ledger.outbox (id, leaf, leaf_hash, at, tenant, subject, version, sealing) overriding system value
     select (select max(id) + 1 from ledger.outbox), 'forged', sha256('\\x00'::bytea || 'forged'), at, '${tenant}', '${stream}', ${version + 1}, 2
     from ledger.outbox order by id desc limit 1`,
  )
  return (await server.owner.query('select max(id)::int as id from ledger.outbox')).rows[0].id
}

const findings = async () => (await checkLedger(options())).findings

const alien = (table: string, place: object) => expect.objectContaining({ kind: 'rowAlien', table, ...place })

const signedUp = () =>
  eventually(async () => {
    const { rows } = await server.owner.query(
      `select h.size, (select count(*) from ledger.outbox) = h.size and h.settled = (select max(id) from ledger.outbox) as done
       from ledger.head h where hash = 'sha256' order by log desc limit 1`,
    )
    const path = join(server.platform.ledger.secondFolder, 'public', 'checkpoint')
    const published = existsSync(path) ? readFileSync(path, 'utf8').split('\n')[1] : undefined
    return rows[0]?.done && published === String(rows[0].size) ? Number(published) : undefined
  })

beforeAll(async () => {
  server = await startServer({ sequence: true })
  for (let n = 0; n < 4; n += 1) await report()
  await signedUp()
  await server.platform.ledger.stop()
})
afterEach(() => repair())
afterAll(() => server.close())

describe('一处改动替另一处打掩护：两处都当场指名', () => {
  let last: Sealed
  let before: Sealed
  let rows: Awaited<ReturnType<typeof rowsOf>>
  beforeEach(async () => {
    ;[last, before] = await sealedActs()
    rows = await rowsOf()
  })

  const isPutRight = async (): Promise<void> => {
    expect((await repair()).after?.findings).toEqual([])
    expect(await rowsOf()).toEqual(rows)
  }

  test('存证的一条改成指向伪造的办理：它不因此算是封存过的', async () => {
    const forged = await forgeEvent(last)
    const outboxId = await boxForged(last)
    await tamper(`update ledger.entry set outbox_id = ${outboxId} where idx = ${before.index}`)
    const found = await findings()
    expect(found).toContainEqual(expect.objectContaining({ table: 'ledger.entry', index: before.index }))
    expect(found).toContainEqual(alien('ledger.outbox', { outboxId }))
    expect(found).toContainEqual(alien('core.event', forged.place))
    expect(found).toContainEqual(alien('core.command', { commandId: forged.command }))
    await isPutRight()
  })

  test('同一件伪造的办理在待存证箱里放了两行，一行有存证的一条指着', async () => {
    const forged = await forgeEvent(last)
    const first = await boxForged(last)
    await tamper(
      `insert into ledger.outbox (id, leaf, leaf_hash, at, tenant, subject, version, sealing) overriding system value
       select id + 1, 'other', sha256('\\x00'::bytea || 'other'), at, tenant, subject, version, sealing from ledger.outbox where id = ${first}`,
      `update ledger.entry set outbox_id = ${first} where idx = ${before.index}`,
    )
    const found = await findings()
    for (const outboxId of [first, first + 1]) expect(found).toContainEqual(alien('ledger.outbox', { outboxId }))
    expect(found.filter(({ kind, table }) => kind === 'rowAlien' && table === 'core.event')).toEqual([
      alien('core.event', forged.place),
    ])
    await isPutRight()
  })

  test('封存过的一行改成说伪造的办理', async () => {
    const forged = await forgeEvent(last)
    await tamper(
      `update ledger.outbox set subject = '${last.stream}', version = ${last.version + 1} where id = ${before.outbox}`,
    )
    const found = await findings()
    expect(found).toContainEqual(expect.objectContaining({ table: 'ledger.outbox', outboxId: before.outbox }))
    expect(found).toContainEqual(alien('core.event', forged.place))
    await isPutRight()
  })

  test('封存过的办理改成出自伪造的命令', async () => {
    const id = randomUUID()
    await tamper(
      `insert into core.command select tenant_id, '${id}', div, hash, receipt, received_at from core.command where id = '${before.command}'`,
      `update core.event set command_id = '${id}' where stream_id = '${before.stream}' and version = ${before.version}`,
    )
    const found = await findings()
    expect(found).toContainEqual(
      expect.objectContaining({ table: 'core.event', columns: ['command_id'], streamId: before.stream }),
    )
    expect(found).toContainEqual(alien('core.command', { commandId: id }))
    await isPutRight()
  })

  test('伪造的命令下既有伪造的办理，又拉来一件封存过的', async () => {
    const forged = await forgeEvent(last)
    await tamper(
      `update core.event set command_id = '${forged.command}' where stream_id = '${before.stream}' and version = ${before.version}`,
    )
    const found = await findings()
    expect(found).toContainEqual(alien('core.event', forged.place))
    expect(found).toContainEqual(alien('core.command', { commandId: forged.command }))
    await isPutRight()
  })
})

describe('等着存证的办理不受牵连', () => {
  /** Done, and nobody puts it into order. */
  const waitingAct = async () => {
    await report()
    const { rows } = await server.owner.query(
      `select id::int, encode(leaf_hash, 'hex') as hash, subject as stream from ledger.outbox order by id desc limit 1`,
    )
    const act: { id: number; hash: string; stream: string } = rows[0]
    return act
  }

  const notNamed = (found: Awaited<ReturnType<typeof findings>>, act: { id: number; stream: string }): void => {
    expect(found.length).toBeGreaterThan(0)
    expect(found.filter(({ outboxId, streamId }) => outboxId === act.id || streamId === act.stream)).toEqual([])
  }

  test('存证的一条改成指向它', async () => {
    const act = await waitingAct()
    const rows = await rowsOf()
    const [last] = await sealedActs()
    await tamper(`update ledger.entry set outbox_id = ${act.id} where idx = ${last.index}`)
    notNamed(await findings(), act)
    expect((await repair()).after?.findings).toEqual([])
    expect(await rowsOf()).toEqual(rows)
  })

  test('存证的一条写上它的散列', async () => {
    const act = await waitingAct()
    const rows = await rowsOf()
    const [last] = await sealedActs()
    await tamper(`update ledger.entry set leaf_hash = '\\x${act.hash}' where idx = ${last.index}`)
    notNamed(await findings(), act)
    expect((await repair()).after?.findings).toEqual([])
    expect(await rowsOf()).toEqual(rows)
  })

  test('存证的一条写上它的散列，待存证箱里的一行拿走：补写，不当成外来的移走', async () => {
    const act = await waitingAct()
    const events = (await rowsOf())['core.event']
    const [last] = await sealedActs()
    await tamper(
      `update ledger.entry set leaf_hash = '\\x${act.hash}' where idx = ${last.index}`,
      `delete from ledger.outbox where id = ${act.id}`,
    )
    expect(await findings()).toContainEqual(
      expect.objectContaining({ kind: 'rowMissing', table: 'ledger.outbox', streamId: act.stream }),
    )
    expect((await repair()).after?.findings).toEqual([])
    expect((await rowsOf())['core.event']).toEqual(events)
    const { rows } = await server.owner.query(
      `select encode(leaf_hash, 'hex') as hash from ledger.outbox order by id desc limit 1`,
    )
    expect(rows[0].hash).toBe(act.hash)
  })
})

describe('装作是存证有密钥以前办的事', () => {
  /** Whole, sealed as leaves first were, its receipt unsigned as receipts first were. */
  const forgeEarly = async (outboxId: string) => {
    const [last] = await sealedActs()
    const forged = await forgeEvent(last)
    const { rows } = await server.owner.query(
      `select e.*, c.hash from core.event e join core.command c on c.tenant_id = e.tenant_id and c.id = e.command_id
       where e.stream_id = $1 and e.version = $2`,
      [last.stream, last.version + 1],
    )
    const [row] = rows
    const event: SealedEvent = {
      ...row,
      tenantId: row.tenant_id,
      streamId: row.stream_id,
      accountId: row.account_id,
      personId: row.person_id,
      commandId: row.command_id,
      commandHash: row.hash,
      number: null,
      rulebookVersion: row.rulebook_version,
      receivedAt: row.received_at.toISOString(),
      capturedAt: null,
    }
    const salt = createHash('sha256').update('salt').digest()
    const { leaf, leafHash } = leafUnder(salt, event, 1)
    const receiptEvent = { id: event.id, type: event.type, v: event.v, leafHash: leafHash.toString('hex') }
    await tamper(
      `update private.leaf_salt set salt = '\\x${salt.toString('hex')}', leaf_hash = '\\x${leafHash.toString('hex')}'
       where stream_id = '${last.stream}' and version = ${event.version}`,
      `update core.command set receipt = (receipt - 'signed' - 'number') || '${JSON.stringify({ commandId: forged.command, version: event.version, streamId: last.stream, events: [receiptEvent] })}'
       where id = '${forged.command}'`,
      `insert into ledger.outbox (id, leaf, leaf_hash, at, tenant, subject, version, sealing) overriding system value
       values (${outboxId}, '\\x${leaf.toString('hex')}', '\\x${leafHash.toString('hex')}', '${event.receivedAt}', '${last.tenant}', '${last.stream}', ${event.version}, 1)`,
    )
    return forged
  }

  test.each([
    ['排在后面等着', '(select max(id) + 1 from ledger.outbox)'],
    ['编号比谁都早', '(select min(id) - 1 from ledger.outbox)'],
  ])('%s', async (_, outboxId) => {
    const rows = await rowsOf()
    const forged = await forgeEarly(outboxId)
    const found = await findings()
    expect(found).toContainEqual(alien('core.event', forged.place))
    expect(found).toContainEqual(expect.objectContaining({ kind: 'rowAlien', table: 'ledger.outbox' }))
    expect((await repair()).after?.findings).toEqual([])
    expect(await rowsOf()).toEqual(rows)
  })
})

describe('装作依法删除过', () => {
  const asErased = async (signed: boolean) => {
    const [last] = await sealedActs()
    const at = `stream_id = '${last.stream}' and version = ${last.version}`
    const forged = await forgeEvent(last)
    await tamper(
      `update core.event set type = 'person.erased' where stream_id = '${last.stream}' and version = ${last.version + 1}`,
      ...(signed ? [] : [`update core.command set receipt = receipt - 'signed' where id = '${forged.command}'`]),
      `update private.leaf_salt set salt = null where ${at}`,
      `update core.event set body = body || '{"description": "没有隐患"}' where ${at}`,
    )
    return { last, forged }
  }

  test.each([true, false])('盐和内容照样当场指名，第二存放处的原样不动（回执带签名：%s）', async (signed) => {
    const rows = await rowsOf()
    const kept = readFileSync(join(server.platform.ledger.secondFolder, journalPath(0)), 'utf8')
    const { last, forged } = await asErased(signed)
    const found = await findings()
    const altered = { kind: 'rowAltered', streamId: last.stream, version: last.version }
    expect(found).toContainEqual(alien('core.event', forged.place))
    expect(found).toContainEqual(expect.objectContaining({ ...altered, table: 'private.leaf_salt', columns: ['salt'] }))
    expect(found).toContainEqual(expect.objectContaining({ ...altered, table: 'core.event', columns: ['body'] }))
    expect((await repair()).after?.findings).toEqual([])
    expect(await rowsOf()).toEqual(rows)
    expect(readFileSync(join(server.platform.ledger.secondFolder, journalPath(0)), 'utf8')).toBe(kept)
  })
})

describe('第二存放处的快照登记坏了，旧的半块树也不见了：都指名', () => {
  const pathIn = (path: string): string => join(server.platform.ledger.secondFolder, path)
  const kept = checkpointsPath('sha256', 0)
  const filesOf = () =>
    ['public', 'journal'].flatMap((part) =>
      readdirSync(pathIn(part), { recursive: true, withFileTypes: true })
        .filter((one) => one.isFile())
        .map((one) => [join(one.parentPath, one.name), readFileSync(join(one.parentPath, one.name), 'utf8')] as const),
    )

  const partial = (): string => {
    const [first] = readdirSync(pathIn('public/tile/0/000.p')).sort()
    return `public/tile/0/000.p/${first}`
  }
  const lines = (): readonly string[] => readFileSync(pathIn(kept), 'utf8').split('\n').slice(0, -1)
  const rewrite = (all: readonly string[]): void => writeFileSync(pathIn(kept), all.map((line) => `${line}\n`).join(''))

  const damages: Readonly<Record<string, () => void>> = {
    不在了: () => rmSync(pathIn(kept)),
    清空了: () => writeFileSync(pathIn(kept), ''),
    一行改了一个字: () => rewrite(lines().with(0, (lines()[0] ?? '').replace('bihuan', 'bihuam'))),
    '一行写上“照抄来的”': () => rewrite(lines().map((line) => line.replace(/}$/, ',"again":true}'))),
    第一行抽走: () => rewrite(lines().slice(1)),
    次序颠倒: () => rewrite(lines().toReversed()),
    全是别的: () => writeFileSync(pathIn(kept), 'x\n'),
  }

  test.each(Object.entries(damages))('%s', async (_, damage) => {
    const before = filesOf()
    const path = partial()
    damage()
    rmSync(pathIn(path))
    const found = await findings()
    expect(found).toContainEqual(expect.objectContaining({ path: kept }))
    expect(found).toContainEqual(expect.objectContaining({ kind: 'fileMissing', path }))
    expect((await repair()).after?.findings).toEqual([])
    expect(filesOf()).toEqual(before)
  })
})
