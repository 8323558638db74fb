import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { nodeEd25519 } from '#server/ledger/nodeEd25519.ts'
import { addWitness } from '#server/ledger/witness/ourWitnesses.ts'
import { addWitnessed } from '#server/ledger/witness/witnessedLogs.ts'
import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import { answering } from '#tests/support/answering.ts'
import { newHazard, startServer, type TestServer } from '#tests/support/district.ts'
import { eventually } from '#tests/support/eventually.ts'
import { granted } from '#tests/support/outcome.ts'
import { checkpointAt, cosignedAt, logVkeyOf, witnessVkeyOf } from '#tests/support/witnessing.ts'
import { readAddCheckpoint, writeAddCheckpoint } from '#translog/addCheckpoint.ts'
import { readCheckpoint, signCheckpoint, writeCheckpoint } from '#translog/checkpoint.ts'
import { cosigner, ed25519Signer } from '#translog/ed25519.ts'
import { signLine, writeSignatureLine } from '#translog/signedNote.ts'

let city: TestServer
let district: TestServer

beforeAll(async () => {
  city = await startServer({ empty: true })
  district = await startServer({ sequence: true })
})
afterAll(async () => {
  await district.close()
  await city.close()
})

const witnessOf = async (log: TestServer, vkey: string, url: string) =>
  granted(await addWitness(log.owner, { vkey, url, ownWitnessName: log.platform.ledger.keys.witness.name }, new Date()))

const act = (server: TestServer) =>
  server.as('worker').does(newHazard(server.ids.mine), 'report', {
    source: 'workerReport',
    mineId: server.ids.mine,
    place: '北帮',
    description: '台阶坡面有裂缝',
  })

const nothing = { name: '', url: null, size: null, trouble: null }
const kept = z.object({
  name: z.string(),
  url: z.string().nullable(),
  size: z.coerce.number().nullable(),
  trouble: z.string().nullable(),
})

const registeredAt = async (server: TestServer, vkey: string) => {
  const { rows } = await server.owner.query('select * from ledger.witness where vkey = $1', [vkey])
  return rows.length === 0 ? nothing : kept.parse(rows[0])
}

const countOf = async (server: TestServer, table: string): Promise<number> =>
  (await server.owner.query(`select count(*)::int as n from ${table}`)).rows[0].n

const findings = z.array(z.object({ code: z.string(), about: z.string(), checkpoints: z.array(z.string()) }))

/** What stands by the last row of its kind. */
const standingAt = async (server: TestServer) =>
  findings.parse(
    (
      await server.owner.query(
        `select findings from ledger.verification where source = 'witness' order by at desc, id desc limit 1`,
      )
    ).rows[0]?.findings ?? [],
  )

const elsewhere = (name: string) => cosigner(name, nodeSha256(Buffer.from(name)), () => 1_700_000_000, nodeEd25519)
const textIn = (request: string): string =>
  readCheckpoint(readAddCheckpoint(request)?.checkpoint ?? '')?.note.text ?? ''

describe('区里办事，市里联署', () => {
  test('对方还没有登记我们：写明缺什么，照常签发；登记以后自动补上', async () => {
    await witnessOf(district, witnessVkeyOf(city), `${city.baseUrl}/log/`)
    await act(district)
    const told = await eventually(async () => (await registeredAt(district, witnessVkeyOf(city))).trouble ?? undefined)
    expect(told).toContain('witness-for add')
    await act(district)
    await eventually(async () => {
      const size = (await checkpointAt(district))?.checkpoint.size
      return size === (await countOf(district, 'ledger.outbox')) || undefined
    })
    granted(await addWitnessed(city.owner, logVkeyOf(district), new Date()))
    // It asked in vain a few times and waits a while between tries.
    await eventually(() => cosignedAt(district, witnessVkeyOf(city)), 25)
    expect((await registeredAt(district, witnessVkeyOf(city))).trouble).toBeNull()
  })

  test('办完几秒之内，公开的快照上就有市里的联署，两种算法实现都验得过', async () => {
    for (let round = 0; round < 3; round += 1) {
      await act(district)
      const size = await countOf(district, 'ledger.outbox')
      const began = performance.now()
      const signed = await eventually(async () => {
        const found = await cosignedAt(district, witnessVkeyOf(city))
        return found && found.checkpoint.size >= size ? found : undefined
      })
      expect(performance.now() - began).toBeLessThan(5_000)
      const { rows } = await city.owner.query('select size, root from ledger.witnessed where vkey = $1', [
        logVkeyOf(district),
      ])
      expect(Number(rows[0].size)).toBe(signed.checkpoint.size)
      expect(Buffer.from(signed.checkpoint.root)).toEqual(rows[0].root)
    }
    expect(await standingAt(district)).toEqual([])
  })

  test('联署行只增不改，公钥页上有市里的公钥', async () => {
    await expect(district.owner.query('delete from ledger.cosignature')).rejects.toMatchObject({ code: '55000' })
    expect(await (await fetch(`${district.baseUrl}/log/vkeys`)).text()).toBe(
      `${logVkeyOf(district)}\n${witnessVkeyOf(city)}\n`,
    )
  })

  test('拿着区里的钥匙，按区里签过的大小另签一份送去市里：不联署，市里留底报警', async () => {
    const signed = await eventually(() => cosignedAt(district, witnessVkeyOf(city)))
    const { origin, size } = signed.checkpoint
    const key = district.platform.ledger.keys.logKey(origin)
    if (!key) throw new Error('no key')
    const other = signCheckpoint(
      { origin, size, root: nodeSha256(Buffer.from('other')) },
      ed25519Signer(origin, key.seed, nodeEd25519),
    )
    const response = await fetch(`${city.baseUrl}/log/add-checkpoint`, {
      method: 'POST',
      body: writeAddCheckpoint({ oldSize: size, proof: [], checkpoint: writeCheckpoint(other) }),
    })
    expect(response.status).toBe(409)
    const [found] = await standingAt(city)
    expect(found).toMatchObject({ code: 'forkedAtWitness', about: origin })
    expect(found?.checkpoints[1]).toBe(writeCheckpoint(other))
  })
})

describe('联署方靠不住的时候', () => {
  test('不是登记的钥匙签的联署：不收，写明白', async () => {
    const [registered, stranger] = [
      elsewhere('elsewhere/1'),
      cosigner('elsewhere/1', new Uint8Array(32).fill(3), () => 1, nodeEd25519),
    ]
    const liar = await answering((request) => ({
      status: 200,
      body:
        writeSignatureLine(signLine(stranger, textIn(request))) + writeSignatureLine(signLine(registered, 'other\n')),
    }))
    await witnessOf(district, registered.vkey, liar.url)
    const told = await eventually(async () => (await registeredAt(district, registered.vkey)).trouble ?? undefined)
    expect(told).toContain('不是用登记的公钥')
    expect(await countOf(district, `ledger.cosignature where witness = 'elsewhere/1'`)).toBe(0)
    await liar.close()
  })

  test('没有人在：签发不等它，别的联署方也不等它', async () => {
    const silent = elsewhere('elsewhere/2')
    await witnessOf(district, silent.vkey, 'http://127.0.0.1:9/log')
    await eventually(async () => (await registeredAt(district, silent.vkey)).trouble ?? undefined)
    expect((await registeredAt(district, silent.vkey)).trouble).toContain('连不上')
    await act(district)
    const size = await countOf(district, 'ledger.outbox')
    await eventually(async () => ((await checkpointAt(district))?.checkpoint.size ?? 0) >= size || undefined, 5)
    // The other one is not held up by it.
    await eventually(async () => {
      const found = await cosignedAt(district, witnessVkeyOf(city))
      return (found && found.checkpoint.size >= size) || undefined
    })
  })

  test('慢的：同时只问一次，问的总是最新的一份', async () => {
    const name = elsewhere('elsewhere/slow')
    const slow = await answering(async (request) => {
      await new Promise((resolve) => setTimeout(resolve, 700))
      return { status: 200, body: writeSignatureLine(signLine(name, textIn(request))) }
    })
    await witnessOf(district, name.vkey, slow.url)
    for (let count = 0; count < 6; count += 1) {
      await act(district)
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
    const size = await countOf(district, 'ledger.outbox')
    await eventually(async () => ((await registeredAt(district, name.vkey)).size ?? 0) >= size || undefined)
    expect(slow.mostAtOnce()).toBe(1)
    const asked = slow.asked.map(
      (request) => readCheckpoint(readAddCheckpoint(request)?.checkpoint ?? '')?.checkpoint.size ?? 0,
    )
    expect(asked).toEqual([...new Set(asked)].toSorted((a, b) => a - b))
    await slow.close()
  })

  test('对方说联署到更多：本系统被退回过，报警；以后接上了，警报自己撤下', async () => {
    const name = elsewhere('elsewhere/3')
    let honest = false
    const witness = await answering((request) =>
      honest
        ? { status: 200, body: writeSignatureLine(signLine(name, textIn(request))) }
        : { status: 409, type: 'text/x.tlog.size', body: '1000000\n' },
    )
    await witnessOf(district, name.vkey, witness.url)
    const [found] = await eventually(async () => {
      const about = (await standingAt(district)).filter((one) => one.about === name.name)
      return about.length > 0 ? about : undefined
    })
    expect(found?.code).toBe('witnessAhead')
    expect(readCheckpoint(found?.checkpoints[0] ?? '')?.checkpoint.origin).toBe(
      district.platform.ledger.identity.origin,
    )
    expect((await registeredAt(district, name.vkey)).trouble).toContain('1000000')
    honest = true
    await eventually(
      async () => ((await standingAt(district)).some((one) => one.about === name.name) ? undefined : true),
      25,
    )
    await witness.close()
  })

  test.each([
    ['elsewhere/4', 422, 'witnessUnproven'],
    ['elsewhere/5', 409, 'witnessForked'],
  ])('%s 答 %i：接不上它见过的那一份，报警', async (each, status, code) => {
    const name = elsewhere(each)
    const witness = await answering((request) => {
      const size = readCheckpoint(readAddCheckpoint(request)?.checkpoint ?? '')?.checkpoint.size
      return status === 422 ? { status, body: '' } : { status, type: 'text/x.tlog.size', body: `${size}\n` }
    })
    await witnessOf(district, name.vkey, witness.url)
    await eventually(async () => (await standingAt(district)).find((one) => one.about === each && one.code === code))
    expect(witness.asked.length).toBeLessThanOrEqual(3)
    await witness.close()
  })
})
