import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listHazards } from '#contract/hazard.ts'
import {
  handOverSelfCheck,
  listSelfChecks,
  readSelfCheck,
  saveAnswers,
  signSelfCheck,
  submitSelfCheck,
} from '#contract/selfCheck.ts'
import { jpegPhoto } from '#server/platform/files/sampleFiles.ts'
import { granted, refused, startServer, type TestServer } from '#tests/support/district.ts'
import { asSent, saves, seesSheet } from '#tests/support/selfCheck.ts'
import { uploaded } from '#tests/support/upload.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const july = '2023-07'

const hazardsOf = async (search: string) =>
  granted(await server.as('safetyOfficer').call(listHazards, { query: { search } })).items

describe('月排查：边查边存', () => {
  test('一矿一月一张表：64 条标准都在，别的矿种自动写明不涉及，加上常规检查项', async () => {
    const { mine } = server.ids
    const shown = await seesSheet(server.as('safetyOfficer'), mine, july)
    const items = shown.sections.flatMap((section) => section.items)
    expect(new Set(items.flatMap(({ criterion }) => (criterion ? [criterion.code] : []))).size).toBe(64)
    expect(items.filter(({ notApplicable }) => notApplicable === '不涉及（矿山类型）').length).toBeGreaterThan(60)
    expect(items.filter(({ criterion }) => !criterion)).toHaveLength(61)
    expect(shown).toMatchObject({
      standing: 'notBegun',
      answers: [],
      may: { answer: true, submit: false, sign: false },
    })
  })

  test('同一个答案发两次只存一次；后答的算数，不看先到后到', async () => {
    const { mine } = server.ids
    const officer = server.as('safetyOfficer')
    const later = asSent({ item: 'OPC-manage-01', outcome: 'good', seq: 5 })
    const params = { mineId: mine, month: july }
    const items = (await seesSheet(officer, mine, july)).sections.flatMap((section) => section.items)
    const item = items.find(({ criterion }) => !criterion)?.code ?? ''
    const one = { ...later, item }
    granted(await officer.call(saveAnswers, { params, body: { answers: [one] } }))
    granted(await officer.call(saveAnswers, { params, body: { answers: [one] } }))
    await saves(officer, mine, july, { item, outcome: 'notChecked', seq: 3 })
    const shown = await seesSheet(officer, mine, july)
    expect(shown.answers.filter((answer) => answer.item === item)).toMatchObject([
      { outcome: 'good', seq: 5, mine: true },
    ])
    const { rows } = await server.owner.query('select count(*)::int as n from core.self_check_answer where item = $1', [
      item,
    ])
    expect(rows[0]).toEqual({ n: 2 })
  })

  test('有问题的立即登记为疑似重大隐患，一项一条；重发、再答都不重复登记', async () => {
    const { mine } = server.ids
    const officer = server.as('safetyOfficer')
    const bad = { item: 'OP-03-1', outcome: 'bad' as const, place: '北帮三台阶', note: '安全平台被埋住了' }
    const { raised } = await saves(officer, mine, july, bad)
    expect(raised).toHaveLength(1)
    const again = await saves(officer, mine, july, { ...bad, note: '还是埋着', seq: 2 })
    expect(again.raised).toEqual(raised)
    const found = await hazardsOf('安全平台被埋住了')
    expect(found).toMatchObject([{ source: 'principalCheck', place: '北帮三台阶', status: 'found' }])
    const place = { tenantId: mine, id: found[0]?.id ?? '' }
    const { state } = await officer.sees(place)
    expect(state.finding).toMatchObject({ suspectedGrade: 'major', suspectedCriteria: ['OP-03'] })
    const shown = await seesSheet(officer, mine, july)
    expect(shown.answers.find(({ item }) => item === 'OP-03-1')?.hazard?.number).toBe(raised[0]?.number)
  })

  test('手机的钟走快了也不挡登记：发现日期按今天', async () => {
    const { sibling } = server.ids
    const principal = server.as('siblingPrincipal')
    const ahead = {
      item: 'OP-03-1',
      outcome: 'bad' as const,
      note: '钟快的手机',
      answeredAt: '2031-01-01T00:00:00.000Z',
    }
    const { raised, notRaised } = await saves(principal, sibling, july, ahead)
    expect(notRaised).toEqual([])
    const { state } = await principal.sees({ tenantId: sibling, id: raised[0]?.hazardId ?? '' })
    expect(state.finding.on).toBe('2023-07-03')
  })

  test('表上没有的项目、没有到的月份、别矿的表都不收', async () => {
    const { mine, foreign } = server.ids
    const officer = server.as('safetyOfficer')
    const body = { answers: [asSent({ item: 'OP-99-9', outcome: 'good' })] }
    expect(refused(await officer.call(saveAnswers, { params: { mineId: mine, month: july }, body })).code).toBe(
      'item-unknown',
    )
    const good = { answers: [asSent({ item: 'OP-03-1', outcome: 'good' })] }
    expect(
      refused(await officer.call(saveAnswers, { params: { mineId: mine, month: '2023-08' }, body: good })).code,
    ).toBe('month-not-begun')
    expect(
      refused(await officer.call(saveAnswers, { params: { mineId: foreign, month: july }, body: good })).code,
    ).toBe('not-found')
    expect(
      refused(await server.as('regulator').call(saveAnswers, { params: { mineId: mine, month: july }, body: good }))
        .code,
    ).toBe('role-may-not')
  })
})

describe('月排查：交接、提交、签字', () => {
  test('查到一半交给别人，接着查；提交时未查的照写；主要负责人签字才算落实', async () => {
    const { mine } = server.ids
    const [officer, leader, principal] = [server.as('safetyOfficer'), server.as('crewLeader'), server.as('principal')]
    const params = { mineId: mine, month: '2023-06' }
    await saves(officer, mine, '2023-06', { item: 'OP-01-1', outcome: 'good' })
    const handing = { commandId: uuidv7(), to: leader.personId, note: '剩下的你接着查' }
    granted(await officer.call(handOverSelfCheck, { params, body: handing }))
    expect(granted(await officer.call(handOverSelfCheck, { params, body: handing })).replayed).toBe(true)
    await saves(leader, mine, '2023-06', { item: 'OP-03-1', outcome: 'notApplicable', reason: '还没有形成台阶' })

    const seen = await seesSheet(officer, mine, '2023-06')
    expect(seen.handOvers).toHaveLength(1)
    expect(seen.answers.map(({ mine: own }) => own).sort()).toEqual([false, true])

    const submitting = { commandId: uuidv7(), seen: seen.digest, team: '安全员、一班班长' }
    await saves(leader, mine, '2023-06', { item: 'OP-03-1', outcome: 'good', seq: 2 })
    expect(refused(await officer.call(submitSelfCheck, { params, body: submitting })).code).toBe('sheet-changed')
    const fresh = { ...submitting, seen: (await seesSheet(officer, mine, '2023-06')).digest }
    const receipt = granted(await officer.call(submitSelfCheck, { params, body: fresh }))
    expect(granted(await officer.call(submitSelfCheck, { params, body: fresh }))).toMatchObject({
      replayed: true,
      events: receipt.events,
    })
    const submitted = await seesSheet(principal, mine, '2023-06')
    expect(submitted).toMatchObject({ standing: 'submitted', may: { sign: true } })
    const [first] = submitted.submissions
    expect(first).toMatchObject({ good: 2, bad: 0, team: '安全员、一班班长' })
    expect(first?.notChecked.length).toBe((first?.asked ?? 0) - 2)

    const sign = { commandId: uuidv7(), submission: 1, ledInPerson: true }
    expect(refused(await officer.call(signSelfCheck, { params, body: sign })).code).toBe('principal-signs')
    granted(await principal.call(signSelfCheck, { params, body: sign }))
    expect(refused(await principal.call(signSelfCheck, { params, body: { ...sign, commandId: uuidv7() } })).code).toBe(
      'already-signed',
    )
    expect(await seesSheet(server.as('regulator'), mine, '2023-06')).toMatchObject({
      standing: 'done',
      signatures: [{ submission: 1, ledInPerson: true }],
    })
  })

  test('主要负责人在纸上签的，拍下原件由安全员代录；照片没传到不算', async () => {
    const { mine } = server.ids
    const officer = server.as('safetyOfficer')
    const params = { mineId: mine, month: '2023-05' }
    await saves(officer, mine, '2023-05', { item: 'OP-01-1', outcome: 'good' })
    const { digest } = await seesSheet(officer, mine, '2023-05')
    granted(await officer.call(submitSelfCheck, { params, body: { commandId: uuidv7(), seen: digest } }))
    const unknown = { commandId: uuidv7(), submission: 1, ledInPerson: false, paper: ['0'.repeat(64)] }
    expect(refused(await officer.call(signSelfCheck, { params, body: unknown })).code).toBe('file-not-uploaded')
    const paper = [
      await uploaded(server.baseUrl, officer, mine, await jpegPhoto(60, 40), { name: '签字.jpg', type: 'image/jpeg' }),
    ]
    granted(await officer.call(signSelfCheck, { params, body: { ...unknown, commandId: uuidv7(), paper } }))
    const shown = await seesSheet(officer, mine, '2023-05')
    expect(shown.signatures).toMatchObject([{ paper, ledInPerson: false }])
  })

  test('上月的答案，自己答过的才看得到', async () => {
    const { mine } = server.ids
    const officer = server.as('technicalHead')
    expect((await seesSheet(officer, mine, july)).before).toEqual({})
    await saves(officer, mine, july, { item: 'OP-03-1', outcome: 'good', seq: 9 })
    expect(Object.keys((await seesSheet(officer, mine, july)).before)).toEqual(['OP-03-1'])
    expect(Object.keys((await seesSheet(server.as('regulator'), mine, july)).before).sort()).toEqual([
      'OP-01-1',
      'OP-03-1',
    ])
  })

  test('一项没答的表不能提交；没有提交的不能签', async () => {
    const { sibling } = server.ids
    const principal = server.as('siblingPrincipal')
    const params = { mineId: sibling, month: '2023-04' }
    const { digest } = await seesSheet(principal, sibling, '2023-04')
    expect(
      refused(await principal.call(submitSelfCheck, { params, body: { commandId: uuidv7(), seen: digest } })).code,
    ).toBe('nothing-answered')
    const sign = { commandId: uuidv7(), submission: 1, ledInPerson: true }
    expect(refused(await principal.call(signSelfCheck, { params, body: sign })).code).toBe('not-submitted')
  })
})

describe('月排查：局里看', () => {
  test('本月各矿进展按矿列出，没有开始的也在；过了月没有签字的写明本月未落实', async () => {
    const chief = server.as('sectionChief')
    const page = granted(await chief.call(listSelfChecks, { query: { month: '2023-05' } }))
    expect(page.items.map(({ mineCode, standing, missed }) => [mineCode, standing, missed])).toEqual([
      ['T01', 'done', false],
      ['T02', 'notBegun', true],
    ])
    expect(page.totals).toEqual({ notBegun: 1, inProgress: 0, submitted: 0, done: 1 })
    const notBegun = granted(await chief.call(listSelfChecks, { query: { month: '2023-05', standing: 'notBegun' } }))
    expect(notBegun.items.map(({ mineCode }) => mineCode)).toEqual(['T02'])
    const first = granted(await chief.call(listSelfChecks, { query: { month: '2023-05', limit: 1 } }))
    const next = granted(await chief.call(listSelfChecks, { query: { month: '2023-05', limit: 1, after: first.next } }))
    expect([first, next].flatMap(({ items }) => items.map(({ mineCode }) => mineCode))).toEqual(['T01', 'T02'])
  })

  test('答了未查的不算已答，改成未查的也不算', async () => {
    const { sibling } = server.ids
    const principal = server.as('siblingPrincipal')
    await saves(principal, sibling, '2023-03', { item: 'OP-01-1', outcome: 'notChecked' })
    await saves(principal, sibling, '2023-03', { item: 'OP-03-1', outcome: 'good' })
    await saves(principal, sibling, '2023-03', { item: 'OP-02-1', outcome: 'good' })
    await saves(principal, sibling, '2023-03', { item: 'OP-02-1', outcome: 'notChecked', seq: 2 })
    for (const query of [{ month: '2023-03', search: 'T02' }, { mineId: sibling }]) {
      const { items } = granted(await server.as('sectionChief').call(listSelfChecks, { query }))
      expect(items.find(({ month }) => month === '2023-03')).toMatchObject({ standing: 'inProgress', answered: 1 })
    }
  })

  test('一座矿的各月，新的在前', async () => {
    const { mine } = server.ids
    const page = granted(await server.as('safetyOfficer').call(listSelfChecks, { query: { mineId: mine } }))
    expect(page.items.map(({ month, standing }) => [month, standing])).toEqual([
      ['2023-07', 'inProgress'],
      ['2023-06', 'done'],
      ['2023-05', 'done'],
    ])
  })

  test('别县的人看不到', async () => {
    const answer = await server
      .as('foreignPrincipal')
      .call(readSelfCheck, { params: { mineId: server.ids.mine, month: july } })
    expect(refused(answer).code).toBe('not-found')
  })
})
