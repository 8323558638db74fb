import { existsSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkLedger } from '#server/ledger/fsck/checkLedger.ts'
import { repairLedger } from '#server/ledger/fsck/repairLedger.ts'
import { capabilities, type OpenPlatform, openPlatform } from '#server/open.ts'
import { newHazard, startServer, type TestServer } from '#tests/support/district.ts'
import { eventually } from '#tests/support/eventually.ts'

let server: TestServer
const opened: OpenPlatform[] = []

beforeAll(async () => {
  server = await startServer({ sequence: true })
  await eventually(async () => ((await signed()) > 0 ? true : undefined))
  await server.platform.ledger.sequencer?.stop()
})
afterAll(async () => {
  for (const platform of opened) await platform.close()
  await server.close()
})

const signed = async (): Promise<number> =>
  Number((await server.owner.query('select coalesce(max(size), 0) as size from ledger.checkpoint')).rows[0].size)
const logs = async (): Promise<number> =>
  (await server.owner.query('select count(*)::int as n from ledger.log')).rows[0].n
const keys = (): string => join(server.dataDir, 'ledger', 'keys.json')

const checking = () => ({
  db: server.owner,
  home: { folder: server.platform.ledger.secondFolder },
  vkeyOf: () => server.platform.ledger.identity.signer.vkey,
})
const check = async () => (await checkLedger(checking())).findings

const start = async (): Promise<OpenPlatform> => {
  const platform = await openPlatform({
    database: {
      kind: 'given',
      adminUrl: undefined,
      appUrl: server.database.appUrl,
      sequencerUrl: server.database.sequencerUrl,
      stop: async () => undefined,
    },
    dataDir: server.dataDir,
    log: pino({ level: 'silent' }),
    clock: server.clock,
    work: false,
    sequence: true,
  })
  opened.push(platform)
  return platform
}

test('密钥文件不见了：大声停签，不另起，不换联署的密钥；照样办理，回执不签名；放回去就接着签', async () => {
  renameSync(keys(), `${keys()}.aside`)
  const platform = await start()
  const trouble = await eventually(async () => platform.ledger.sequencer?.trouble())
  expect(trouble).toMatchObject({ code: 'keyGone' })
  expect(trouble.remedy).toContain('bihuan ledger begin')
  const { accountId, homeTenantId, grant } = server.as('worker')
  const { id } = newHazard(server.ids.mine)
  const done = await platform.execute(
    { accountId, homeTenantId, ...grant },
    {
      id: crypto.randomUUID(),
      tenantId: server.ids.mine,
      streamId: id,
      act: 'hazard.report',
      body: { mineId: server.ids.mine, source: 'workerReport', place: '北帮', description: '浮石' },
    },
  )
  expect(done.ok && done.value.receipt.signed).toBeUndefined()
  expect(done.ok).toBe(true)
  expect(await logs()).toBe(1)
  expect(existsSync(keys())).toBe(false)
  const before = await signed()
  const told = { kind: 'unsigned', tenantId: server.ids.mine, streamId: id, version: 1, repairable: false }
  const waiting = await check()
  expect(waiting).toEqual([expect.objectContaining({ ...told, table: 'ledger.outbox' })])
  expect(waiting[0]?.message).toContain('密钥文件不在的时候办理的')
  const { after, quarantined } = await repairLedger({
    ...checking(),
    adminUrl: server.database.adminUrl,
    capabilities,
    now: new Date(),
  })
  expect(after?.findings ?? waiting).toEqual(waiting)
  expect(quarantined).toBe(0)
  await platform.close()
  opened.pop()

  renameSync(`${keys()}.aside`, keys())
  await start()
  await eventually(async () => ((await signed()) > before ? true : undefined))
  expect(await logs()).toBe(1)
  // Nobody can tell it from one that was made up, so it is told for as long as the log stands, and accuses nobody.
  const inLog = await eventually(async () => {
    const found = await check()
    return found.some(({ table }) => table === 'core.event') ? found : undefined
  })
  expect(inLog).toContainEqual(expect.objectContaining({ ...told, table: 'core.event' }))
})

test('第二存放处的快照文件坏了：停签，文件夹原样不动', async () => {
  for (const platform of opened.splice(0)) await platform.close()
  const checkpoint = join(server.platform.ledger.secondFolder, 'public', 'checkpoint')
  writeFileSync(checkpoint, 'half a chec')
  const platform = await start()
  const trouble = await eventually(async () => platform.ledger.sequencer?.trouble())
  expect(trouble).toMatchObject({ code: 'folder' })
  expect(trouble.message).toContain('public/checkpoint')
  expect(existsSync(join(server.platform.ledger.secondFolder, 'archive'))).toBe(false)
})
