import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import { sigstoreAccepts } from '#tests/judges/sigstore.ts'
import { newHazard, startServer, type TestServer } from '#tests/support/district.ts'
import { eventually } from '#tests/support/eventually.ts'
import { toBase64 } from '#translog/base64.ts'
import { openCheckpoint, type SignedCheckpoint, writeCheckpoint } from '#translog/checkpoint.ts'
import { leafHash } from '#translog/leaf.ts'
import { rootOf } from '#translog/merkle.ts'
import { planInclusion } from '#translog/proof.ts'
import { parseReceiptText } from '#translog/receiptNote.ts'
import { isSignedBy, readNote } from '#translog/signedNote.ts'
import { entriesPath, readBundle, readTile, tilePath, tileWidth, widthOf } from '#translog/tile.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer({ sequence: true })
})
afterAll(() => server.close())

const folder = () => join(server.platform.ledger.secondFolder, 'public')

const published = (): SignedCheckpoint | undefined => {
  try {
    return openCheckpoint(readFileSync(join(folder(), 'checkpoint'), 'utf8'), server.platform.ledger.identity.verifier)
  } catch {
    return undefined
  }
}

const countOf = async (table: string): Promise<number> =>
  (await server.owner.query(`select count(*)::int as n from ${table}`)).rows[0].n

const signedUp = async (): Promise<SignedCheckpoint> =>
  eventually(async () => {
    const signed = published()
    return signed?.checkpoint.size === (await countOf('ledger.outbox')) ? signed : undefined
  })

/** All leaves as any stranger reads them from the folder. */
const strangerReads = (size: number): readonly Uint8Array[] => {
  const leaves: Uint8Array[] = []
  for (let index = 0; index * tileWidth < size; index += 1) {
    const width = widthOf(0, index, size)
    const bundle = readBundle(readFileSync(join(folder(), entriesPath({ index, width }))), width)
    if (!bundle) throw new Error(`bundle ${index}`)
    leaves.push(...bundle)
  }
  return leaves
}

describe('存证', () => {
  test('每一条已办的事都进了签名的快照；外人只凭文件夹里的文件就能重算出根', async () => {
    await server.as('worker').does(newHazard(server.ids.mine), 'report', {
      source: 'workerReport',
      mineId: server.ids.mine,
      place: '北帮',
      description: '台阶坡面有裂缝',
    })
    const { checkpoint } = await signedUp()
    expect(checkpoint.size).toBe(await countOf('core.event'))
    const leaves = strangerReads(checkpoint.size).map((leaf) => leafHash(leaf, nodeSha256))
    expect(toBase64(rootOf(leaves, nodeSha256))).toBe(toBase64(checkpoint.root))
    const { index, width } = { index: 0, width: widthOf(0, 0, checkpoint.size) }
    expect(readFileSync(join(folder(), tilePath({ level: 0, index, width })))).toEqual(
      Buffer.concat(leaves.slice(0, width)),
    )
  })

  test('旁人写的核验程序（Sigstore 的）只凭文件夹里的文件，逐条认可；挪一个位置就不认', async () => {
    const signed = await signedUp()
    const { size } = signed.checkpoint
    const { signer } = server.platform.ledger.identity
    for (const [index, entry] of strangerReads(size).entries()) {
      const plan = planInclusion(index, size)
      const tiles = plan.tiles.map((at) => {
        const hashes = readTile(readFileSync(join(folder(), tilePath(at))), at.width)
        if (!hashes) throw new Error(tilePath(at))
        return [tilePath(at), hashes] as const
      })
      const given = { entry, index, proof: plan.proofFrom(new Map(tiles)), checkpoint: writeCheckpoint(signed) }
      expect(sigstoreAccepts(given, signer), `${index} of ${size}`).toBe(true)
      expect(sigstoreAccepts({ ...given, index: (index + 1) % size }, signer), `${index} of ${size}`).toBe(false)
    }
  })

  test('回执当场签名：写明是哪次办理、什么时候、哪几条', async () => {
    const receipt = await server.as('worker').does(newHazard(server.ids.mine), 'report', {
      source: 'workerReport',
      mineId: server.ids.mine,
      place: '南帮',
      description: '浮石',
    })
    const note = readNote(receipt.signed ?? '')
    if (!note) throw new Error('no note')
    expect(isSignedBy(note, server.platform.ledger.identity.verifier)).toBe(true)
    const promised = parseReceiptText(note.text)
    expect(promised).toMatchObject({ commandId: receipt.commandId, receivedAt: receipt.receivedAt })
    expect(promised?.leaves.map((leaf) => Buffer.from(leaf).toString('hex'))).toEqual(
      receipt.events.map((event) => event.leafHash),
    )
  })

  test('编号有缺口、后到的先提交，也一条不漏、一条不重', async () => {
    const insert = `insert into ledger.outbox (leaf, leaf_hash, at) select l, sha256('\\x00'::bytea || l), now() from (select convert_to($1, 'UTF8') as l) x`
    const slow = await server.owner.connect()
    await slow.query('begin')
    await slow.query(insert, ['slow'])
    await server.owner.query(insert, ['fast'])
    await slow.query('savepoint before')
    await slow.query(insert, ['never'])
    await slow.query('rollback to before')
    const signed = await eventually(async () => {
      const found = published()
      return (await countOf('ledger.entry')) === (await countOf('ledger.outbox')) ? found : undefined
    })
    // Long enough for several looks: nothing may be called settled while the slow one is under way.
    await new Promise((resolve) => setTimeout(resolve, 700))
    await slow.query('commit')
    slow.release()
    const after = await signedUp()
    expect(after.checkpoint.size).toBeGreaterThan(signed.checkpoint.size - 1)
    expect(await countOf('(select outbox_id from ledger.entry group by 1 having count(*) > 1) twice')).toBe(0)
  })
})
