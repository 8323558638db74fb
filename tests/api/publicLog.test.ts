import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import { newHazard, startServer, type TestServer } from '#tests/support/district.ts'
import { eventually } from '#tests/support/eventually.ts'
import { checkpointAt, logVkeyOf } from '#tests/support/witnessing.ts'
import type { Checkpoint } from '#translog/checkpoint.ts'
import { leafHash } from '#translog/leaf.ts'
import { rootOf } from '#translog/merkle.ts'
import { entriesPath, readBundle, readTile, tilePath, tileWidth, widthOf } from '#translog/tile.ts'
import { trustFromLines } from '#translog/trust.ts'

let server: TestServer
let shown: Checkpoint
let sizes: readonly number[]

const countOf = async (table: string): Promise<number> =>
  (await server.owner.query(`select count(*)::int as n from ${table}`)).rows[0].n

/** Leaves of no act, to fill tiles. */
const fill = (count: number) =>
  server.owner.query(
    `insert into ledger.outbox (leaf, leaf_hash, at) select l, sha256('\\x00'::bytea || l), now()
     from (select convert_to('filler ' || g || ' ' || random(), 'UTF8') as l from generate_series(1, $1) g) x`,
    [count],
  )

const signedUp = (): Promise<Checkpoint> =>
  eventually(async () => {
    const checkpoint = (await checkpointAt(server))?.checkpoint
    return checkpoint?.size === (await countOf('ledger.outbox')) ? checkpoint : undefined
  })

beforeAll(async () => {
  server = await startServer({ sequence: true })
  await signedUp()
  await fill(300)
  await signedUp()
  await server.as('worker').does(newHazard(server.ids.mine), 'report', {
    source: 'workerReport',
    mineId: server.ids.mine,
    place: '北帮',
    description: '台阶坡面有裂缝',
  })
  shown = await signedUp()
  sizes = (
    await server.owner.query<{ size: string }>(`select size from ledger.checkpoint where hash = 'sha256' order by size`)
  ).rows.map(({ size }) => Number(size))
})
afterAll(() => server.close())

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${server.baseUrl}${path}`, { headers })

const bytes = async (path: string): Promise<Uint8Array> => {
  const response = await get(path)
  if (response.status !== 200) throw new Error(`${path}: ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}

describe('存证的公开地址', () => {
  test.each(['/log', '/log/1'])('%s：外人不登录，只凭这些就能重算出签了名的根', async (prefix) => {
    const leaves: Uint8Array[] = []
    for (let index = 0; index * tileWidth < shown.size; index += 1) {
      const width = widthOf(0, index, shown.size)
      const entries = readBundle(await bytes(`${prefix}/${entriesPath({ index, width })}`), width) ?? []
      const hashes = readTile(await bytes(`${prefix}/${tilePath({ level: 0, index, width })}`), width) ?? []
      const hashed = entries.map((entry) => leafHash(entry, nodeSha256))
      expect(hashed).toHaveLength(width)
      expect(hashed.map((hash) => Buffer.from(hash).toString('hex'))).toEqual(
        hashes.map((hash) => Buffer.from(hash).toString('hex')),
      )
      leaves.push(...hashed)
    }
    expect(Buffer.from(rootOf(leaves, nodeSha256))).toEqual(Buffer.from(shown.root))
    const above = readTile(await bytes(`${prefix}/${tilePath({ level: 1, index: 0, width: 1 })}`), 1)
    expect(above?.map((hash) => Buffer.from(hash))).toEqual([Buffer.from(rootOf(leaves.slice(0, 256), nodeSha256))])
  })

  test('签过的每一个大小，它的残块都还在；没有签过的宽度没有', async () => {
    for (let width = 1; width < tileWidth; width += 1) {
      const implied = sizes.some((size) => widthOf(0, 0, size) === width)
      const { status } = await get(`/log/${tilePath({ level: 0, index: 0, width })}`)
      expect({ width, status }).toEqual({ width, status: implied ? 200 : 404 })
    }
    expect(sizes.some((size) => size < tileWidth && size > 0)).toBe(true)
  })

  test('没有签进快照的，一条也不给', async () => {
    const width = widthOf(0, 1, shown.size) + 1
    expect((await get(`/log/${tilePath({ level: 0, index: 1, width })}`)).status).toBe(404)
    expect((await get(`/log/${entriesPath({ index: 1, width })}`)).status).toBe(404)
    expect((await get('/log/tile/0/001')).status).toBe(404)
    expect((await get('/log/tile/0/002')).status).toBe(404)
    expect((await get('/log/tile/63/999')).status).toBe(404)
  })

  test.each([
    '/log/tile/0/0',
    '/log/tile/0/x000/000',
    '/log/tile/00/000',
    '/log/tile/64/000',
    '/log/tile/0/000.p/256',
    '/log/tile/0/000.p/0',
    '/log/tile/0/000.p/01',
    '/log/tile/entries/0/000',
    '/log/tile/',
    '/log/2/checkpoint',
    '/log/01/checkpoint',
    '/log/nothing',
    '/log/checkpoint/',
  ])('%s：不是网页，答 404，写明白', async (path) => {
    const answer = await server.web.inject({ method: 'GET', url: path })
    expect(answer.statusCode).toBe(404)
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8')
    expect(answer.body).toMatch(/^存证里没有这个地址|^还没有签过快照/)
  })

  test('快照：只许放一秒，没变就答 304', async () => {
    const first = await get('/log/checkpoint')
    expect(first.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(first.headers.get('cache-control')).toBe('public, max-age=1, must-revalidate')
    const etag = first.headers.get('etag') ?? ''
    expect((await get('/log/checkpoint', { 'if-none-match': etag })).status).toBe(304)
    await fill(1)
    await eventually(async () => ((await checkpointAt(server))?.checkpoint.size ?? 0) > shown.size || undefined)
    expect((await get('/log/checkpoint', { 'if-none-match': etag })).status).toBe(200)
  })

  test('块：按套数的地址永不改变，可以一直放着；总址放一会儿', async () => {
    const caching = async (path: string) => (await get(path)).headers.get('cache-control')
    expect(await caching('/log/1/tile/0/000')).toBe('public, max-age=31536000, immutable')
    expect(await caching('/log/1/tile/entries/000')).toBe('public, max-age=31536000, immutable')
    expect(await caching('/log/tile/0/000')).toBe('public, max-age=300')
    expect(await caching('/log/tile/0/999')).toBe('no-store')
  })

  test('别的网页也读得到；只有读', async () => {
    const origin = { origin: 'http://stranger.example' }
    for (const path of ['/log', '/log/checkpoint', '/log/vkeys', '/log/tile/0/000', '/log/tile/0/999']) {
      const { headers } = await get(path, origin)
      expect([path, headers.get('access-control-allow-origin')]).toEqual([path, '*'])
      expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    }
    const posted = await fetch(`${server.baseUrl}/log/add-checkpoint`, { method: 'POST', body: 'x', headers: origin })
    expect(posted.headers.get('access-control-allow-origin')).toBeNull()
    expect((await get('/api/session', origin)).headers.get('access-control-allow-origin')).toBeNull()
  })

  test('公钥：一行一把，核验程序直接读得进', async () => {
    const text = await (await get('/log/vkeys')).text()
    expect(trustFromLines(text)).toEqual({ log: logVkeyOf(server), witnesses: [], quorum: 0 })
    expect(await (await get('/log/1/vkeys')).text()).toBe(text)
    expect((await get('/log/2/vkeys')).status).toBe(404)
  })
})
