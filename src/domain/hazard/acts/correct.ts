import { z } from 'zod'
import { bureauOfficers, mineManagement } from '#domain/access/role.ts'
import { field } from '#domain/field.ts'
import { happenedOn } from '#domain/hazard/fact.ts'
import { happened, move } from '#domain/hazard/move.ts'
import { everyStatus } from '#domain/hazard/status.ts'
import { ok, refuse } from '#domain/refusal.ts'

const corrected = {
  place: field.line('部位（更正后）').optional(),
  description: field.text('描述（更正后）').optional(),
  foundOn: field.date('发现日期（更正后）').optional(),
  reason: field.text('更正原因', { max: 500 }),
}

/** 登记更正: a new record beside the old one, which stays and is shown (PRACTICE A5). */
export const correct = move({
  title: '登记更正',
  clause: '通知 五(二)：如实记录',
  from: everyStatus,
  leadsTo: '状态不变，原记录保留',
  who: [{ foundBy: 'mine', roles: [...mineManagement, ...bureauOfficers] }, { roles: bureauOfficers }],
  needs: [],
  body: z.object({ ...happenedOn, ...corrected }),
  event: z.object({ ...corrected, on: z.string() }),
  decide: (state, body, context) => {
    if (body.place === undefined && body.description === undefined && body.foundOn === undefined)
      return refuse({
        code: 'nothing-corrected',
        message: '没有写要更正的内容',
        remedy: '填写更正后的部位、描述或者发现日期',
      })
    const latestDay = state.judgement?.on ?? context.today
    if (body.foundOn !== undefined && body.foundOn > latestDay)
      return refuse({
        code: 'found-after-judged',
        message: `发现日期 ${body.foundOn} 晚于${state.judgement ? '判定日期' : '今天'} ${latestDay}`,
        remedy: '核对发现日期',
      })
    return ok([happened('correct', { ...body, on: body.on ?? context.today })])
  },
  evolve: (state, body) => ({
    ...state,
    corrections: state.corrections + 1,
    finding: {
      ...state.finding,
      ...(body.place !== undefined && { place: body.place }),
      ...(body.foundOn !== undefined && { on: body.foundOn }),
      ...(body.description !== undefined && { description: body.description }),
    },
  }),
})
