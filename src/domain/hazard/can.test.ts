import { describe, expect, test } from 'vitest'
import { roleNames } from '#domain/access/role.ts'
import { can } from '#domain/hazard/can.ts'
import { decide } from '#domain/hazard/decide.ts'
import type { HazardState } from '#domain/hazard/state.ts'
import { everyStatus } from '#domain/hazard/status.ts'
import { hazardActs, transitions } from '#domain/hazard/transitions.ts'
import {
  actorOf,
  bodies,
  bureauId,
  contextOf,
  type Kind,
  led,
  mineId,
  paper,
  stateOf,
  tell,
} from '#tests/support/hazardStream.ts'

const kinds: readonly Kind[] = [
  { grade: 'major', source: 'principalCheck' },
  { grade: 'major', source: 'enforcement' },
  { grade: 'general', source: 'principalCheck' },
  { grade: 'general', source: 'enforcement' },
]

const rectifying = led('rectifying')
const told = (by: Parameters<typeof actorOf>[0], act: (typeof hazardActs)[number], body: object = {}) => ({
  by,
  act,
  body: { ...bodies[act], ...body },
})

/** States of every status and kind, and those in which something is pending, listed, stopped or handed over. */
const states: readonly (readonly [string, HazardState])[] = [
  ...kinds.flatMap((kind) =>
    everyStatus.map((status) => [`${status} ${kind.grade} ${kind.source}`, stateOf(led(status, kind))] as const),
  ),
  ...(['found', 'judged'] as const).map(
    (status) => [`${status} publicReport`, stateOf(led(status, { grade: 'major', source: 'publicReport' }))] as const,
  ),
  [
    'handed over',
    stateOf(
      tell(
        [told('regulator', 'handOver')],
        { tenantId: bureauId },
        led('found', { grade: 'major', source: 'publicReport' }),
      ),
    ),
  ],
  ['extension pending', stateOf(tell([told('principal', 'extensionRequest')], {}, rectifying))],
  ['listed', stateOf(tell([told('regulator', 'listing')], {}, rectifying))],
  ['listed and rechecked', stateOf(tell([told('regulator', 'listing')], {}, led('rechecked')))],
  ['ordered', stateOf(tell([told('regulator', 'order')], {}, led('accepted')))],
  ['resumption pending', stateOf(tell([told('principal', 'resumeRequest')], {}, led('closed')))],
  ['recheck requested', stateOf(tell([told('principal', 'requestRecheck')], {}, led('accepted')))],
]

const ofStateOrRole = new Set(['not-in-this-state', 'role-may-not', 'not-found', 'begun-already', 'unknown-act'])

const tenantOf = ({ finding }: HazardState): string => (finding.source === 'publicReport' ? bureauId : mineId)

describe('按钮与判断同出一张表', () => {
  test.each(states)(
    '%s：给出的按钮，办的时候不因状态或岗位被拒；灰着的，拒绝的理由一样；没有的，确实不能办',
    (_title, state) => {
      for (const role of roleNames) {
        const abilities = can(state, actorOf(role))
        for (const act of hazardActs) {
          if (transitions[act]?.from.length === 0) continue
          const ability = abilities.find((one) => one.act === act)
          const body = { ...bodies[act], ...(transitions[act]?.paperSigner && { paperSignature: [paper] }) }
          const outcome = decide(state, { act, body }, contextOf({ role, tenantId: tenantOf(state) }))
          const code = outcome.ok ? undefined : outcome.refusal.code
          const where = `${role} ${act}: ${code}`
          if (!ability) {
            expect(outcome.ok, where).toBe(false)
            continue
          }
          if (ability.refusal) {
            expect(code, where).toBe(ability.refusal.code)
            continue
          }
          expect(ofStateOrRole.has(code ?? ''), where).toBe(false)
          const stands = transitions[act]?.stands?.(state, actorOf(role))
          expect(stands?.ok ?? true, where).toBe(true)
        }
      }
    },
  )

  test('每个按钮带着它的依据', () => {
    for (const { clause, title } of can(stateOf(rectifying), actorOf('principal'))) {
      expect(clause).toMatch(/\p{Script=Han}/u)
      expect(title).toMatch(/\p{Script=Han}/u)
    }
  })

  test('工人在现场能管控，别的按钮一个也没有', () => {
    expect(can(stateOf(led('found')), actorOf('worker')).map(({ act }) => act)).toEqual(['control'])
  })

  test('还缺材料的验收按钮是灰的，说明还缺什么；整改后照片随验收一起交，不算缺', () => {
    const accept = can(stateOf(rectifying), actorOf('principal')).find(({ act }) => act === 'accept')
    expect(accept?.refusal?.message).toBe('还缺：治理效果评估')
  })

  test('只有群众举报才有“移交企业台账”', () => {
    const acts = (state: HazardState) => can(state, actorOf('regulator')).map(({ act }) => act)
    expect(acts(stateOf(led('found', { grade: 'major', source: 'publicReport' })))).toContain('handOver')
    expect(acts(stateOf(led('found', { grade: 'major', source: 'enforcement' })))).not.toContain('handOver')
  })
})
