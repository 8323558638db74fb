import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { jpegPhoto } from '#server/platform/files/sampleFiles.ts'
import { type HazardPlace, newHazard, refused, startServer, type TestServer } from '#tests/support/district.ts'
import { uploaded } from '#tests/support/upload.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const nowhere = 'a'.repeat(64)

describe('佐证材料要真在档里', () => {
  test('报告隐患和先期管控不等照片：照片还没传到也收下', async () => {
    const place = newHazard(server.ids.mine)
    await server.as('safetyOfficer').does(place, 'report', {
      mineId: server.ids.mine,
      source: 'safetyOfficerCheck',
      photos: [nowhere],
    })
    await server.as('safetyOfficer').does(place, 'control', { where: '坡脚', scope: 'none', photos: [nowhere] })
  })

  test('其余事项引用的文件没有传到服务器的，不能办理，写明几个', async () => {
    const place = newHazard(server.ids.mine)
    const { mine } = server.ids
    const officer = server.as('safetyOfficer')
    await officer.does(place, 'report', { mineId: mine, source: 'safetyOfficerCheck', place: '坡脚' })
    const kept = await uploaded(server.baseUrl, officer, mine, await jpegPhoto(64, 40), {
      name: '公示.jpg',
      type: 'image/jpeg',
    })
    const problem = refused(await officer.act(place, 'posting', { where: '矿门', photos: [kept, nowhere] }))
    expect(problem).toMatchObject({
      code: 'file-not-uploaded',
      detail: '有 1 个文件还没有传到服务器',
      details: { absent: [nowhere] },
    })
    await officer.does(place, 'posting', { where: '矿门', photos: [kept] })
  })

  test('别的矿传的文件，不能拿来作本矿的佐证', async () => {
    const foreign = server.as('siblingPrincipal')
    const theirs = await uploaded(server.baseUrl, foreign, server.ids.sibling, await jpegPhoto(70, 40), {
      name: '整改后.jpg',
      type: 'image/jpeg',
    })
    const place = newHazard(server.ids.mine)
    const officer = server.as('safetyOfficer')
    await officer.does(place, 'report', { mineId: server.ids.mine, source: 'safetyOfficerCheck', place: '坡脚' })
    expect(refused(await officer.act(place, 'posting', { where: '矿门', photos: [theirs] })).code).toBe(
      'file-not-uploaded',
    )
  })
})

describe('记录里写的人要真有其人', () => {
  const led = async (): Promise<HazardPlace> => {
    const place = newHazard(server.ids.mine)
    await server.as('enforcer').does(place, 'report', {
      mineId: server.ids.mine,
      source: 'enforcement',
      place: '坡脚',
    })
    await server.as('enforcer').does(place, 'judge', { outcome: 'general', basis: '不触及判定标准' })
    return place
  }

  test('责任人不在名录里的，不能五定', async () => {
    const place = await led()
    const nobody = '0190a000-0000-7000-8000-00000000dead'
    const problem = refused(await server.as('safetyOfficer').act(place, 'assign', { responsible: nobody }))
    expect(problem).toMatchObject({ code: 'person-unknown', details: { unknown: [nobody] } })
    await server.as('safetyOfficer').does(place, 'assign', { responsible: server.as('crewLeader').personId })
  })

  test('别的矿的人，本矿看不到，也不能写成责任人', async () => {
    const place = await led()
    const stranger = server.as('siblingPrincipal').personId
    expect(refused(await server.as('safetyOfficer').act(place, 'assign', { responsible: stranger })).code).toBe(
      'person-unknown',
    )
  })

  test('部门复查的，复查人不能是本矿的人', async () => {
    const place = await led()
    const officer = server.as('safetyOfficer')
    await officer.does(place, 'assign', {
      responsible: server.as('crewLeader').personId,
      measures: '清理',
      funds: 0,
      deadline: '2023-07-31',
      contingencyPlan: '现场处置',
    })
    await officer.does(place, 'accept', { conclusion: '完成', notPhotographable: true })
    const recheck = { result: 'pass', findings: '合格' }
    const byTheMine = { ...recheck, officers: [officer.personId] }
    expect(refused(await server.as('enforcer').act(place, 'recheck', byTheMine)).code).toBe('recheck-by-the-mine')
    await server.as('enforcer').does(place, 'recheck', { ...recheck, officers: [server.as('enforcer').personId] })
  })

  test('执法人员不能替企业登记成自查发现', async () => {
    const place = newHazard(server.ids.mine)
    const body = { mineId: server.ids.mine, source: 'principalCheck', place: '坡脚' }
    expect(refused(await server.as('enforcer').act(place, 'report', body)).code).toBe('source-not-yours')
  })
})
