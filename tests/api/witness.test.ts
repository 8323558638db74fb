import pino from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { settleFindings } from '#server/ledger/witness/settleFindings.ts'
import { addWitnessed } from '#server/ledger/witness/witnessedLogs.ts'
import { openPlatform } from '#server/open.ts'
import { createPool } from '#server/platform/database/pool.ts'
import { createWeb } from '#server/web.ts'
import { startServer, type TestServer } from '#tests/support/district.ts'
import { type HandmadeLog, handmadeLog } from '#tests/support/handmadeLog.ts'
import { granted } from '#tests/support/outcome.ts'
import { bothVerifiers, witnessVkeyOf } from '#tests/support/witnessing.ts'
import { readCheckpoint } from '#translog/checkpoint.ts'
import { cosignatureIn } from '#translog/witness.ts'

let city: TestServer

beforeAll(async () => {
  city = await startServer({ empty: true })
})
afterAll(() => city.close())

type Body = string | Uint8Array<ArrayBuffer>

const sendTo = async (baseUrl: string, body: Body) => {
  const response = await fetch(`${baseUrl}/log/add-checkpoint`, { method: 'POST', body })
  return { status: response.status, type: response.headers.get('content-type'), body: await response.text() }
}

const send = (body: Body) => sendTo(city.baseUrl, body)

let made = 0

const handmade = (): HandmadeLog => {
  made += 1
  return handmadeLog(`handmade/${made}`)
}

const registered = async (): Promise<HandmadeLog> => {
  const log = handmade()
  granted(await addWitnessed(city.owner, log.vkey, new Date()))
  return log
}

const record = z.object({ size: z.coerce.number().nullable(), note: z.string().nullable() })

const recordOf = async ({ origin }: HandmadeLog) =>
  record.parse((await city.owner.query('select size, note from ledger.witnessed where origin = $1', [origin])).rows[0])

const found = z.object({ code: z.string(), about: z.string().optional(), checkpoints: z.array(z.string()).optional() })
const row = z.object({ sound: z.boolean(), findings: z.array(found) })

const lastRow = async () => {
  const { rows } = await city.owner.query(
    `select sound, findings from ledger.verification where source = 'witness' order by at desc, id desc limit 1`,
  )
  return rows.length === 0 ? { sound: true, findings: [] } : row.parse(rows[0])
}

const standingAbout = async ({ origin }: HandmadeLog) =>
  (await lastRow()).findings.filter(({ about }) => about === origin)

const sizeAnswer = (size: number) => ({ status: 409, type: 'text/x.tlog.size', body: `${size}\n` })

describe('联署方，按 C2SP tlog-witness', () => {
  test('200：给出联署行，两种算法实现都验得过；先记下再回答', async () => {
    const log = await registered()
    const answer = await send(log.request(0, 3))
    expect(answer).toMatchObject({ status: 200, type: 'text/plain; charset=utf-8' })
    expect(answer.body).toMatch(/^— \S+ \S+\n$/)
    const text = readCheckpoint(log.checkpoint(3))?.note.text ?? ''
    for (const verifier of bothVerifiers(witnessVkeyOf(city)))
      expect(cosignatureIn(answer.body, text, verifier)).toBeDefined()
    expect(await recordOf(log)).toEqual({ size: 3, note: log.checkpoint(3) })
    expect((await send(log.request(3, 9))).status).toBe(200)
    expect((await send(log.request(9, 9))).status).toBe(200)
    expect(await recordOf(log)).toEqual({ size: 9, note: log.checkpoint(9) })
  })

  test('404：没有登记的存证', async () => {
    expect(await send(handmade().request(0, 3))).toMatchObject({ status: 404, type: 'text/plain; charset=utf-8' })
  })

  test('403：没有一行是登记过的钥匙签的；什么也不记', async () => {
    const log = await registered()
    const impostor = handmadeLog(log.origin, 'another key')
    expect((await send(impostor.request(0, 3))).status).toBe(403)
    expect(await recordOf(log)).toEqual({ size: null, note: null })
    expect(await standingAbout(log)).toEqual([])
  })

  test('400：不成格式；旧大小比快照大', async () => {
    const log = await registered()
    const bodies: Body[] = ['', 'old 0\n', log.request(0, 3).slice(1), new Uint8Array([0xff, 0xfe, 0x0a]), '{"old": 0}']
    for (const body of bodies) expect((await send(body)).status).toBe(400)
    expect((await send(log.request(5, 3))).status).toBe(400)
  })

  test('413：太大的不收', async () => {
    expect((await send('x'.repeat(70_000))).status).toBe(413)
  })

  test('409：旧大小不是上次联署的，答上次的大小', async () => {
    const log = await registered()
    expect(await send(log.request(2, 3))).toEqual(sizeAnswer(0))
    await send(log.request(0, 5))
    expect(await send(log.request(0, 9))).toEqual(sizeAnswer(5))
    expect(await send(log.request(3, 4))).toEqual(sizeAnswer(5))
    expect(await standingAbout(log)).toEqual([])
  })

  test('422：证明不成立', async () => {
    const log = await registered()
    await send(log.request(0, 5))
    const other = log.request(4, 9).replace('old 4', 'old 5')
    expect((await send(other)).status).toBe(422)
    expect((await send(log.request(5, 5).replace('old 5\n', `old 5\n${'A'.repeat(43)}=\n`))).status).toBe(422)
    expect(await recordOf(log)).toEqual({ size: 5, note: log.checkpoint(5) })
  })

  test('同样大小、另一个根，用它自己的钥匙签的：409，不联署，两份快照留底', async () => {
    const log = await registered()
    await send(log.request(0, 5))
    expect(await send(log.request(5, 5, 1))).toEqual(sizeAnswer(5))
    await send(log.request(5, 5, 1))
    expect(await standingAbout(log)).toEqual([
      { code: 'forkedAtWitness', about: log.origin, checkpoints: [log.checkpoint(5), log.checkpoint(5, 1)] },
    ])
    expect((await lastRow()).sound).toBe(false)
    // Whatever old size it claims.
    expect(await send(log.request(2, 5, 2))).toEqual(sizeAnswer(5))
    expect(await recordOf(log)).toEqual({ size: 5, note: log.checkpoint(5) })
  })

  test('二十本从不同地方起改写再长大的账，用它自己的钥匙签的：都不联署', async () => {
    const log = await registered()
    await send(log.request(0, 64))
    for (let same = 0; same < 60; same += 3) expect((await send(log.request(64, 100, same + 1, same))).status).toBe(422)
    expect(await recordOf(log)).toEqual({ size: 64, note: log.checkpoint(64) })
    const kept = await standingAbout(log)
    expect(kept).toHaveLength(1)
    expect(kept[0]).toMatchObject({
      code: 'unprovenAtWitness',
      checkpoints: [log.checkpoint(64), log.checkpoint(100, 1)],
    })
    // The honest one goes on.
    expect((await send(log.request(64, 100))).status).toBe(200)
  })

  test('警报查清以后撤下，写明理由；别的警报还在', async () => {
    const [one, two] = [await registered(), await registered()]
    for (const log of [one, two]) {
      await send(log.request(0, 5))
      await send(log.request(5, 5, 1))
    }
    const settled = { about: one.origin, why: '测试时交错了文件', log: 1 }
    granted(await settleFindings(city.owner, settled, new Date()))
    expect(await standingAbout(one)).toEqual([])
    expect(await standingAbout(two)).toHaveLength(1)
    expect((await settleFindings(city.owner, settled, new Date())).ok).toBe(false)
  })

  test('二十个同时来：只有一个接得上；再来，也从不倒退', async () => {
    const log = await registered()
    await city.owner.query(`create table seen (place bigint generated always as identity, size bigint)`)
    await city.owner.query(`create function see() returns trigger language plpgsql security definer as $$
      begin insert into public.seen (size) values (new.size); return new; end $$`)
    await city.owner.query(
      `create trigger see after update on ledger.witnessed for each row when (new.origin = '${log.origin}') execute function see()`,
    )
    await send(log.request(0, 10))
    const sizes = Array.from({ length: 20 }, (_, at) => 11 + at)
    const first = await Promise.all(sizes.map((size) => send(log.request(10, size))))
    expect(first.filter(({ status }) => status === 200)).toHaveLength(1)
    for (const answer of first)
      if (answer.status !== 200) expect(answer).toEqual(sizeAnswer((await recordOf(log)).size ?? 0))
    // Each learns where the witness is and tries again, until it is signed or others are further.
    const persist = async (size: number): Promise<void> => {
      for (let old = 10; old <= size; ) {
        const { status, body } = await send(log.request(old, size))
        if (status === 200) return
        expect(status).toBe(409)
        old = Number(body)
      }
    }
    await Promise.all(sizes.toReversed().map(persist))
    expect((await recordOf(log)).size).toBe(30)
    const grown = (await city.owner.query<{ size: string }>('select size from seen order by place')).rows.map((one) =>
      Number(one.size),
    )
    expect(grown).toEqual(grown.toSorted((a, b) => a - b))
  })

  test('重新启动以后还记得', async () => {
    const log = await registered()
    await send(log.request(0, 7))
    const platform = await openPlatform({
      database: { kind: 'given', ...city.database, adminUrl: undefined, stop: async () => undefined },
      dataDir: city.dataDir,
      log: pino({ level: 'silent' }),
      work: false,
    })
    const web = await createWeb(platform, { log: pino({ level: 'silent' }), demoAccounts: [], setupCode: 'x' })
    const again = await web.listen({ port: 0, host: '127.0.0.1' })
    expect(await sendTo(again, log.request(0, 9))).toEqual(sizeAnswer(7))
    expect((await sendTo(again, log.request(7, 9))).status).toBe(200)
    await web.close()
    await platform.close()
  })

  test('程序自己的数据库账号写不了联署记录', async () => {
    const log = await registered()
    const app = createPool(city.database.appUrl, { max: 1 })
    for (const statement of [
      `update ledger.witnessed set size = 1 where origin = '${log.origin}'`,
      `insert into ledger.cosignature (log, size, witness, line, cosigned_at) values (1, 1, 'x', 'x', now())`,
    ])
      await expect(app.query(statement)).rejects.toMatchObject({ code: '42501' })
    await app.end()
  })

  test('一个地址问得太勤：429，说人话', async () => {
    const from = () =>
      city.web.inject({ method: 'POST', url: '/log/add-checkpoint', remoteAddress: '203.0.113.9', payload: 'x' })
    for (let count = 0; count < 240; count += 1) expect((await from()).statusCode).toBe(400)
    const late = await from()
    expect(late.statusCode).toBe(429)
    expect(late.body).toContain('太频繁')
  })
})
