import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { crewCardOf } from '#domain/paper/crewCard.ts'
import { crewMeetingFiled, decideCrewMeeting } from '#domain/paper/crewMeeting.ts'
import { filedBody, mayPrint } from '#domain/paper/paperForm.ts'
import { bodies, mineId, otherHazardId, photo, stateOf, type Told, tell } from '#tests/support/hazardStream.ts'

const filing = { crew: '采剥一班', present: 11, photos: [photo] }

const codeOf = (outcome: ReturnType<typeof decideCrewMeeting>): string => (outcome.ok ? 'ok' : outcome.refusal.code)

describe('班前会入档', () => {
  it('one photo of the signed sheet stands for the crew; left out, the day is today', () => {
    expect(decideCrewMeeting(false, filing, '2023-09-15')).toEqual({
      ok: true,
      value: { on: '2023-09-15', ...filing },
    })
  })

  it('entered later it keeps its own day; entered before the day it is refused', () => {
    expect(codeOf(decideCrewMeeting(false, { ...filing, on: '2023-09-01' }, '2023-09-15'))).toBe('ok')
    expect(codeOf(decideCrewMeeting(false, { ...filing, on: '2023-09-16' }, '2023-09-15'))).toBe('not-yet')
  })

  it('without a photo, without anybody, or a second time it is refused', () => {
    expect(codeOf(decideCrewMeeting(false, { ...filing, photos: [] }, '2023-09-15'))).toBe('sign-in-photo-missing')
    expect(codeOf(decideCrewMeeting(false, { ...filing, present: 0 }, '2023-09-15'))).toBe('nobody-present')
    expect(codeOf(decideCrewMeeting(true, filing, '2023-09-15'))).toBe('crew-meeting-filed')
  })

  it('what was filed in version 1 is read for ever', () => {
    const golden = z
      .object({ event: z.object({ body: z.unknown() }) })
      .parse(
        JSON.parse(readFileSync(new URL('../../../tests/golden/crewMeeting/filed.v1.json', import.meta.url), 'utf8')),
      )
    expect(crewMeetingFiled.parse(golden.event.body)).toEqual(golden.event.body)
  })
})

const found: Told = {
  day: '2023-07-03',
  by: 'safetyOfficer',
  act: 'report',
  body: { mineId, source: 'safetyOfficerCheck', place: '北帮坡脚', description: '浮石' },
}
const control: Told = {
  day: '2023-07-03',
  by: 'crewLeader',
  act: 'control',
  body: { where: '北帮坡脚', scope: 'partial', measure: '撤人，拉警戒线' },
}
const lifted: Told = {
  day: '2023-07-10',
  by: 'safetyDeputy',
  act: 'controlLifted',
  body: { where: '北帮坡脚', basis: '已处置' },
}

describe('班前会卡', () => {
  it('says what is open today and what holds the danger off', () => {
    expect(crewCardOf([stateOf(tell([found, control]))]).lines).toEqual([
      {
        number: 'F01-2023-001',
        grade: '待判定',
        place: '北帮坡脚',
        content: '浮石',
        controls: ['北帮坡脚：撤人，拉警戒线'],
        stop: 'partial',
      },
    ])
  })

  it('a control that was lifted is no longer told as one that holds', () => {
    expect(crewCardOf([stateOf(tell([found, control, lifted]))]).lines[0]?.controls).toEqual([])
  })

  it('major ones stand first; what is closed does not stand on it; what has no room is counted', () => {
    const general = stateOf(tell([found]))
    const major = {
      ...stateOf(tell([found, { ...found, by: 'principal', act: 'judge', body: bodies.judge }])),
      number: '重',
    }
    const closed = { ...general, status: 'closed' as const, number: '销' }
    const card = crewCardOf([...Array.from({ length: 13 }, () => general), closed, major])
    expect(card.lines[0]?.number).toBe('重')
    expect(card.lines.map(({ number }) => number)).not.toContain('销')
    expect([card.lines.length, card.more]).toEqual([12, 2])
  })
})

describe('手签的纸', () => {
  it('only what a principal signs is printed to be signed', () => {
    const form = (act: 'accept' | 'progress') => ({
      kind: 'hazardAct' as const,
      hazardId: otherHazardId,
      act,
      body: {},
    })
    expect(mayPrint(form('accept')).ok).toBe(true)
    expect(mayPrint(form('progress')).ok).toBe(false)
  })

  it('the photo goes where the paper says: as the signature of the act, as the sheet of the crew', () => {
    expect(
      filedBody(
        { kind: 'hazardAct', hazardId: otherHazardId, act: 'accept', body: { conclusion: '完成' } },
        [photo],
        undefined,
      ),
    ).toEqual({ conclusion: '完成', paperSignature: [photo] })
    expect(filedBody({ kind: 'crewCard', crew: '采剥一班', on: '2023-09-15' }, [photo], 11)).toEqual({
      crew: '采剥一班',
      on: '2023-09-15',
      present: 11,
      photos: [photo],
    })
  })
})
