import { z } from 'zod'
import { bureauOfficers, mineManagement, sideOf } from '#domain/access/role.ts'
import { field } from '#domain/field.ts'
import {
  citeCriteria,
  generalTouchesCriterion,
  judgementEvent,
  judgementFields,
  majorNeedsCriterion,
} from '#domain/hazard/acts/judge.ts'
import { happened, move } from '#domain/hazard/move.ts'
import { grades } from '#domain/hazard/status.ts'
import { ok, refuse } from '#domain/refusal.ts'

/**
 * 改判: the grade can be raised, or a criterion added, by anyone who manages; lowered, or a criterion dropped, by the
 * bureau alone. The earlier verdict stays on file.
 */
export const rejudge = move({
  title: '改判',
  clause: '金属非金属矿山重大事故隐患判定标准',
  from: ['judged', 'rectifying', 'accepted', 'rechecked'],
  also: '重大改为一般、去掉判定标准，由应急局改判',
  leadsTo: '状态不变，等级改变；接受过的验收按新等级重新补齐',
  who: [{ roles: [...mineManagement, ...bureauOfficers] }],
  needs: [],
  body: z.object({ outcome: field.choice('改判为', grades), ...judgementFields }),
  event: judgementEvent,
  decide: (state, body, context) => {
    const cited = citeCriteria(body.criteria ?? [], state.finding.on, context)
    if (!cited.ok) return cited
    if (body.outcome === 'major' && cited.value.length === 0) return majorNeedsCriterion()
    if (body.outcome === 'general' && cited.value.length > 0) return generalTouchesCriterion()
    const before = state.judgement
    const codes = new Set(cited.value.map(({ code }) => code))
    const dropped = (before?.criteria ?? []).filter(({ code }) => !codes.has(code))
    const lowers = before?.grade === 'major' && (body.outcome === 'general' || dropped.length > 0)
    if (lowers && sideOf(context.actor.role) === 'mine')
      return refuse({
        code: 'lowering-is-the-bureaus',
        message: body.outcome === 'general' ? '重大改为一般，要由应急局改判' : '去掉判定标准，要由应急局改判',
        clause: '安全生产法 41',
        remedy: '把依据材料报应急局，由监管人员改判',
      })
    if (before?.grade === body.outcome && dropped.length === 0 && codes.size === before.criteria.length)
      return refuse({
        code: 'nothing-rejudged',
        message: '等级和判定标准都没有变',
        remedy: '改了等级或者判定标准再改判；只改描述的用登记更正',
      })
    return ok([happened('rejudge', { ...body, on: body.on ?? context.today, criteria: cited.value })])
  },
  evolve: (state, body, entry) => {
    const grade = body.outcome === 'major' ? 'major' : 'general'
    const raised = grade === 'major' && state.judgement?.grade === 'general'
    const reworked = raised && (state.status === 'accepted' || state.status === 'rechecked')
    const judgement = { ...entry, grade, criteria: body.criteria, basis: body.basis } as const
    if (!reworked) return { ...state, judgement }
    const { acceptance: _acceptance, recheckRequest: _request, ...rest } = state
    return { ...rest, status: 'rectifying', judgement }
  },
})
