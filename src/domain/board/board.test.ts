import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BoardSubject, boardOf } from '#domain/board/board.ts'
import type { HazardState } from '#domain/hazard/state.ts'
import { bodies, mineId, person, stateOf, type Told, tell } from '#tests/support/hazardStream.ts'

const subject: BoardSubject = {
  mine: '一号矿',
  company: '某公司',
  hotline: '12350',
  today: '2023-09-15',
  closedForDays: 30,
  postOf: (id) => (id === person(1) ? '生产副矿长' : undefined),
  names: ['王小明', '高峰'],
}

const found: Told = {
  day: '2023-07-03',
  by: 'safetyOfficer',
  act: 'report',
  body: {
    mineId,
    source: 'safetyOfficerCheck',
    place: '北帮1035平台',
    description: '安全平台宽度不足，最窄处 1.2 米',
  },
}
const judged: Told = { day: '2023-07-04', by: 'principal', act: 'judge', body: bodies.judge }
const assigned: Told = {
  day: '2023-07-05',
  by: 'principal',
  act: 'assign',
  body: { ...bodies.assign, deadline: '2023-08-31' },
}

const lines = (told: readonly Told[], given: Partial<BoardSubject> = {}) =>
  boardOf([stateOf(tell(told))], { ...subject, ...given }).lines

describe('公示牌上有什么', () => {
  it('a major hazard stands on it with number, place, content, measures, post, deadline and standing, and nothing else', () => {
    expect(lines([found, judged, assigned], { today: '2023-08-01' })).toEqual([
      {
        number: 'F01-2023-001',
        place: '北帮1035平台',
        content: '安全平台宽度不足，最窄处 1.2 米',
        measures: '削坡',
        responsible: '生产副矿长',
        deadline: '2023-08-31',
        standing: '整改中',
        overdue: false,
      },
    ])
  })

  it('past its deadline it is overdue', () => {
    expect(lines([found, judged, assigned])[0]?.overdue).toBe(true)
  })

  it('what is only suspected, or general, is on no board', () => {
    expect(lines([found])).toEqual([])
    const general: Told = { ...judged, body: { outcome: 'general', basis: '不触及判定标准' } }
    expect(lines([found, general])).toEqual([])
  })

  const closed = (state: HazardState, on: string): HazardState => ({
    ...state,
    status: 'closed',
    closing: { ...state.finding, on, traceDueOn: on },
  })

  it('a closed one stays for the days that the setting says, and no day longer', () => {
    const state = stateOf(tell([found, judged, assigned]))
    expect(boardOf([closed(state, '2023-08-16')], subject).lines[0]?.standing).toBe('2023-08-16 已销号')
    const legacy = { ...closed(state, '2023-08-16'), legacy: { doubts: [] } }
    expect(boardOf([legacy], subject).lines[0]?.standing).toBe('2023-08-16 已销号（未经本系统核验）')
    expect(boardOf([closed(state, '2023-08-15')], subject).lines).toEqual([])
  })

  it('open ones come first, the nearest deadline before the others; the closed ones after, the latest first', () => {
    const state = stateOf(tell([found, judged, assigned]))
    const named = (number: string, due: string): HazardState => ({ ...state, number, due })
    const shown = boardOf(
      [
        { ...closed(state, '2023-09-01'), number: '旧一' },
        named('晚', '2023-12-01'),
        { ...closed(state, '2023-09-10'), number: '旧二' },
        named('早', '2023-09-20'),
      ],
      subject,
    )
    expect(shown.lines.map(({ number }) => number)).toEqual(['早', '晚', '旧二', '旧一'])
  })

  it('what has no room is counted, not passed over in silence', () => {
    const state = stateOf(tell([found, judged, assigned]))
    const { lines: shown, more } = boardOf(
      Array.from({ length: 43 }, (_, at) => ({ ...state, number: String(at) })),
      subject,
    )
    expect([shown.length, more]).toEqual([40, 3])
  })
})

describe('公示牌上没有什么', () => {
  const written = (text: string) =>
    lines([{ ...found, body: { ...found.body, description: text } }, judged])[0]?.content

  it.each([
    ['联系王工13812345678处理', '联系王工〔号码略〕处理'],
    ['手机 138-1234-5678', '手机 〔号码略〕'],
    ['值班电话0355-8083456', '值班电话〔号码略〕'],
    ['电话：8083456', '电话：〔号码略〕'],
    ['身份证14042119800101123X', '身份证〔号码略〕'],
    ['王小明看到裂缝', '王**看到裂缝'],
  ])('%s', (text, shown) => {
    expect(written(text)).toBe(shown)
  })

  it.each(['K0+310–K0+356 标高1035.25米', '责改〔2023〕12号，2023-07-03 至 2023-08-31', '库容1200000立方米'])(
    'levels, stakes, dates and document numbers stay: %s',
    (text) => {
      expect(written(text)).toBe(text)
    },
  )

  it('no mobile number survives, wherever somebody wrote it', () => {
    const words = fc.stringMatching(/^[一-龥，。 A-Za-z]{0,12}$/)
    const mobile = fc.stringMatching(/^1[3-9][0-9]{9}$/)
    fc.assert(
      fc.property(words, mobile, words, (before, number, after) => {
        const text = `${before}${number}${after}`
        const shown = JSON.stringify(
          lines([
            { ...found, body: { ...found.body, description: `裂缝${text}`, place: `北帮${text}` } },
            judged,
            { ...assigned, body: { ...assigned.body, measures: `削坡${text}` } },
          ]),
        )
        expect(shown).not.toContain(number)
      }),
    )
  })

  it('nothing of who reported, found, signed or decided is in it, whatever the record holds', () => {
    const state = stateOf(tell([found, judged, assigned]))
    const shown = JSON.stringify(boardOf([state], subject))
    for (const kept of [state.finding.by.accountId, state.finding.eventId, person(1), state.finding.mineId, '18600000'])
      expect(shown).not.toContain(kept)
    expect(Object.keys(boardOf([state], subject).lines[0] ?? {}).sort()).toEqual(
      ['content', 'deadline', 'measures', 'number', 'overdue', 'place', 'responsible', 'standing'].sort(),
    )
  })

  it('a long text is cut where two metres and one sheet end', () => {
    const shown = written('裂'.repeat(500)) ?? ''
    expect([...shown].length).toBe(92)
    expect(shown.endsWith('……')).toBe(true)
  })
})
