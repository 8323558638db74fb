import { describe, expect, test } from 'vitest'
import { type Role, roleNames, roleTitle } from '#domain/access/role.ts'
import { inCase } from '#domain/hazard/case.ts'
import { decide } from '#domain/hazard/decide.ts'
import type { Transition } from '#domain/hazard/move.ts'
import { type RequirementName, requirements } from '#domain/hazard/requirements.ts'
import type { HazardState } from '#domain/hazard/state.ts'
import { everyStatus, type HazardStatus, statuses } from '#domain/hazard/status.ts'
import { type HazardAct, hazardActs, transitionOf } from '#domain/hazard/transitions.ts'
import {
  attempt,
  bodies,
  bureauId,
  contextOf,
  type Kind,
  led,
  paper,
  person,
  stateOf,
  tell,
  today,
} from '#tests/support/hazardStream.ts'

const rowOf = (act: HazardAct): Transition => {
  const row = transitionOf(act)
  if (!row) throw new Error(`no row for ${act}`)
  return row
}

const kinds: readonly Kind[] = [
  { grade: 'major', source: 'principalCheck' },
  { grade: 'major', source: 'enforcement' },
  { grade: 'general', source: 'principalCheck' },
  { grade: 'general', source: 'enforcement' },
]
const publicReport: Kind = { grade: 'major', source: 'publicReport' }

const titleOf = ({ grade, source }: Kind): string =>
  `${grade === 'major' ? '重大' : '一般'}${source === 'enforcement' ? '，部门发现' : source === 'publicReport' ? '，群众举报' : '，企业自查'}`

const begins = (act: HazardAct): boolean => rowOf(act).from.length === 0
const continuing = hazardActs.filter((act) => !begins(act))

/** Some state in which the row lets the act happen. */
const standing = (act: HazardAct, kind: Kind): HazardState => {
  const [from] = rowOf(act).from
  if (!from) throw new Error(`${act} begins a stream`)
  return stateOf(led(from, kind))
}

const outcomeOf = (state: HazardState | undefined, act: HazardAct, role: Role, body: object = {}) =>
  decide(
    state,
    { act, body: { ...bodies[act], ...body } },
    contextOf({ role, ...(state?.finding.source === 'publicReport' && { tenantId: bureauId }) }),
  )

const codeOf = (...given: Parameters<typeof outcomeOf>): string | undefined => {
  const outcome = outcomeOf(...given)
  return outcome.ok ? undefined : outcome.refusal.code
}

describe('谁可以办：每一个事项、每一种情形、每一个岗位，都与表上所写相同', () => {
  describe.each(hazardActs)('%s', (act) => {
    const row = rowOf(act)
    const cases = act === 'handOver' ? [publicReport] : kinds
    test.each(cases.map((kind) => [titleOf(kind), kind] as const))('%s', (_title, kind) => {
      const state = begins(act) ? undefined : standing(act, kind)
      for (const role of roleNames) {
        const named = row.who.some((one) => (!state || inCase(one, state)) && one.roles.includes(role))
        const outcome = outcomeOf(state, act, role)
        // What stands in the state is said before who may; who may is asked of the rest.
        if (state && row.stands && !row.stands(state, contextOf({ role }).actor).ok) {
          expect(outcome.ok).toBe(false)
          continue
        }
        if (named) {
          expect(outcome.ok ? undefined : outcome.refusal.code, `${role} ${act}`).not.toBe('role-may-not')
          continue
        }
        if (outcome.ok) throw new Error(`${role} may ${act}`)
        expect(outcome.refusal).toMatchObject({ code: 'role-may-not', clause: row.clause })
        expect(outcome.refusal.message).toContain(roleTitle(role))
        expect(outcome.refusal.remedy).toMatch(/^由.+办理/)
      }
    })
  })
})

describe('什么时候可以办：每一个事项在表外的每一种状态都被拒绝，写明现在的状态、依据和什么时候办', () => {
  const barred = continuing.flatMap((act) =>
    everyStatus.filter((status) => !rowOf(act).from.includes(status)).map((status) => [act, status] as const),
  )

  test('表外的组合不少', () => {
    expect(barred.length).toBeGreaterThan(100)
  })

  test.each(barred)('%s 在 %s', (act, status) => {
    const row = rowOf(act)
    for (const role of row.who.flatMap(({ roles }) => roles)) {
      const outcome = outcomeOf(stateOf(led(status)), act, role)
      if (outcome.ok) throw new Error(`${role} may ${act} when ${status}`)
      expect(outcome.refusal).toMatchObject({ code: 'not-in-this-state', clause: row.clause })
      expect(outcome.refusal.message).toBe(`现在是“${statuses[status]}”，不能${row.title}`)
      for (const from of row.from) expect(outcome.refusal.remedy).toContain(statuses[from])
    }
  })

  test.each(hazardActs.filter(begins))('%s 只能开头一次', (act) => {
    expect(codeOf(stateOf(led('found')), act, 'principal')).toBe('begun-already')
  })

  test.each(continuing)('%s 在登记之前办不了', (act) => {
    expect(codeOf(undefined, act, 'regulator')).toBe('not-found')
  })

  test('表上没有的事项办不了', () => {
    expect(decide(undefined, { act: 'payFine', body: {} }, contextOf())).toMatchObject({
      refusal: { code: 'unknown-act' },
    })
  })
})

const without = <K extends keyof HazardState>(state: HazardState, key: K): HazardState => {
  const { [key]: _gone, ...rest } = state
  return { ...state, ...rest, [key]: undefined }
}

const withoutFact =
  (name: keyof HazardState['facts']) =>
  (state: HazardState): HazardState => {
    const { [name]: _gone, ...facts } = state.facts
    return { ...state, facts }
  }

/** How each thing asked for goes missing. */
const taken: Readonly<Record<RequirementName, (state: HazardState) => HazardState>> = {
  control: withoutFact('control'),
  posting: withoutFact('posting'),
  departmentReport: withoutFact('departmentReport'),
  workersReport: withoutFact('workersReport'),
  plan: withoutFact('plan'),
  evaluation: withoutFact('evaluation'),
  fiveAssignments: (state) => ({ ...state, five: {} }),
  afterEvidence: (state) =>
    state.acceptance ? { ...state, acceptance: { ...state.acceptance, photos: [], notPhotographable: false } } : state,
  officerRecheck: (state) => ({
    ...state,
    rechecks: state.rechecks.map((recheck) => ({ ...recheck, officers: [person(8)] })),
  }),
  passedRecheck: (state) => ({ ...state, rechecks: [] }),
}

/** The named thing in the words of the refusal. */
const words: Readonly<Record<RequirementName, readonly string[]>> = {
  control: ['先期管控'],
  posting: ['公示'],
  departmentReport: ['报告部门'],
  workersReport: ['报告职工大会或职代会'],
  plan: ['治理方案（六项）'],
  evaluation: ['治理效果评估'],
  fiveAssignments: ['五定：责任人', '五定：措施', '五定：资金', '五定：期限', '五定：预案'],
  afterEvidence: ['整改后照片'],
  officerRecheck: ['部门复查合格记录'],
  passedRecheck: ['复查合格记录'],
}

/** The state from which an act with needs is tried, all but accomplished. */
const allButDone: Partial<Record<HazardAct, (kind: Kind) => HazardState>> = {
  accept: (kind) => {
    const before = stateOf(led('accepted', kind))
    return { ...without(before, 'acceptance'), status: 'rectifying' }
  },
  closeOut: (kind) => stateOf(led('rechecked', kind)),
}

const bodyWhenTaken = (act: HazardAct, name: RequirementName): object =>
  act === 'accept' && name === 'afterEvidence' ? { photos: [] } : {}

describe('要有什么：缺哪一样就说出哪一样', () => {
  const asked = hazardActs.flatMap((act) =>
    rowOf(act).needs.flatMap((need) =>
      kinds
        .filter((kind) => need.grade === undefined || need.grade === kind.grade)
        .flatMap((kind) => need.facts.map((name) => [act, name, titleOf(kind), kind] as const)),
    ),
  )

  test('要材料的只有企业验收和销号（PRACTICE A2）', () => {
    expect(new Set(asked.map(([act]) => act))).toEqual(new Set(['accept', 'closeOut']))
    expect(new Set(asked.map(([, name]) => name))).toEqual(new Set(Object.keys(requirements)))
  })

  test('溯源不在任何一处要的材料里（PRACTICE A1）', () => {
    expect(Object.keys(requirements)).not.toContain('trace')
    expect(stateOf(led('closed')).facts.trace).toBeUndefined()
  })

  test.each(asked)('%s 缺 %s（%s）', (act, name, _title, kind) => {
    const ready = allButDone[act]?.(kind)
    if (!ready) throw new Error(`${act} asks for facts: say from which state it is tried`)
    const doer = rowOf(act).who.find((one) => inCase(one, ready))?.roles[0]
    if (!doer) throw new Error(`nobody may ${act}`)
    expect(codeOf(ready, act, doer)).toBeUndefined()
    const outcome = outcomeOf(taken[name](ready), act, doer, bodyWhenTaken(act, name))
    if (outcome.ok) throw new Error(`${act} without ${name}`)
    const missing = words[name]
    expect(outcome.refusal).toEqual({
      code: 'incomplete',
      message: `还缺：${missing.join('、')}`,
      clause: rowOf(act).clause,
      remedy: `补齐以上 ${missing.length} 项后再${rowOf(act).title}`,
      details: { missing: missing.map((title) => ({ name, title })) },
    })
  })

  test('缺几样一次说全', () => {
    const bare = { ...stateOf(led('rectifying')), five: {}, facts: {} }
    expect(outcomeOf(bare, 'accept', 'principal', { photos: [] })).toMatchObject({
      refusal: {
        message:
          '还缺：先期管控、公示、报告部门、报告职工大会或职代会、治理方案（六项）、五定：责任人、五定：措施、五定：资金、五定：期限、五定：预案、治理效果评估、整改后照片',
      },
    })
  })
})

describe('手签代录（PRACTICE A14）', () => {
  const ready = stateOf(led('rectifying'))
  const complete = tell([{ by: 'technicalHead', act: 'evaluation', body: bodies.evaluation }], {}, led('rectifying'))

  test('主要负责人手签，附原件照片，安全员可以代录，记录写明是手签', () => {
    const after = attempt(complete, {
      by: 'safetyOfficer',
      act: 'accept',
      body: { ...bodies.accept, paperSignature: [paper] },
    })
    if (!after.ok) throw new Error(after.refusal.message)
    expect(stateOf(after.value).acceptance).toMatchObject({ signedOnPaper: true, by: { role: 'safetyOfficer' } })
  })

  test('没有原件照片的，安全员不能代主要负责人验收；拒绝时说明附原件即可代录', () => {
    const outcome = outcomeOf(ready, 'accept', 'safetyOfficer')
    expect(outcome).toMatchObject({
      refusal: { code: 'role-may-not', remedy: '由主要负责人（矿长）办理；已在纸上签字的，附手签原件照片即可代录' },
    })
  })

  test.each(['crewLeader', 'worker', 'watcher', 'regulator', 'expert'] as const)('%s 拿着原件也不能代录', (role) => {
    expect(codeOf(ready, 'accept', role, { paperSignature: [paper] })).toBe('role-may-not')
  })
})

describe('日期', () => {
  test('还没有到的日期不能填', () => {
    expect(codeOf(stateOf(led('found')), 'control', 'worker', { on: '2023-09-16' })).toBe('in-the-future')
    expect(codeOf(undefined, 'report', 'worker', { source: 'workerReport', on: '2023-09-16' })).toBe('in-the-future')
  })

  test('补录随时可以：隔了多久都不拒绝', () => {
    for (const act of ['control', 'posting', 'departmentReport', 'workersReport', 'plan'] as const)
      expect(codeOf(stateOf(led('found')), act, 'safetyOfficer', { on: '2023-09-01' }), act).toBeUndefined()
  })

  test('销号之后、因关闭终结之后，迟到的报告、公示和管控仍然收下', () => {
    for (const status of ['closed', 'endedByClosure', 'notEstablished'] as const)
      for (const act of ['control', 'posting', 'departmentReport', 'workersReport', 'trace'] as const)
        expect(codeOf(stateOf(led(status)), act, 'safetyOfficer'), `${act} ${status}`).toBeUndefined()
  })

  test('早于发现日期的不收，管控除外：先停后登记的照记（PRACTICE A3）', () => {
    expect(codeOf(stateOf(led('found')), 'posting', 'safetyOfficer', { on: '2023-08-31' })).toBe('before-finding')
    expect(codeOf(stateOf(led('found')), 'control', 'worker', { on: '2023-08-31' })).toBeUndefined()
  })
})

describe('先管控（PRACTICE A2）', () => {
  test('管控只要写明在哪里：谁和哪天由系统记下', () => {
    const outcome = attempt(led('found'), { by: 'worker', act: 'control', body: { where: '北帮坡脚' } })
    if (!outcome.ok) throw new Error(outcome.refusal.message)
    expect(stateOf(outcome.value).facts.control?.at(-1)).toMatchObject({
      where: '北帮坡脚',
      on: today,
      by: { role: 'worker' },
    })
  })

  test.each(everyStatus)('在“%s”都可以管控', (status: HazardStatus) => {
    expect(codeOf(stateOf(led(status)), 'control', 'worker')).toBeUndefined()
  })
})
