import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { listHazards } from '#contract/hazard.ts'
import { putMine, readMine } from '#contract/org.ts'
import { jpegPhoto } from '#server/platform/files/sampleFiles.ts'
import {
  granted,
  mineValue,
  newHazard,
  privateNameOf,
  refused,
  startServer,
  type TestServer,
} from '#tests/support/district.ts'
import { uploaded } from '#tests/support/upload.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer({ work: true })
})
afterAll(() => server.close())

const hazardsSeenBy = async (who: 'principal' | 'regulator' | 'townshipHead') =>
  granted(await server.as(who).call(listHazards, { query: {} })).items

describe('群众举报在到场核查前只在局里，核查后移交企业台账', () => {
  const visit = '到场核实：东排土场西侧有两条新挖痕，长约 20 米'

  test('移交之前企业的台账里没有它；移交之后由作业另立一条，只带核查的事实', async () => {
    server.clock.stand('2023-09-11')
    const place = newHazard(server.ids.bureau)
    await server.as('regulator').does(place, 'report', {
      mineId: server.ids.mine,
      source: 'publicReport',
      place: '东排土场',
      description: '夜里有人在排土场挖料外运，举报人住在坡下',
    })
    expect(await hazardsSeenBy('principal')).toEqual([])

    server.clock.stand('2023-09-13')
    await server.as('enforcer').does(place, 'handOver', { visit })
    await vi.waitFor(async () => expect(await hazardsSeenBy('principal')).toHaveLength(1), { timeout: 15_000 })

    const [opened] = await hazardsSeenBy('principal')
    expect(opened).toMatchObject({
      tenantId: server.ids.mine,
      description: visit,
      foundBy: 'department',
      foundOn: '2023-09-13',
    })
    const record = await server.as('regulator').sees(place)
    expect(record.state).toMatchObject({ status: 'transferred', ending: { other: opened?.id } })
    const whole = JSON.stringify(await server.as('principal').sees({ tenantId: server.ids.mine, id: opened?.id ?? '' }))
    expect(whole).not.toContain('举报')
    expect(whole).not.toContain('publicReport')
  })
})

describe('矿山改了行政区划，它的记录跟着走', () => {
  test('原乡镇看不到了，新乡镇所在的局看得到，事件正文一个字不变', async () => {
    server.clock.stand('2023-09-14')
    const place = newHazard(server.ids.mine)
    await server.as('safetyOfficer').does(place, 'report', {
      mineId: server.ids.mine,
      source: 'safetyOfficerCheck',
      place: '采场北帮',
    })
    const bodies = () =>
      server.owner
        .query('select id, body from core.event where tenant_id = $1 order by id', [server.ids.mine])
        .then(({ rows }) => rows)
    const before = await bodies()
    expect((await hazardsSeenBy('townshipHead')).some(({ id }) => id === place.id)).toBe(true)

    const { version } = granted(await server.as('regulator').call(readMine, { params: { id: server.ids.mine } }))
    granted(
      await server.as('regulator').call(putMine, {
        params: { id: server.ids.mine },
        body: {
          commandId: uuidv7(),
          expectedVersion: version,
          value: { ...mineValue(server.ids, 'mine'), div: '140404103', township: '西火镇' },
        },
      }),
    )
    await vi.waitFor(async () => expect(await hazardsSeenBy('townshipHead')).toEqual([]), { timeout: 15_000 })
    refused(await server.as('townshipHead').call(readMine, { params: { id: server.ids.mine } }))
    expect((await hazardsSeenBy('regulator')).some(({ id }) => id === place.id)).toBe(true)

    const left = await server.owner.query(
      `select 'event' as what from core.event where tenant_id = $1 and div = '140404102'
       union all select 'salt' from private.leaf_salt where tenant_id = $1 and div = '140404102'
       union all select 'person' from private.person where tenant_id = $1 and div = '140404102'
       union all select 'hazard' from read.hazard where tenant_id = $1 and div = '140404102'`,
      [server.ids.mine],
    )
    expect(left.rows).toEqual([])
    const after = await bodies()
    expect(after.filter(({ id }) => before.some((one) => one.id === id))).toEqual(before)
    expect(JSON.stringify(after)).not.toContain(privateNameOf('principal'))
  })
})

describe('报告里的照片，公开的那一份由作业备好', () => {
  test('作业办完之后，缩略图不用等；原件还在', async () => {
    server.clock.stand('2023-09-15')
    const { mine } = server.ids
    const sha256 = await uploaded(server.baseUrl, server.as('safetyOfficer'), mine, await jpegPhoto(900, 600), {
      name: '现场.jpg',
      type: 'image/jpeg',
    })
    await server.as('safetyOfficer').does(newHazard(mine), 'report', {
      mineId: mine,
      source: 'safetyOfficerCheck',
      photos: [sha256],
    })
    await vi.waitFor(
      async () => {
        const { rows } = await server.owner.query(
          `select state from pgboss.job where name = 'file.publish' and data::text like '%' || $1 || '%'`,
          [sha256],
        )
        expect(rows).toEqual([{ state: 'completed' }])
      },
      { timeout: 15_000 },
    )
    expect(await server.platform.files.verify(sha256)).toBe('intact')
  })
})
