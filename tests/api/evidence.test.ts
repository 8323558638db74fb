import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { jpegPhoto } from '#server/platform/files/sampleFiles.ts'
import { newHazard, refused, startServer, type TestServer } from '#tests/support/district.ts'
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
