import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listCheckpoints, proofPath, readLedger, readReceipts } from '#contract/ledger.ts'
import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import {
  granted,
  type HazardPlace,
  newHazard,
  type PostName,
  refused,
  startServer,
  type TestServer,
} from '#tests/support/district.ts'
import { eventually } from '#tests/support/eventually.ts'
import { type Sent, send } from '#tests/support/send.ts'
import { signedFor } from '#tests/support/signedFor.ts'
import { verifyBundle } from '#translog/bundle.ts'
import { openCheckpoint } from '#translog/checkpoint.ts'
import { cosigner } from '#translog/ed25519.ts'
import { signLine, writeSignatureLine } from '#translog/signedNote.ts'
import { fingerprintOf, policyOf } from '#translog/trust.ts'

let server: TestServer
let hazard: HazardPlace
/** Nothing is put into order here: what waits, waits. */
let still: TestServer

beforeAll(async () => {
  server = await startServer({ sequence: true })
  still = await startServer()
  hazard = await reportedIn(server, '北帮台阶裂缝')
  await server.as('safetyOfficer').does(hazard, 'departmentReport', { department: '区应急管理局', how: 'phone' })
  await signedFor(server)
})
afterAll(async () => {
  await server.close()
  await still.close()
})

const reportedIn = async ({ as, ids }: TestServer, description: string): Promise<HazardPlace> => {
  const place = newHazard(ids.mine)
  await as('safetyOfficer').does(place, 'report', { mineId: ids.mine, source: 'safetyOfficerCheck', description })
  return place
}

const asks = (
  name: PostName,
  { tenantId, id }: HazardPlace,
  version = 1,
  show: 'all' | 'outline' = 'all',
  of = server,
) => send(of.baseUrl + proofPath({ tenantId, streamId: id, version }, show), 'GET', { token: of.as(name).token })

const trustOf = async (witnesses: readonly string[] = []) => {
  const { log } = granted(await server.as('worker').call(readLedger, {}))
  const read = policyOf({ log: log.vkey, witnesses, quorum: witnesses.length })
  if (!read.ok) throw new Error(read.fault.problem)
  return read.policy
}

const proven = async ({ text }: Sent, witnesses: readonly string[] = []) => {
  const verdict = verifyBundle(text, await trustOf(witnesses), nodeSha256)
  if (!verdict.ok) throw new Error(JSON.stringify(verdict.fault))
  return verdict.proven
}

const fieldsOf = ({ disclosed }: Awaited<ReturnType<typeof proven>>) =>
  Object.fromEntries(disclosed.map(({ name, value }) => [name, value]))

describe('存证核验', () => {
  test('谁登录都看得到：日志的名字、公钥和指纹、大小、最后一份签过名的快照', async () => {
    const shown = granted(await server.as('worker').call(readLedger, {}))
    expect(shown.log).toMatchObject({
      number: 1,
      origin: server.platform.ledger.identity.origin,
      vkey: server.platform.ledger.identity.signer.vkey,
      fingerprint: fingerprintOf(shown.log.vkey),
      decidedBy: [],
    })
    expect(shown.size).toBeGreaterThan(1)
    expect(shown.signed).toMatchObject({ size: shown.size, root: shown.root })
    expect(shown).toMatchObject({ waiting: 0, earlier: [], witnesses: [], alarms: [] })
    expect(shown.trouble).toBeUndefined()
  })

  test('第二存放处是不是同一块盘人人看得到，放在哪里只给管理员看', async () => {
    const seenBy = async (name: PostName) => granted(await server.as(name).call(readLedger, {})).secondFolder
    const held = { state: 'same', size: await signedFor(server) }
    expect(await seenBy('worker')).toEqual({ onSameDisk: true, held })
    expect(await seenBy('auditor')).toEqual({ onSameDisk: true, held })
    expect(await seenBy('systemAdmin')).toEqual({
      onSameDisk: true,
      held,
      path: server.platform.ledger.secondFolder,
      isOpen: false,
    })
  })

  test('没有人排序签发时，写明有几条在等', async () => {
    const { rows } = await still.owner.query<{ n: number }>('select count(*)::int as n from ledger.outbox')
    const shown = granted(await still.as('worker').call(readLedger, {}))
    expect(shown).toMatchObject({ size: 0, waiting: rows[0]?.n })
    expect(shown.signed).toBeUndefined()
    expect(shown.log.vkey).toBe(still.platform.ledger.identity.signer.vkey)
  })

  test('办过的事等了一分钟以上还没有签，写明从什么时候等起；每条记录自己也说', async () => {
    const params = { tenantId: still.ids.mine, streamId: (await reportedIn(still, '等着签')).id }
    const seen = async () => {
      const as = still.as('safetyOfficer')
      const { items } = granted(await as.call(readReceipts, { params }))
      return { since: granted(await as.call(readLedger, {})).waitingSince, late: items[0]?.late }
    }
    expect(await seen()).toEqual({ since: undefined, late: false })
    still.clock.stand('2023-07-03', '09:01')
    expect(await seen()).toEqual({ since: undefined, late: false })
    still.clock.stand('2023-07-03', '09:02')
    expect((await seen()).late).toBe(true)
    const { rows } = await still.owner.query<{ at: Date }>('select min(at) as at from ledger.outbox')
    expect((await seen()).since).toBe(rows[0]?.at.toISOString())
    still.clock.stand('2023-07-03')
    // Where everything is signed, no hour is late.
    await signedFor(server)
    server.clock.stand('2023-07-03', '10:00')
    expect(granted(await server.as('worker').call(readLedger, {})).waitingSince).toBeUndefined()
    server.clock.stand('2023-07-03')
  })

  test('排进去了、快照还没有签的，同样在等', async () => {
    const own = await startServer({ sequence: true })
    await signedFor(own)
    await own.platform.ledger.sequencer?.stop()
    await reportedIn(own, '排进去，没有签')
    await own.owner.query(
      `insert into ledger.entry (log, idx, leaf_hash, outbox_id)
       select 1, (select max(idx) + 1 from ledger.entry), leaf_hash, id from ledger.outbox order by id desc limit 1`,
    )
    await own.owner.query(`update ledger.head set size = size + 1, settled = (select max(id) from ledger.outbox)`)
    const { rows } = await own.owner.query<{ at: Date }>('select at from ledger.outbox order by id desc limit 1')
    own.clock.stand('2023-07-03', '09:02')
    const shown = granted(await own.as('worker').call(readLedger, {}))
    expect(shown).toMatchObject({ waiting: 0, waitingSince: rows[0]?.at.toISOString() })
    await own.close()
  })

  test('快照一份不少，新的在前，翻页不重不漏', async () => {
    for (const description of ['一', '二', '三']) {
      await reportedIn(server, description)
      await signedFor(server)
    }
    const { call } = server.as('regulator')
    const whole = granted(await call(listCheckpoints, { query: { limit: 200 } }))
    const sizes: number[] = []
    let after: string | undefined
    do {
      const page = granted(await call(listCheckpoints, { query: { limit: 2, ...(after && { after }) } }))
      sizes.push(...page.items.map(({ size }) => size))
      after = page.next
    } while (after)
    expect(sizes).toEqual(whole.items.map(({ size }) => size))
    expect(sizes).toEqual([...new Set(sizes)].sort((a, b) => b - a))
    expect(sizes.length).toBeGreaterThanOrEqual(4)
    const { verifier } = server.platform.ledger.identity
    const { rows } = await server.owner.query<{ note: string; size: string }>(
      'select note, size from ledger.checkpoint',
    )
    for (const { note, size } of rows) expect(openCheckpoint(note, verifier)?.checkpoint.size).toBe(Number(size))
    expect(refused(await call(listCheckpoints, { query: { after: 'x' } })).status).toBe(400)
  })

  test('检查查出的问题：人人知道查出了几处；写到哪条记录的，只给系统管理员和审计员看', async () => {
    const finding = {
      code: 'eventChanged',
      message: '隐患 T01-2023-001 的第 2 条记录被改动',
      remedy: '从第二存放处恢复',
    }
    const check = (sound: boolean, findings: readonly unknown[]) =>
      server.owner.query(
        `insert into ledger.verification (id, at, source, log, size, sound, findings) values ($1, now(), 'fsck', 1, 9, $2, $3)`,
        [uuidv7(), sound, JSON.stringify(findings)],
      )
    await check(false, [finding])
    const seenBy = async (name: PostName) => granted(await server.as(name).call(readLedger, {}))
    for (const name of ['worker', 'principal', 'bureauHead'] as const) {
      const { alarms, verifications } = await seenBy(name)
      expect(alarms).toMatchObject([{ source: 'fsck', sound: false, found: 1, findings: [] }])
      expect(verifications[0]).toMatchObject({ found: 1, findings: [] })
    }
    for (const name of ['systemAdmin', 'auditor'] as const)
      expect((await seenBy(name)).alarms[0]?.findings).toEqual([finding])
    // A later check that finds nothing ends the alarm; what was found stays on the list.
    await check(true, [])
    const { alarms, verifications } = await seenBy('auditor')
    expect(alarms).toEqual([])
    expect(verifications.map(({ sound }) => sound)).toEqual([true, false])
  })
})

describe('另一个程序停止签发', () => {
  const trouble = {
    code: 'folder',
    message: '第二存放处写不进去',
    remedy: '检查磁盘是否已满',
    detail: "ENOSPC: no space left on device, write '/mnt/usb/bihuan/public/tile/0/000.p/9'",
  }
  const kept = (source: string, sound: boolean) =>
    still.owner.query(
      `insert into ledger.verification (id, at, source, log, size, sound, findings)
       values ($1, clock_timestamp(), $2, 1, 9, $3, $4)`,
      [uuidv7(), source, sound, JSON.stringify(sound ? [] : [trouble])],
    )
  const seenBy = async (name: PostName) => granted(await still.as(name).call(readLedger, {}))

  test('人人看到为什么停、从什么时候停起；路径和系统的原话只给管系统的人看', async () => {
    await kept('sequencer', false)
    const { detail: _, ...plain } = trouble
    for (const name of ['worker', 'principal', 'bureauHead', 'auditor'] as const) {
      const shown = await seenBy(name)
      expect(shown.trouble).toEqual({ ...plain, at: expect.stringMatching(/^20.*Z$/) })
      expect(shown.verifications[0]?.findings).toEqual([plain])
      expect(JSON.stringify(shown)).not.toContain('/mnt/usb')
      expect(JSON.stringify(shown)).not.toContain(still.dataDir)
    }
    expect((await seenBy('systemAdmin')).trouble?.detail).toBe(trouble.detail)
  })

  test('它又签起来，或者以后全面核查没有查出问题，就不再说停着；查过什么还在列表里', async () => {
    for (const source of ['sequencer', 'fsck']) {
      await kept('sequencer', false)
      expect((await seenBy('worker')).trouble).toBeDefined()
      await kept(source, true)
      const shown = await seenBy('worker')
      expect(shown.trouble).toBeUndefined()
      expect(shown.alarms).toEqual([])
      expect(shown.verifications.filter(({ sound }) => !sound).length).toBeGreaterThan(0)
    }
  })

  test('联署方的地址和它的原话，也只给管系统的人看', async () => {
    const { vkey } = cosigner('witness.test/away', new Uint8Array(32).fill(9), () => 0)
    const words = '连不上 http://10.1.2.3:8600/log：ECONNREFUSED；会自动再问'
    await still.owner.query(
      `insert into ledger.witness (name, vkey, url, added_at, tried_at, trouble)
       values ('witness.test/away', $1, 'http://10.1.2.3:8600/log', now(), now(), $2)`,
      [vkey, words],
    )
    expect((await seenBy('systemAdmin')).witnesses[0]?.trouble).toBe(words)
    for (const name of ['worker', 'auditor'] as const) {
      const shown = await seenBy(name)
      expect(shown.witnesses[0]?.trouble).toMatch(/没有办成/)
      expect(JSON.stringify(shown)).not.toContain('10.1.2.3')
    }
  })
})

describe('一条隐患的回执', () => {
  test('每条记录：存证编号、第几条、首次收进哪份快照', async () => {
    const params = { tenantId: hazard.tenantId, streamId: hazard.id }
    const { items } = granted(await server.as('safetyOfficer').call(readReceipts, { params }))
    const { timeline } = await server.as('safetyOfficer').sees(hazard)
    expect(items.map(({ leafHash }) => leafHash)).toEqual(timeline.map(({ leafHash }) => leafHash))
    for (const { inLog, erased } of items) {
      expect(erased).toBe(false)
      expect(inLog?.size).toBeGreaterThan(inLog?.index ?? Number.POSITIVE_INFINITY)
    }
    // The first checkpoint that covers it, not the last one.
    const [first] = items
    const { rows } = await server.owner.query<{ size: string }>(
      'select min(size) as size from ledger.checkpoint where size > $1',
      [first?.inLog?.index],
    )
    expect(first?.inLog?.size).toBe(Number(rows[0]?.size))
  })

  test('还没进快照的，先只有回执；一秒之内就进', async () => {
    const fresh = await reportedIn(still, '还在等')
    const params = { tenantId: fresh.tenantId, streamId: fresh.id }
    const { items } = granted(await still.as('safetyOfficer').call(readReceipts, { params }))
    expect(items).toMatchObject([{ version: 1 }])
    expect(items[0]?.inLog).toBeUndefined()
    const began = performance.now()
    const quick = await reportedIn(server, '马上进')
    await eventually(async () => {
      const read = await server.as('safetyOfficer').call(readReceipts, {
        params: { tenantId: quick.tenantId, streamId: quick.id },
      })
      return granted(read).items[0]?.inLog
    })
    expect(performance.now() - began).toBeLessThan(2_000)
  })

  test('看不到这条隐患的人，回执和证明都要不到', async () => {
    const params = { tenantId: hazard.tenantId, streamId: hazard.id }
    for (const name of ['siblingPrincipal', 'foreignRegulator'] as const) {
      expect(refused(await server.as(name).call(readReceipts, { params })).status).toBe(404)
      expect((await asks(name, hazard)).status).toBe(404)
    }
  })
})

describe('一条记录的存证文件', () => {
  test('下载下来，别人只凭公钥就核得：内容、时间、第几条', async () => {
    const sent = await asks('safetyOfficer', hazard, 2)
    expect(sent.status).toBe(200)
    const shown = await proven(sent)
    expect(fieldsOf(shown)).toMatchObject({
      kind: 'hazard.departmentReport',
      tenant: hazard.tenantId,
      subject: hazard.id,
      version: 2,
      role: 'safetyOfficer',
      record: { type: 'hazard.departmentReport', body: { department: '区应急管理局', how: 'phone' } },
    })
    expect(shown.withheld).toEqual([])
    const { timeline } = await server.as('safetyOfficer').sees(hazard)
    expect(shown.leafHash).toBe(timeline[1]?.leafHash)
  })

  test('文件名说得出是什么、哪天、存证编号的前八位', async () => {
    const { tenantId, id } = hazard
    const response = await fetch(server.baseUrl + proofPath({ tenantId, streamId: id, version: 2 }, 'outline'), {
      headers: { authorization: `Bearer ${server.as('principal').token}` },
    })
    const name = decodeURIComponent(response.headers.get('content-disposition') ?? '')
    expect(name).toMatch(
      /^attachment; filename\*=UTF-8''存证-报告部门双报告之一-2023-07-03-[0-9a-f]{8}-概要\.tlog-proof$/,
    )
  })

  test('只出示概要：是哪一类、哪个单位、哪个对象、什么时候；内容和谁办的一个字不露，仍然核得', async () => {
    const shown = await proven(await asks('safetyOfficer', hazard, 2, 'outline'))
    expect(Object.keys(fieldsOf(shown)).sort()).toEqual(
      ['capturedAt', 'kind', 'receivedAt', 'subject', 'tenant', 'version'].sort(),
    )
    expect([...shown.withheld].sort()).toEqual(['actor', 'provenance', 'record', 'role'])
    const { text } = await asks('safetyOfficer', hazard, 2, 'outline')
    expect(Buffer.from(/^extra (\S+)$/m.exec(text)?.[1] ?? '', 'base64').toString()).not.toContain('区应急管理局')
  })

  test('联署方签过的，签名附在后面；已经不认的公钥签的不附', async () => {
    const witness = cosigner('witness.test/city', new Uint8Array(32).fill(7), () => 1_688_349_600)
    const former = cosigner('witness.test/former', new Uint8Array(32).fill(8), () => 1_688_349_600)
    const { rows } = await server.owner.query<{ note: string; size: string }>(
      'select note, size from ledger.checkpoint order by size desc limit 1',
    )
    const [last] = rows
    const textPart = (last?.note ?? '').slice(0, (last?.note ?? '').indexOf('\n\n') + 1)
    for (const one of [witness, former])
      await server.owner.query(
        'insert into ledger.cosignature (log, size, witness, line, cosigned_at) values (1, $1, $2, $3, now())',
        [last?.size, one.name, writeSignatureLine(signLine(one, textPart))],
      )
    await server.owner.query(
      'insert into ledger.witness (name, vkey, url, added_at, size) values ($1, $2, null, now(), $3)',
      [witness.name, witness.vkey, last?.size],
    )
    await reportedIn(server, '联署以后又有一条')
    await signedFor(server)
    const shown = await proven(await asks('safetyOfficer', hazard), [witness.vkey])
    expect(shown.size).toBe(Number(last?.size))
    expect(shown.cosigned).toEqual([{ witness: witness.name, at: 1_688_349_600 }])
    const params = { tenantId: hazard.tenantId, streamId: hazard.id }
    const { items } = granted(await server.as('safetyOfficer').call(readReceipts, { params }))
    expect(items.map(({ inLog }) => inLog?.cosigned.map((one) => one.witness))).toEqual([
      [witness.name],
      [witness.name],
    ])
  })

  test('还没进快照：说明原因，一秒后再试', async () => {
    const fresh = await reportedIn(still, '等')
    const { status, problem } = await asks('safetyOfficer', fresh, 1, 'all', still)
    expect({ status, code: problem.code }).toEqual({ status: 422, code: 'not-in-log-yet' })
    expect(problem.remedy).toContain('一秒后再试')
  })

  test('没有这条记录、编号不对：说得清', async () => {
    expect((await asks('safetyOfficer', hazard, 99)).problem.code).toBe('not-found')
    expect((await asks('safetyOfficer', hazard, 0)).status).toBe(400)
  })

  test('个人信息已删除的记录：说明为什么不能再出示，它的位置还在', async () => {
    const gone = await reportedIn(server, '要删的')
    await signedFor(server)
    await server.owner.query('update private.leaf_salt set salt = null where stream_id = $1', [gone.id])
    const { problem } = await asks('safetyOfficer', gone)
    expect(problem).toMatchObject({ code: 'record-erased', clause: '个人信息保护法 47' })
    const params = { tenantId: gone.tenantId, streamId: gone.id }
    const { items } = granted(await server.as('safetyOfficer').call(readReceipts, { params }))
    expect(items[0]).toMatchObject({ erased: true })
    expect(items[0]?.inLog).toBeDefined()
  })

  test('数据库里被人改过的记录：不给证明，写明与存证不一样', async () => {
    const bent = await reportedIn(server, '原来这样写')
    await signedFor(server)
    await server.owner.query('alter table core.event disable trigger event_unchanged')
    await server.owner.query(
      `update core.event set body = jsonb_set(body, '{description}', '"后来这样写"') where stream_id = $1`,
      [bent.id],
    )
    await server.owner.query('alter table core.event enable trigger event_unchanged')
    const { problem } = await asks('safetyOfficer', bent)
    expect(problem.code).toBe('record-altered')
    expect(problem.remedy).toContain('第二存放处')
  })

  test('账号的记录只有能看账号的人要得到证明', async () => {
    const worker = server.as('worker')
    const account = { tenantId: worker.homeTenantId, id: worker.accountId }
    expect((await asks('principal', account)).status).toBe(403)
    expect((await asks('systemAdmin', account)).status).toBe(200)
  })
})
