import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fileCrewMeeting, filePaper, listCrewMeetings, printPaper, readCrewCard, readPaper } from '#contract/paper.ts'
import { jpegPhoto } from '#server/platform/files/sampleFiles.ts'
import { granted, type HazardPlace, newHazard, refused, startServer, type TestServer } from '#tests/support/district.ts'
import { uploaded } from '#tests/support/upload.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const photograph = async (width: number): Promise<string> =>
  uploaded(server.baseUrl, server.as('safetyOfficer'), server.ids.mine, await jpegPhoto(width, 40), {
    name: '签字.jpg',
    type: 'image/jpeg',
  })

const here = () => ({ mineId: server.ids.mine })

describe('班前会', () => {
  test('卡上是今天还开着的隐患和管控；班组名称从用过的里面选', async () => {
    const place = newHazard(server.ids.mine)
    await server.as('crewLeader').does(place, 'report', {
      mineId: server.ids.mine,
      source: 'crewCheck',
      place: '北帮坡脚',
      description: '浮石',
    })
    await server
      .as('crewLeader')
      .does(place, 'control', { where: '北帮坡脚', scope: 'partial', measure: '撤人，设警戒' })
    const card = granted(await server.as('worker').call(readCrewCard, { params: here() }))
    expect(card).toMatchObject({ mine: '测试一号石灰岩矿', on: '2023-07-03', more: 0, crews: [] })
    expect(card.lines).toEqual([
      {
        number: 'T01-2023-001',
        grade: '待判定',
        place: '北帮坡脚',
        content: '浮石',
        controls: ['北帮坡脚：撤人，设警戒'],
        stop: 'partial',
      },
    ])
  })

  test('班组长拍一张签到表，全班组入档；工人不能代办；照片没传到的不收', async () => {
    const photo = await photograph(50)
    const body = { commandId: uuidv7(), crew: '采剥一班', present: 11, photos: [photo] }
    const params = { ...here(), id: uuidv7() }
    expect(refused(await server.as('worker').call(fileCrewMeeting, { params, body })).code).toBe('role-may-not')
    const absent = { ...body, commandId: uuidv7(), photos: ['0'.repeat(64)] }
    expect(refused(await server.as('crewLeader').call(fileCrewMeeting, { params, body: absent })).code).toBe(
      'file-not-uploaded',
    )
    granted(await server.as('crewLeader').call(fileCrewMeeting, { params, body }))
    const listed = granted(await server.as('principal').call(listCrewMeetings, { params: here() }))
    expect(listed.items).toEqual([{ id: params.id, on: '2023-07-03', crew: '采剥一班', present: 11, photo }])
    const card = granted(await server.as('worker').call(readCrewCard, { params: here() }))
    expect(card.crews).toEqual(['采剥一班'])
  })
})

describe('带二维码的纸', () => {
  const place = (): HazardPlace => newHazard(server.ids.mine)

  const rectified = async (): Promise<HazardPlace> => {
    const one = place()
    const { as, ids } = server
    await as('safetyOfficer').does(one, 'report', {
      mineId: ids.mine,
      source: 'safetyOfficerCheck',
      description: '护栏松动',
    })
    await as('safetyOfficer').does(one, 'judge', { outcome: 'general', basis: '不触及判定标准' })
    await as('safetyOfficer').does(one, 'assign', {
      responsible: as('crewLeader').personId,
      measures: '紧固',
      funds: 0,
      deadline: '2023-07-03',
      contingencyPlan: '现场处置',
    })
    return one
  }

  test('企业验收打印出来手签，拍照就进了那条隐患：写明代录，原件在档；只归档一次', async () => {
    const one = await rectified()
    const params = { tenantId: one.tenantId, id: uuidv7() }
    const clerk = server.as('safetyOfficer')
    const form = {
      kind: 'hazardAct' as const,
      hazardId: one.id,
      act: 'accept' as const,
      body: { conclusion: '已紧固', notPhotographable: true },
    }
    granted(await clerk.call(printPaper, { params, body: form }))
    granted(await clerk.call(printPaper, { params, body: form }))
    expect(
      refused(await clerk.call(printPaper, { params, body: { ...form, body: { conclusion: '另一份' } } })).code,
    ).toBe('id-in-use')
    expect(granted(await clerk.call(readPaper, { params }))).toMatchObject({
      title: '企业验收',
      subject: expect.stringContaining('T01-2023-'),
      unit: '测试一号石灰岩矿',
      filed: false,
    })
    const photo = await photograph(60)
    const filing = { params, body: { photos: [photo] } }
    granted(await clerk.call(filePaper, filing))
    expect(granted(await clerk.call(filePaper, filing)).replayed).toBe(true)
    const another = { params, body: { photos: [await photograph(61)] } }
    expect(refused(await clerk.call(filePaper, another)).code).toBe('paper-filed')
    const { state, timeline } = await clerk.sees(one)
    expect(state.status).toBe('accepted')
    expect(state.acceptance).toMatchObject({ conclusion: '已紧固', signedOnPaper: true })
    expect(timeline.at(-1)).toMatchObject({ onBehalf: true, body: { paperSignature: [photo] } })
    expect(granted(await clerk.call(readPaper, { params })).filed).toBe(true)
  })

  test('班前会卡的码：拍照、写人数，就入了档', async () => {
    const params = { tenantId: server.ids.mine, id: uuidv7() }
    const leader = server.as('crewLeader')
    const form = { kind: 'crewCard' as const, crew: '运输班', on: '2023-07-03' }
    granted(await leader.call(printPaper, { params, body: form }))
    const photo = await photograph(62)
    expect(refused(await leader.call(filePaper, { params, body: { photos: [photo] } })).code).toBe('invalid-input')
    expect(refused(await leader.call(filePaper, { params, body: { photos: [], present: 5 } })).code).toBe(
      'invalid-input',
    )
    granted(await leader.call(filePaper, { params, body: { photos: [photo], present: 5 } }))
    const { items } = granted(await leader.call(listCrewMeetings, { params: here() }))
    expect(items[0]).toMatchObject({ crew: '运输班', present: 5, photo })
  })

  test('不用手签的事项不打印；填得不对的不打印；别家的隐患打印不了', async () => {
    const one = await rectified()
    const print = (body: Parameters<typeof server.stranger.call<typeof printPaper>>[1]['body'], as = 'safetyOfficer') =>
      server.as(as as 'safetyOfficer').call(printPaper, { params: { tenantId: one.tenantId, id: uuidv7() }, body })
    const form = (act: 'accept' | 'progress', body: Record<string, unknown>) => ({
      kind: 'hazardAct' as const,
      hazardId: one.id,
      act,
      body,
    })
    expect(refused(await print(form('progress', { percent: 10 }))).code).toBe('not-signed-on-paper')
    expect(refused(await print(form('accept', {}))).code).toBe('invalid-input')
    expect(refused(await print(form('accept', { conclusion: '探' }), 'siblingPrincipal')).code).toBe('not-found')
  })
})
