import { describe, expect, test } from 'vitest'
import { requirements } from '#domain/hazard/requirements.ts'
import { bodies, led, stateOf, type Told, tell } from '#tests/support/hazardStream.ts'

const told = (by: Told['by'], act: Told['act'], body: object = {}): Told => ({
  by,
  act,
  body: { ...bodies[act], ...body },
})
const photographed = told('crewLeader', 'progress', { photos: ['e'.repeat(64)] })

describe('验收和销号要有的材料', () => {
  test.each(Object.entries(requirements))('%s 写明名称、依据和怎么补', (_name, { title, clause, remedy, missing }) => {
    for (const words of [title, clause, remedy]) expect(words).toMatch(/\p{Script=Han}/u)
    for (const word of missing(stateOf(tell([told('principal', 'report')])))) expect(word).toMatch(/\p{Script=Han}/u)
  })

  test('刚发现时样样都缺，销号时样样都在', () => {
    const found = stateOf(tell([told('principal', 'report')]))
    const closed = stateOf(led('closed'))
    for (const [name, { missing }] of Object.entries(requirements)) {
      expect(missing(found), name).not.toEqual([])
      expect(missing(closed), name).toEqual([])
    }
  })

  test('资金写0元也是写了', () => {
    const assigned = tell([told('principal', 'assign', { funds: 0, deadline: '2023-10-31' })], {}, led('judged'))
    expect(requirements.fiveAssignments.missing(stateOf(assigned))).toEqual([])
  })

  test('整改后照片：验收时交的、进度里交的都算；危险不宜靠近的写明即可（PRACTICE A10）', () => {
    const ready = tell([told('technicalHead', 'evaluation')], {}, led('rectifying'))
    const lacking = (events: typeof ready, body: object) =>
      requirements.afterEvidence.missing(stateOf(tell([told('principal', 'accept', body)], {}, events)))
    expect(lacking(ready, { photos: [], notPhotographable: true })).toEqual([])
    expect(lacking(tell([photographed], {}, ready), { photos: [] })).toEqual([])
  })

  test('重新打开之后，以前的评估和照片证明不了新的整改', () => {
    const before = tell([photographed], {}, led('rectifying'))
    const closed = tell(
      [
        told('technicalHead', 'evaluation'),
        told('principal', 'accept', { photos: [] }),
        told('enforcer', 'recheck'),
        told('regulator', 'closeOut'),
      ],
      {},
      before,
    )
    const reopened = stateOf(tell([told('regulator', 'reopen')], {}, closed))
    expect(requirements.evaluation.missing(reopened)).toEqual(['治理效果评估'])
    expect(requirements.afterEvidence.missing(reopened)).toEqual(['整改后照片'])
    expect(reopened.facts.evaluation).toHaveLength(1)
  })

  test('重大隐患的复查，同一个人写两遍不算两个人', () => {
    const [last] = stateOf(led('closed')).rechecks
    if (!last) throw new Error('no recheck')
    const alone = {
      ...stateOf(led('rechecked')),
      rechecks: [{ ...last, officers: [last.officers[0] ?? '', last.officers[0] ?? ''] }],
    }
    expect(requirements.officerRecheck.missing(alone)).toEqual(['部门复查合格记录'])
  })
})
