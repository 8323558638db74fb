import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hazardActs } from '#domain/hazard/transitions.ts'
import { kindTitle, recordRows, sealedLabel } from '#domain/ledger/recordRows.ts'
import { recordWords } from '#domain/ledger/recordWords.ts'

const words = recordWords()
const asIs = (iso: string): string => `时间 ${iso}`
const rows = (fields: Record<string, unknown>) =>
  recordRows(
    Object.entries(fields).map(([name, value]) => ({ name, value })),
    words,
    asIs,
  )
const textOf = (fields: Record<string, unknown>, name: string) => rows(fields).find((row) => row.name === name)?.text
const body = (act: string, content: Record<string, unknown>) => ({
  record: { type: `hazard.${act}`, v: 1, body: content },
})

const everyField = Object.entries(words.kinds).flatMap(([kind, { fields }]) =>
  Object.entries(fields).map(([name, { widget }]) => [kind, name, widget] as const),
)

describe('a disclosed record', () => {
  test('of every act on a hazard has its title and the labels of its form', () => {
    for (const act of hazardActs) expect(kindTitle(`hazard.${act}`, words)).toMatch(/^隐患：\p{Script=Han}/u)
    expect(rows(body('accept', { conclusion: '合格' }))).toEqual([
      { name: 'conclusion', label: '验收结论', text: '合格' },
    ])
  })

  test('is read in the order in which a reader asks, with posts and times in words', () => {
    const shown = rows({ version: 7, role: 'principal', receivedAt: '2023-07-31T01:00:00.000Z', kind: 'hazard.accept' })
    expect(shown.map(({ label, text }) => `${label} ${text}`)).toEqual([
      '办理事项 隐患：企业验收',
      '系统收到时间 时间 2023-07-31T01:00:00.000Z',
      '办理岗位 主要负责人（矿长）',
      '该对象的第几条记录 7',
    ])
  })

  test('shows choices, yes and no, money and files in words', () => {
    expect(textOf(body('control', { scope: 'whole' }), 'scope')).toBe('全矿停产')
    expect(textOf(body('accept', { notPhotographable: false }), 'notPhotographable')).toBe('否')
    expect(textOf(body('accept', { photos: ['ab', 'cd'] }), 'photos')).toBe('2 张照片：ab、cd')
    expect(textOf(body('accept', { photos: [] }), 'photos')).toBe('（无）')
    const [kind, name] = everyField.find(([, , widget]) => widget === 'money') ?? []
    expect(textOf({ record: { type: kind, v: 1, body: { [name ?? '']: 1_230_050 } } }, name ?? '')).toBe('12,300.50 元')
  })

  test('shows what nobody has words for as it stands', () => {
    expect(rows({ kind: 'weather.read', extra: { a: 1 } })).toEqual([
      { name: 'kind', label: '办理事项', text: 'weather.read' },
      { name: 'extra', label: 'extra', text: '{"a":1}' },
    ])
    expect(textOf({ record: { type: 'toString', v: 1, body: { constructor: 1 } } }, 'constructor')).toBe('1')
    expect(sealedLabel('actor')).toBe('办理账号编号')
  })

  test('of any content at all is shown, never an exception: refused files are shown too', () => {
    const names = fc.constantFrom('kind', 'role', 'receivedAt', 'capturedAt', 'record', 'provenance', '__proto__')
    const record = fc.record({ type: fc.constantFrom(...Object.keys(words.kinds)), body: fc.object() })
    fc.assert(
      fc.property(fc.array(fc.record({ name: names, value: fc.oneof(fc.jsonValue(), record) })), (disclosed) => {
        for (const row of recordRows(disclosed, words, asIs)) expect(typeof row.text).toBe('string')
      }),
    )
    for (const [kind, name] of everyField)
      for (const value of [null, 1.5, -3, 'x', [], [null], {}, true])
        expect(typeof textOf({ record: { type: kind, v: 1, body: { [name]: value } } }, name)).toBe('string')
  })
})
