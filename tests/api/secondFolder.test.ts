import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readLedger } from '#contract/ledger.ts'
import { granted, newHazard, type PostName, startServer, type TestServer } from '#tests/support/district.ts'
import { eventually } from '#tests/support/eventually.ts'
import { openCheckpoint, signCheckpoint, writeCheckpoint } from '#translog/checkpoint.ts'
import { ed25519Signer } from '#translog/ed25519.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer({ sequence: true })
})
afterAll(() => server.close())

const parts = ['public', 'journal']
const inFolder = (path: string): string => join(server.platform.ledger.secondFolder, path)

const report = (description: string) =>
  server.as('worker').does(newHazard(server.ids.mine), 'report', {
    source: 'workerReport',
    mineId: server.ids.mine,
    place: '北帮',
    description,
  })

const publishedSize = (): number => {
  const file = inFolder('public/checkpoint')
  const note = existsSync(file) ? readFileSync(file, 'utf8') : ''
  return openCheckpoint(note, server.platform.ledger.identity.verifier)?.checkpoint.size ?? 0
}

const inOutbox = async (): Promise<number> =>
  (await server.owner.query('select count(*)::int as n from ledger.outbox')).rows[0].n

const signedUp = async (): Promise<number> =>
  eventually(async () => {
    const size = await inOutbox()
    return publishedSize() === size ? size : undefined
  }, 20)

/** The places of the log that the journal holds a line for, in order. */
const journaled = (): readonly number[] =>
  readFileSync(inFolder('journal/000/000/000.jsonl'), 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line).index)

const places = (size: number): readonly number[] => Array.from({ length: size }, (_, at) => at)

const putAside = (name: string): void => {
  for (const part of parts) renameSync(inFolder(part), inFolder(`${part}-${name}`))
}

const putBack = (name: string): void => {
  for (const part of parts) {
    rmSync(inFolder(part), { recursive: true })
    renameSync(inFolder(`${part}-${name}`), inFolder(part))
  }
}

const shown = async (name: PostName = 'worker') => granted(await server.as(name).call(readLedger, {}))
const told = async (name: PostName = 'worker') => (await shown(name)).trouble

type Kept = { readonly sound: boolean; readonly findings: readonly { readonly message: string }[] }
const checks = async (): Promise<readonly Kept[]> =>
  (await server.owner.query(`select sound, findings from ledger.verification where source = 'sequencer' order by at`))
    .rows
const kept = async (): Promise<readonly Kept[]> => (await checks()).filter(({ sound }) => !sound)

describe('运行当中', { timeout: 60_000 }, () => {
  test('第二存放处被清空：说出来，从头补写；没有补齐以前，一份也不签', async () => {
    await report('清空以前')
    await signedUp()
    putAside('stick')
    await report('清空以后')
    const size = await signedUp()
    expect(journaled()).toEqual(places(size))
    expect((await kept()).at(-1)?.findings[0]?.message).toMatch(/第二存放处不是刚才的样子/)
    await eventually(async () => ((await told()) === undefined ? true : undefined))
  })

  test('换回旧的一份：从旧的那一份接着写，中间不缺', async () => {
    putBack('stick')
    await report('换回以后')
    const size = await signedUp()
    expect(journaled()).toEqual(places(size))
  })

  test('写不进去的时候一直说着，只记一次；写得进去了自己接上', async () => {
    const before = (await kept()).length
    renameSync(inFolder('journal/000/000'), inFolder('journal/aside'))
    writeFileSync(inFolder('journal/000/000'), '')
    await report('写不进去')
    await eventually(() => told())
    // Two more rounds.
    await sleep(11_000)
    const trouble = await told()
    expect(trouble?.code).toBe('folder')
    expect(JSON.stringify(trouble)).not.toContain(server.dataDir)
    expect((await told('systemAdmin'))?.detail).toContain(inFolder('journal/000/000'))
    expect(await kept()).toHaveLength(before + 1)
    expect((await checks()).at(-1)?.sound).toBe(false)
    rmSync(inFolder('journal/000/000'))
    mkdirSync(inFolder('journal/000'), { recursive: true })
    renameSync(inFolder('journal/aside'), inFolder('journal/000/000'))
    const size = await signedUp()
    expect(journaled()).toEqual(places(size))
    await eventually(async () => ((await told()) === undefined ? true : undefined))
    // That it goes on is kept too: another process that shows the page learns of it by that alone.
    expect((await checks()).at(-1)?.sound).toBe(true)
  })

  test('待发箱里重复放了一条：停止签发，页面上说明白；移开以后自己接上', async () => {
    await server.owner.query(
      `insert into ledger.outbox (leaf, leaf_hash, at, tenant, subject, version, sealing)
       select leaf, leaf_hash, at, tenant, subject, version, sealing from ledger.outbox order by id limit 1`,
    )
    await report('排在它后面')
    const trouble = await eventually(() => told())
    expect(trouble).toMatchObject({ code: 'leafDamaged', message: expect.stringMatching(/完全相同/) })
    await server.owner.query('alter table ledger.outbox disable trigger user')
    await server.owner.query(
      `delete from ledger.outbox o where exists (select from ledger.outbox p where p.leaf_hash = o.leaf_hash and p.id < o.id)`,
    )
    await server.owner.query('alter table ledger.outbox enable trigger user')
    await signedUp()
  })

  test('数据库不让写：几次都不成，页面上说明白，不只写进程序日志', async () => {
    await server.owner.query('revoke insert on ledger.entry from bihuan_sequencer')
    await report('写不进数据库')
    expect(await eventually(() => told())).toMatchObject({ code: 'fault', message: '写存证时出错' })
    expect((await told())?.detail).toBeUndefined()
    expect((await told('systemAdmin'))?.detail).toMatch(/permission denied/)
    await server.owner.query('grant insert on ledger.entry to bihuan_sequencer')
    await signedUp()
  })
})

describe('页面上说不说“可以从这里恢复”，要先拿这里的快照与数据库的对过', () => {
  const held = async () => (await shown()).secondFolder.held
  const checkpoint = () => inFolder('public/checkpoint')
  let good: string
  let size: number

  beforeAll(async () => {
    await report('对照以前')
    await signedUp()
    await report('再签一份')
    size = await signedUp()
    await server.platform.ledger.sequencer?.stop()
    good = readFileSync(checkpoint(), 'utf8')
  })

  const signed = (at: number, root: Uint8Array, signer = server.platform.ledger.identity.signer): string =>
    writeCheckpoint(signCheckpoint({ origin: signer.name, size: at, root }, signer))

  test('一样的', async () => {
    expect(await held()).toEqual({ state: 'same', size })
  })

  test('这里的更新：也可以', async () => {
    writeFileSync(checkpoint(), signed(size + 1, new Uint8Array(32)))
    expect(await held()).toEqual({ state: 'newer', size: size + 1 })
  })

  test('这里的旧：说到第几条', async () => {
    writeFileSync(checkpoint(), signed(size - 1, new Uint8Array(32)))
    expect(await held()).toEqual({ state: 'older', size: size - 1 })
  })

  test('同样多、根不同：有一边被改过', async () => {
    writeFileSync(checkpoint(), signed(size, new Uint8Array(32)))
    expect(await held()).toEqual({ state: 'forked', size })
  })

  test('别的钥匙签的、读不出来的、没有的、连不上的，各有各的说法', async () => {
    const { origin } = server.platform.ledger.identity
    writeFileSync(checkpoint(), signed(size, new Uint8Array(32), ed25519Signer(origin, new Uint8Array(32).fill(5))))
    expect(await held()).toEqual({ state: 'notOurs' })
    writeFileSync(checkpoint(), good.slice(0, 20))
    expect(await held()).toEqual({ state: 'unreadable' })
    rmSync(checkpoint())
    expect(await held()).toEqual({ state: 'none' })
    mkdirSync(checkpoint())
    expect(await held()).toEqual({ state: 'away' })
    rmSync(checkpoint(), { recursive: true })
    writeFileSync(checkpoint(), good)
    expect(await held()).toEqual({ state: 'same', size })
  })
})
