import { v7 as uuidv7 } from 'uuid'
import type { HazardStatus } from '#domain/hazard/status.ts'
import type { HazardAct } from '#domain/hazard/transitions.ts'
import { type HazardPlace, newHazard, type TestServer } from '#tests/support/district.ts'
import { factBodies } from '#tests/support/factBodies.ts'

const today = '2023-07-03'

/** A body that each act accepts, as far as its own form goes. */
export const bodiesOf = ({ ids, as }: TestServer): Readonly<Record<HazardAct, Readonly<Record<string, unknown>>>> => {
  const responsible = as('crewLeader').personId
  const officers = [as('enforcer').personId, as('secondEnforcer').personId]
  const document = '文〔2023〕1号'
  return {
    ...factBodies,
    report: { mineId: ids.mine, source: 'workerReport', description: '浮石' },
    reportFixed: {
      mineId: ids.mine,
      source: 'crewCheck',
      description: '护栏松动',
      responsible,
      measures: '紧固',
      checkedBy: as('safetyOfficer').personId,
    },
    imported: { mineId: ids.mine, on: '2023-05-18', source: 'departmentLedger', description: '浮石', state: 'open' },
    judge: { outcome: 'general', basis: '不触及判定标准' },
    rejudge: { outcome: 'general', basis: '不触及判定标准' },
    assign: { responsible, measures: '清理', funds: 0, deadline: today, contingencyPlan: '现场处置' },
    accept: { conclusion: '完成', notPhotographable: true },
    requestRecheck: {},
    recheck: { result: 'pass', officers, findings: '合格' },
    closeOut: {},
    handOver: { visit: '到场核查属实' },
    merge: { other: uuidv7(), reason: '同一处' },
    transfer: { to: '自然资源局', reference: document, reason: '不归本局管' },
    endByClosure: { reference: document, reason: '已关闭' },
    reopen: { reason: '又出现' },
    correct: { place: '西帮', reason: '写错' },
    control: { scope: 'none', where: '北帮' },
    controlLifted: { where: '北帮', basis: '已清理' },
    posting: { where: '矿门' },
    departmentReport: { department: '区应急管理局', how: 'phone' },
    departmentReceipt: { department: '区应急管理局' },
    workersReport: { meeting: 'all' },
    plan: { goal: '一', method: '二', resources: '三', organisation: '四', schedule: '五', safeguards: '六' },
    order: { document, demand: '限期整改' },
    listing: { document, level: 'district', tracker: officers[0], deadline: today },
    delisting: {},
    extensionRequest: { deadline: '2023-08-01', reason: '雨季' },
    extensionDecision: { granted: 'no' },
    progress: { percent: 10 },
    evaluation: { evaluator: 'own', conclusion: '有效' },
    repeatLink: { earlier: uuidv7(), same: '同一部位' },
    trace: { facts: '一', causes: '二', accountability: '三', duties: '四', cure: '五' },
    resumeRequest: { where: '北帮', content: '已完成' },
    resumeDecision: { granted: 'yes' },
    penalty: { document, against: 'company' },
    externalNumber: { system: '省系统', number: '1' },
  }
}

/** A general hazard found by a department, led by acts alone to the state asked for. */
export const hazardIn = async (server: TestServer, status: HazardStatus): Promise<HazardPlace> => {
  const bodies = bodiesOf(server)
  const { as, ids } = server
  const place = newHazard(ids.mine)
  const does = (name: Parameters<typeof as>[0], act: HazardAct, body?: Record<string, unknown>) =>
    as(name).does(place, act, { ...bodies[act], ...body })
  await does('enforcer', 'report', { source: 'enforcement' })
  if (status === 'found') return place
  if (status === 'notEstablished') await does('enforcer', 'judge', { outcome: 'notEstablished' })
  if (status === 'transferred') await does('enforcer', 'transfer')
  if (status === 'endedByClosure') await does('bureauHead', 'endByClosure')
  if (status === 'merged') {
    const other = await hazardIn(server, 'found')
    await does('enforcer', 'merge', { other: other.id })
  }
  if (status === 'notEstablished' || status === 'transferred' || status === 'endedByClosure' || status === 'merged')
    return place
  const way: readonly [HazardStatus, () => Promise<unknown>][] = [
    ['judged', () => does('enforcer', 'judge')],
    ['rectifying', () => does('safetyOfficer', 'assign')],
    ['accepted', () => does('safetyOfficer', 'accept')],
    ['rechecked', () => does('enforcer', 'recheck')],
    ['closed', () => does('enforcer', 'closeOut')],
  ]
  for (const [reached, step] of way) {
    await step()
    if (reached === status) return place
  }
  throw new Error(`no way to ${status}`)
}
