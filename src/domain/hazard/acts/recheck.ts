import { z } from 'zod'
import { bureauOfficers, mineManagement } from '#domain/access/role.ts'
import { field } from '#domain/field.ts'
import { happenedOn } from '#domain/hazard/fact.ts'
import { happened, move } from '#domain/hazard/move.ts'
import { foundBy } from '#domain/hazard/source.ts'
import { gradeOf, type HazardState } from '#domain/hazard/state.ts'
import { ok, refuse } from '#domain/refusal.ts'

export const recheckEvent = z.object({
  on: z.string(),
  result: z.enum(['pass', 'fail']),
  officers: z.array(z.string()),
  findings: z.string(),
  papers: z.array(z.string()),
  photos: z.array(z.string()).optional(),
  orderedDeadline: z.string().optional(),
})

/** A major hazard, and whatever a department found, is rechecked by the department: on site, by two or more. */
export const recheckedByDepartment = (state: HazardState): boolean =>
  gradeOf(state) === 'major' || foundBy(state.finding.source) === 'department'

export const recheck = move({
  title: '复查',
  clause: '安全生产事故隐患排查治理暂行规定 23；行政处罚法 42',
  from: ['accepted'],
  also: '复查人不是整改责任人；重大隐患不少于两人；部门复查的，复查人不是本矿的人',
  leadsTo: '合格：待销号；不合格：回到整改中，按原期限计逾期',
  who: [
    { grade: 'major', roles: bureauOfficers },
    { grade: 'general', foundBy: 'department', roles: [...bureauOfficers, 'townshipHead'] },
    { grade: 'general', foundBy: 'mine', roles: [...mineManagement, 'crewLeader'] },
  ],
  needs: [],
  body: z.object({
    ...happenedOn,
    result: field.choice('结论', { pass: '合格', fail: '不合格' }),
    officers: field.people('复查人'),
    findings: field.text('复查情况'),
    papers: field.files('复查意见书').optional(),
    photos: field.photos('复查照片').optional(),
    orderedDeadline: field.date('重新责令的期限', '不合格时填写；逾期仍按原期限计算').optional(),
  }),
  event: recheckEvent,
  decide: (state, body, context) => {
    const responsible = state.five.responsible?.value
    if (responsible && body.officers.includes(responsible))
      return refuse({
        code: 'recheck-by-responsible',
        message: '整改责任人不能复查自己的整改',
        clause: '通知 四(一)2',
        remedy: '换一名没有参与整改的人复查',
      })
    const fromTheMine = body.officers.some((officer) => context.organisationOf(officer) === state.finding.mineId)
    if (recheckedByDepartment(state) && fromTheMine)
      return refuse({
        code: 'recheck-by-the-mine',
        message: '这条隐患由部门复查，复查人不能是本矿的人',
        clause: '安全生产事故隐患排查治理暂行规定 23',
        remedy: '复查人选执法人员；企业的人可以在复查情况里写明在场',
      })
    const fewest = gradeOf(state) === 'major' ? 2 : 1
    if (new Set(body.officers).size < fewest)
      return refuse({
        code: 'too-few-officers',
        message: fewest === 2 ? '重大隐患的复查不少于两名执法人员' : '写明复查人',
        clause: '行政处罚法 42',
        remedy: fewest === 2 ? '补上另一名复查人员' : '选择复查人',
      })
    return ok([happened('recheck', { ...body, on: body.on ?? context.today, papers: body.papers ?? [] })])
  },
  evolve: (state, body, entry) => {
    const rechecks = [
      ...state.rechecks,
      {
        ...entry,
        result: body.result,
        officers: body.officers,
        findings: body.findings,
        papers: body.papers,
        orderedDeadline: body.orderedDeadline,
      },
    ]
    if (body.result === 'pass') return { ...state, status: 'rechecked', rechecks }
    // The request did not hold: the clock runs on from the old deadline (PRACTICE A13).
    const { recheckRequest: _request, acceptance: _acceptance, ...rest } = state
    const failedAfter = {
      evaluation: state.facts.evaluation?.length ?? 0,
      progress: state.facts.progress?.length ?? 0,
    }
    return { ...rest, status: 'rectifying', rechecks, failedAfter }
  },
})
