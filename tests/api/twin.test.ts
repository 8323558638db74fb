import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keyFile, openKeys } from '#server/ledger/keys.ts'
import { nodeSm3 } from '#server/ledger/nodeSm3.ts'
import { openTwin, readTwin, switchTwin } from '#server/ledger/twin.ts'
import { opensslSm2 } from '#tests/judges/openssl.ts'
import { newHazard, startServer, type TestServer } from '#tests/support/district.ts'
import { eventually } from '#tests/support/eventually.ts'
import { toBase64 } from '#translog/base64.ts'
import { type Checkpoint, openCheckpoint, readCheckpoint } from '#translog/checkpoint.ts'
import { growingTree } from '#translog/growingTree.ts'
import { leafHash } from '#translog/leaf.ts'
import { rootOf } from '#translog/merkle.ts'
import { readVkey } from '#translog/signedNote.ts'
import { sm2PointOf, sm2Verifier } from '#translog/sm2.ts'
import { pureSm3 } from '#translog/sm3.ts'
import { entriesPath, readBundle, tilePath, tileWidth, widthOf } from '#translog/tile.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer({ sequence: true })
})
afterAll(() => server.close())

const inPublic = (...path: string[]): string => join(server.platform.ledger.secondFolder, 'public', ...path)

const figure = async (sql: string): Promise<number> => (await server.owner.query(`select (${sql})::int as n`)).rows[0].n
const outboxSize = (): Promise<number> => figure('select count(*) from ledger.outbox')

const report = (place: string) =>
  server.as('worker').does(newHazard(server.ids.mine), 'report', {
    source: 'workerReport',
    mineId: server.ids.mine,
    place,
    description: '台阶坡面有裂缝',
  })

const fill = (leaves: number): Promise<unknown> =>
  server.owner.query(
    `insert into ledger.outbox (leaf, leaf_hash, at)
     select l, sha256('\\x00'::bytea || l), now() from (select convert_to(gen_random_uuid()::text, 'UTF8') as l from generate_series(1, $1)) x`,
    [leaves],
  )

const vkey = async (): Promise<string> => (await readTwin(server.platform.pool)).vkey ?? ''

const verifier = async () => {
  const key = readVkey(await vkey())
  return key && sm2Verifier(key)
}

const textAt = (...path: string[]): string =>
  existsSync(inPublic(...path)) ? readFileSync(inPublic(...path), 'utf8') : ''

const logSigned = async (size: number) =>
  eventually(async () => (readCheckpoint(textAt('checkpoint'))?.checkpoint.size === size ? size : undefined))

/** The twin's checkpoint, once it is as far as everything that was written. */
const twinSigned = async (): Promise<Checkpoint> =>
  eventually(async () => {
    const written = textAt('sm3', 'checkpoint')
    const by = await verifier()
    const opened = by && openCheckpoint(written, by)?.checkpoint
    return opened?.size === (await outboxSize()) ? opened : undefined
  })

/** All leaves as any stranger reads them, from the bundles that serve both trees. */
const strangerReads = (size: number): readonly Uint8Array[] =>
  Array.from({ length: Math.ceil(size / tileWidth) }, (_, index) => {
    const width = widthOf(0, index, size)
    const bundle = readBundle(readFileSync(inPublic(entriesPath({ index, width }))), width)
    if (!bundle) throw new Error(`bundle ${index}`)
    return bundle
  }).flat()

/** As who may do everything: past the triggers that refuse changes. */
const asSuperuser = async (...statements: readonly [string, unknown[]][]): Promise<void> => {
  const client = await server.owner.connect()
  try {
    await client.query(`set session_replication_role = 'replica'`)
    for (const [sql, values] of statements) await client.query(sql, values)
    await client.query(`set session_replication_role = 'origin'`)
  } finally {
    client.release()
  }
}

const trouble = async (code: string) =>
  eventually(async () => {
    const found = server.platform.ledger.sequencer?.trouble()
    return found?.code === code ? found : undefined
  })

const noTrouble = () =>
  eventually(async () => (server.platform.ledger.sequencer?.trouble() === undefined ? true : undefined), 20)

/** Thrown again, the switch makes the sequencer begin anew from what the database and the folder hold. */
const reopen = () => switchTwin(server.owner, true)

const off = async (): Promise<void> => {
  await switchTwin(server.owner, false)
  // A batch that is under way still goes into both.
  await new Promise((resolve) => setTimeout(resolve, 500))
}

describe('国密存证（SM3、SM2）', () => {
  test('没有开启时什么也不写：没有树、没有密钥、没有文件', async () => {
    await report('北帮')
    await logSigned(await outboxSize())
    expect(await figure(`select count(*) from ledger.head where hash = 'sm3'`)).toBe(0)
    expect(await readTwin(server.platform.pool)).toEqual({ on: false, size: 0, logSize: await outboxSize() })
    expect(existsSync(inPublic('sm3'))).toBe(false)
    expect(readFileSync(keyFile(server.platform.ledger.dataDir), 'utf8')).not.toContain('sm2')
  })

  test('后来开启的，从第一条补起；外人只凭文件重算得出同一个根，openssl 认可签名', async () => {
    await fill(5_000)
    await logSigned(await outboxSize())
    await switchTwin(server.owner, true)
    const { origin, size, root } = await twinSigned()
    expect(origin).toBe(`${server.platform.ledger.identity.origin}/sm3`)
    const leaves = strangerReads(size).map((leaf) => leafHash(leaf, pureSm3))
    expect(toBase64(rootOf(leaves, pureSm3))).toBe(toBase64(root))
    for (const index of [0, Math.floor(size / tileWidth)]) {
      const width = widthOf(0, index, size)
      const expected = Buffer.concat(leaves.slice(index * tileWidth, index * tileWidth + width))
      expect(readFileSync(inPublic('sm3', tilePath({ level: 0, index, width })))).toEqual(expected)
    }

    const written = readCheckpoint(textAt('sm3', 'checkpoint'))
    const [line] = written?.note.signatures ?? []
    const key = readVkey(await vkey())
    const point = key && sm2PointOf(key)
    if (!written || !line || !point) throw new Error('no signature')
    const folder = mkdtempSync(join(tmpdir(), 'bihuan-twin-'))
    const { verifies } = opensslSm2(folder)
    expect(await verifies('honest', point, written.note.text, line.signature)).toBe(true)
    expect(await verifies('altered', point, written.note.text.replace(`\n${size}\n`, '\n9\n'), line.signature)).toBe(
      false,
    )
    rmSync(folder, { recursive: true, force: true })
  })

  test('忙的时候两棵树任何一刻都一样大，签过的每一份快照两边都有同样的大小', async () => {
    const seen = new Set<number>()
    let busy = true
    const watch = async (): Promise<void> => {
      while (busy) {
        const { rows } = await server.owner.query<{ least: number; most: number }>(
          'select min(size)::int as least, max(size)::int as most from ledger.head',
        )
        expect(rows[0]?.least).toBe(rows[0]?.most)
        seen.add(rows[0]?.least ?? 0)
      }
    }
    const write = async (writer: number): Promise<void> => {
      for (let round = 0; round < 6; round += 1) {
        await report(`第 ${writer} 人第 ${round} 处`)
        await fill(40)
      }
    }
    const watching = watch()
    await Promise.all(Array.from({ length: 8 }, (_, writer) => write(writer)))
    const { size } = await twinSigned()
    busy = false
    await watching
    expect(seen.size).toBeGreaterThan(3)
    expect(size).toBe(await figure('select size from ledger.head where hash = $$sha256$$'))
    const lonely = `select count(*) from ledger.checkpoint t where hash = 'sm3' and not exists
      (select from ledger.checkpoint c where c.log = t.log and c.size = t.size and c.hash = 'sha256')`
    expect(await figure(lonely)).toBe(0)
    expect(await figure(`select count(*) from ledger.checkpoint where hash = 'sm3'`)).toBeGreaterThan(3)
  })

  test('停下以后存证照常签发，国密这边一点不长；再开启，从停下的地方接上', async () => {
    const before = await twinSigned()
    await off()
    await fill(300)
    await report('南帮')
    await logSigned(await outboxSize())
    expect((await readTwin(server.platform.pool)).size).toBe(before.size)
    await switchTwin(server.owner, true)
    const after = await twinSigned()
    const leaves = strangerReads(after.size).map((leaf) => leafHash(leaf, pureSm3))
    expect(toBase64(rootOf(leaves.slice(0, before.size), pureSm3))).toBe(toBase64(before.root))
    expect(toBase64(rootOf(leaves, pureSm3))).toBe(toBase64(after.root))
  })

  test('数据库换成了开启以前的旧库：再开启，用原来的密钥补到一样大，与签过的快照接得上', async () => {
    const [{ size }, registered] = [await twinSigned(), await vkey()]
    await off()
    await fill(1)
    await logSigned(size + 1)
    const gone = ['head', 'tile', 'checkpoint'].map((table): [string, unknown[]] => [
      `delete from ledger.${table} where hash = 'sm3'`,
      [],
    ])
    await asSuperuser(...gone, ['update ledger.log set twin_vkey = null', []])
    await switchTwin(server.owner, true)
    const after = await twinSigned()
    expect(after.size).toBe(size + 1)
    expect(
      toBase64(
        rootOf(
          strangerReads(after.size).map((leaf) => leafHash(leaf, pureSm3)),
          pureSm3,
        ),
      ),
    ).toBe(toBase64(after.root))
    expect(await vkey()).toBe(registered)
    // Each time the size was signed alone, not all that lay before: the folder still had what was signed.
    expect(await figure(`select count(*) from ledger.checkpoint where hash = 'sm3'`)).toBe(1)
  })

  test('密钥文件里没有了原来的国密密钥，不换一把接着签', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bihuan-twin-'))
    const { dataDir, identity } = server.platform.ledger
    cpSync(join(dataDir, 'ledger', 'keys.json'), join(folder, 'ledger', 'keys.json'), { recursive: true })
    const registered = await vkey()
    const opened = await openTwin(server.owner, openKeys(folder), identity)
    expect(opened?.signatory.signer.vkey).toBe(registered)
    const kept = JSON.parse(readFileSync(keyFile(folder), 'utf8'))
    const write = (sm2: string | undefined) => {
      const logs = kept.logs.map((key: { origin: string; seed: string }) => ({ ...key, sm2 }))
      writeFileSync(keyFile(folder), JSON.stringify({ ...kept, logs }))
      return openKeys(folder)
    }
    const gone = openTwin(server.owner, write(undefined), identity)
    await expect(gone).rejects.toMatchObject({ code: 'keyGone' })
    const other = openTwin(server.owner, write(Buffer.alloc(32, 7).toString('base64')), identity)
    await expect(other).rejects.toMatchObject({ code: 'keyGone' })
    expect(await vkey()).toBe(registered)
    rmSync(folder, { recursive: true, force: true })
  })
})

describe('国密存证被人改动', () => {
  test('树与登记的根不符：停止签发，说明是国密存证，停下它存证照常', { timeout: 60_000 }, async () => {
    const { size } = await twinSigned()
    const [honest] = (await server.owner.query(`select root from ledger.head where hash = 'sm3'`)).rows
    const put = (root: Buffer): [string, unknown[]] => [`update ledger.head set root = $1 where hash = 'sm3'`, [root]]
    await asSuperuser(put(Buffer.alloc(32, 1)))
    await reopen()
    const told = await trouble('treeDamaged')
    expect(told.message).toContain('国密存证')
    expect(told.remedy).toContain('bihuan ledger sm off')
    await off()
    await noTrouble()
    await fill(1)
    await logSigned(size + 1)
    await asSuperuser(put(honest.root))
    await reopen()
    expect((await twinSigned()).size).toBe(size + 1)
  })

  test('前面的一条被改动、整棵树重算过：与签过的快照接不上，不签', { timeout: 60_000 }, async () => {
    const { size, root } = await twinSigned()
    const honest = (
      await server.owner.query(`select hashes, root from ledger.tile where hash = 'sm3' and level = 0 and idx = 0`)
    ).rows[0]
    const leaves = strangerReads(size).map((leaf) => leafHash(leaf, nodeSm3))
    const forged = leaves.map((leaf, index) => (index === 3 ? nodeSm3(leaf) : leaf))
    const tree = growingTree(0, [], nodeSm3)
    const [first] = tree.append(forged)
    if (!first) throw new Error('a full tile')
    const put = (hashes: Buffer, tileRoot: Uint8Array, head: Uint8Array) =>
      asSuperuser(
        [
          `update ledger.tile set hashes = $1, root = $2 where hash = 'sm3' and level = 0 and idx = 0`,
          [hashes, tileRoot],
        ],
        [`update ledger.head set root = $1 where hash = 'sm3'`, [head]],
      )
    await put(Buffer.concat(first.hashes), Buffer.from(first.root), Buffer.from(tree.root()))
    await reopen()
    expect((await trouble('forked')).message).toContain('国密存证')
    expect(textAt('sm3', 'checkpoint')).toContain(toBase64(root))
    await put(honest.hashes, honest.root, Buffer.from(root))
    await noTrouble()
    await fill(1)
    expect((await twinSigned()).size).toBe(size + 1)
  })
})
