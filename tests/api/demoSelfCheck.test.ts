import { afterAll, beforeAll, expect, test } from 'vitest'
import { readHazard } from '#contract/hazard.ts'
import { listSelfChecks } from '#contract/selfCheck.ts'
import { demoId } from '#demo/demoId.ts'
import { type OpenDemo, openDemo } from '#tests/support/demo.ts'
import { granted } from '#tests/support/district.ts'
import { seesSheet } from '#tests/support/selfCheck.ts'

let demo: OpenDemo

beforeAll(async () => {
  demo = await openDemo()
})
afterAll(() => demo?.close())

const listed = async (month: string) => {
  const chief = await demo.as('局/三股股长')
  return granted(await chief.call(listSelfChecks, { query: { month } }))
}

test('六月、七月各矿都签了字；八月F07没有，本月未落实；九月F04正在查', async () => {
  for (const month of ['2023-06', '2023-07']) expect((await listed(month)).totals.done).toBe(9)
  const august = await listed('2023-08')
  expect(august.items.filter(({ missed }) => missed).map(({ mineCode }) => mineCode)).toEqual(['F07'])
  const september = await listed('2023-09')
  expect(september.items.flatMap(({ mineCode, standing }) => (standing === 'inProgress' ? [mineCode] : []))).toEqual([
    'F04',
  ])
})

test('没销号的重大隐患，所在标准不答符合要求；答有问题的写明登记编号，不再登记一条', async () => {
  const chief = await demo.as('局/三股股长')
  const hazard = granted(await chief.call(readHazard, { params: { tenantId: demoId('F08'), id: demoId('H08') } }))
  const criteria = (hazard.state.judgement?.criteria ?? []).map(({ code }) => code)
  expect(criteria.length).toBeGreaterThan(0)
  const sheet = await seesSheet(chief, demoId('F08'), '2023-08')
  const under = sheet.sections
    .flatMap(({ items }) => items)
    .filter(({ code, criterion }) => criteria.includes(code) || criteria.includes(criterion?.code ?? ''))
  const answers = under.flatMap(({ code }) => sheet.answers.find(({ item }) => item === code) ?? [])
  expect(answers.map(({ outcome }) => outcome)).not.toContain('good')
  expect(answers.map(({ note }) => note ?? '').join()).toContain(hazard.state.number)
  expect(answers.every((answer) => answer.hazard === undefined)).toBe(true)
})

test('F04九月查到一半，安全员交给采剥班长，他接着查', async () => {
  const leader = await demo.as('F04/采剥班长')
  const sheet = await seesSheet(leader, demoId('F04'), '2023-09')
  expect(sheet.handOvers).toMatchObject([{ byPost: '安全员', toPost: '采剥班长', toMe: true }])
  expect(sheet.answers.filter(({ mine }) => mine)).toHaveLength(9)
})
