import { z } from 'zod'
import { bureauOfficers, mineManagement, type Role, roleTitle, sideOf } from '#domain/access/role.ts'
import { field } from '#domain/field.ts'
import type { HazardContext } from '#domain/hazard/context.ts'
import { happenedOn } from '#domain/hazard/fact.ts'
import { happened, move } from '#domain/hazard/move.ts'
import { foundBy } from '#domain/hazard/source.ts'
import type { CriterionRef } from '#domain/hazard/state.ts'
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

/** Each criterion, once, as it stood on the day of finding; one that was not in force or is not for this mine is refused. */
export const citeCriteria = (
  codes: readonly string[],
  foundOn: string,
  context: HazardContext,
): Outcome<readonly CriterionRef[]> => {
  const cited: CriterionRef[] = []
  for (const code of new Set(codes)) {
    const standing = context.criterion(code, foundOn)
    if (!standing)
      return refuse({
        code: 'criterion-not-in-force',
        message: `判定标准 ${code} 在发现之日（${foundOn}）不存在或者没有施行`,
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

const judgesGeneralOnly = (role: Role): boolean => !mineManagement.includes(role) && !bureauOfficers.includes(role)

/** For mines, what meets any criterion is major, however small it looks (矿安〔2022〕88号). */
export const generalTouchesCriterion = () =>
  refuse({
    code: 'general-touches-criterion',
    message: '触及判定标准的就是重大隐患，不能判为一般',
    clause: '金属非金属矿山重大事故隐患判定标准（矿安〔2022〕88号）',
    remedy: '判为重大隐患；核对后确实不触及的，去掉判定标准并在依据里写明',
  })

export const majorNeedsCriterion = () =>
  refuse({
    code: 'major-without-criterion',
    message: '重大隐患要写明触及哪一条判定标准',
    clause: '金属非金属矿山重大事故隐患判定标准（矿安〔2022〕88号）',
    remedy: '至少选一条判定标准；都不触及的判为一般隐患',
  })

/**
 * 判定: a verdict always has its basis. What a department found, only a department may call general or not established;
 * calling it major is open to everyone who manages.
 */
export const judge = move({
  title: '判定',
  clause: '金属非金属矿山重大事故隐患判定标准；安全生产法 41',
  from: ['found'],
  also: '判为重大的写明判定标准；触及判定标准的不能判为一般；部门发现的，企业只能判为重大',
  leadsTo: '已判定，或者判定不构成（归档）',
  who: [
    { roles: [...mineManagement, ...bureauOfficers] },
    { grade: 'general', roles: ['crewLeader'] },
    { grade: 'general', foundBy: 'department', roles: ['townshipHead'] },
  ],
  needs: [],
  body: z.object({ outcome: field.choice('结论', outcomes), ...judgementFields }),
  event: judgementEvent,
  decide: (state, body, context) => {
    const cited = citeCriteria(body.criteria ?? [], state.finding.on, context)
    if (!cited.ok) return cited
    if (body.outcome === 'major' && cited.value.length === 0) return majorNeedsCriterion()
    if (body.outcome === 'general' && cited.value.length > 0) return generalTouchesCriterion()
    const departments = foundBy(state.finding.source) === 'department'
    if (body.outcome !== 'major' && departments && sideOf(context.actor.role) === 'mine')
      return refuse({
        code: 'department-finding',
        message: `部门发现的隐患，企业不能自行判定${body.outcome === 'general' ? '为一般隐患' : '不构成'}`,
        clause: '安全生产法 65',
        remedy: '把依据材料报给检查的部门，由部门判定',
      })
    if (body.outcome !== 'general' && judgesGeneralOnly(context.actor.role))
      return refuse({
        code: 'only-general',
        message: `${roleTitle(context.actor.role)}只能把初步判断为一般的判为一般隐患`,
        clause: '安全生产法 41',
        remedy: '由矿上的管理人员或者应急局判定；有危险的先停、先撤',
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
