import { expect, test } from 'vitest'
import { facts } from '#domain/hazard/facts.ts'
import { hazardActs, transitions } from '#domain/hazard/transitions.ts'
import { complaints, formFields, shortTitle } from '#web/field/act/formFields.ts'

// What comes over from an older ledger comes in a workbook, never in a form.
const drawn = hazardActs.filter((act) => act !== 'imported')

test.each(drawn)('the form of %s is drawn from its schema, every field that must be given among them', (act) => {
  const transition = transitions[act]
  if (!transition) throw new Error(act)
  const fields = formFields(transition).map(({ name }) => name)
  // Two ids come from the page itself: which mine it is about, and the record that a hand-over opens.
  const known = new Set([...fields, 'mineId'])
  expect(Object.keys(transition.body.shape).filter((name) => !known.has(name))).toEqual([])
})

test('the day stands last, for it is mostly left empty', () => {
  expect(formFields(facts.control).at(-1)?.name).toBe('on')
})

test('what must be given and is not, is named by its own label', () => {
  expect(complaints(facts.posting, {})).toEqual({ where: '请填写公示位置' })
})

test('an answer that the schema refuses is told in its words', () => {
  expect(complaints(facts.progress, { percent: 120 })).toEqual({ percent: '完成百分比不大于 100' })
})

test('complete answers raise no complaint', () => {
  expect(complaints(facts.posting, { where: '矿门公示栏' })).toEqual({})
})

test('a button says 五定 and leaves the brackets to the heading', () => {
  expect(shortTitle({ title: '五定（责任人、措施、资金、期限、预案）' })).toBe('五定')
  expect(shortTitle({ title: '复查' })).toBe('复查')
})
