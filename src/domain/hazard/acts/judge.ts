import { z } from 'zod'
import { bureauOfficers, mineManagement, sideOf } from '#domain/access/role.ts'
import { field } from '#domain/field.ts'
import type { HazardContext } from '#domain/hazard/context.ts'
import { happenedOn } from '#domain/hazard/fact.ts'
import { happened, move } from '#domain/hazard/move.ts'
import { foundBy } from '#domain/hazard/source.ts'
import type { CriterionRef, HazardState } from '#domain/hazard/state.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'

const outcomes = { major: '构成重大隐患', general: '一般隐患', notEstablished: '不构成' } as const

export const judgementFields = {
  ...happenedOn,
  criteria: field.criteria('触及的判定标准', '一个事实可以触及几条，只算一条隐患').optional(),
  basis: field.text('判定依据', { help: '写明数字、来源和对照的条款' }),
  files: field.files('依据材料').optional(),
}

export const judgementEvent = z.object({
  on: z.string(),
  outcome: z.enum(['major', 'general', 'notEstablished']),
  criteria: z.array(z.object({ code: z.string(), packVersion: z.string() })),
  basis: z.string(),
  files: z.array(z.string()).optional(),
})

/** Each criterion as it stood on the day of finding; one that was not in force or is not for this mine is refused. */
export const citeCriteria = (
  codes: readonly string[],
  state: HazardState,
  context: HazardContext,
): Outcome<readonly CriterionRef[]> => {
  const cited: CriterionRef[] = []
  for (const code of codes) {
    const standing = context.criterion(code, state.finding.on)
    if (!standing)
      return refuse({
        code: 'criterion-not-in-force',
        message: `判定标准 ${code} 在发现之日（${state.finding.on}）不存在或者没有施行`,
        remedy: '选发现之日有效的判定标准',
      })
    if (!standing.applies)
      return refuse({
        code: 'criterion-not-applicable',
        message: `判定标准 ${code}（${standing.title}）不涉及本矿：${standing.reason ?? '矿山类型不符'}`,
        remedy: '改选适用于本矿的判定标准，或者先更正矿山资料',
      })
    cited.push({ code: standing.code, packVersion: standing.packVersion })
  }
  return ok(cited)
}

export const majorNeedsCriterion = () =>
  refuse({
    code: 'major-without-criterion',
    message: '重大隐患要写明触及哪一条判定标准',
    clause: '金属非金属矿山重大事故隐患判定标准（矿安〔2022〕88号）',
    remedy: '至少选一条判定标准；都不触及的判为一般隐患',
  })

/** 判定: a verdict always has its basis; what a department found, only a department may call not established. */
export const judge = move({
  title: '判定',
  clause: '金属非金属矿山重大事故隐患判定标准；安全生产法 41',
  from: ['found'],
  leadsTo: '已判定，或者判定不构成（归档）',
  who: [
    { grade: 'general', roles: [...mineManagement, ...bureauOfficers, 'crewLeader', 'townshipHead'] },
    { roles: [...mineManagement, ...bureauOfficers] },
  ],
  needs: [],
  body: z.object({ outcome: field.choice('结论', outcomes), ...judgementFields }),
  event: judgementEvent,
  decide: (state, body, context) => {
    const cited = citeCriteria(body.criteria ?? [], state, context)
    if (!cited.ok) return cited
    if (body.outcome === 'major' && cited.value.length === 0) return majorNeedsCriterion()
    const departments = foundBy(state.finding.source) === 'department'
    if (body.outcome === 'notEstablished' && departments && sideOf(context.actor.role) === 'mine')
      return refuse({
        code: 'department-finding',
        message: '部门发现的隐患，企业不能自行判定不构成',
        clause: '安全生产法 65',
        remedy: '把依据材料报给检查的部门，由部门判定',
      })
    return ok([happened('judge', { ...body, on: body.on ?? context.today, criteria: cited.value })])
  },
  evolve: (state, body, entry) => {
    if (body.outcome === 'notEstablished')
      return { ...state, status: 'notEstablished', ending: { ...entry, reason: body.basis } }
    return {
      ...state,
      status: 'judged',
      judgement: { ...entry, grade: body.outcome, criteria: body.criteria, basis: body.basis },
    }
  },
})
