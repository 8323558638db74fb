import { z } from 'zod'
import { mineManagement } from '#domain/access/role.ts'
import { field } from '#domain/field.ts'
import { broughtForward, effectiveDeadline } from '#domain/hazard/deadline.ts'
import { happenedOn } from '#domain/hazard/fact.ts'
import { fiveNames } from '#domain/hazard/five.ts'
import { happened, move } from '#domain/hazard/move.ts'
import type { FiveAssignments } from '#domain/hazard/state.ts'
import { ok, refuse } from '#domain/refusal.ts'

const five = {
  responsible: field.person('责任人').optional(),
  measures: field.text('措施').optional(),
  funds: field.money('资金', '计划投入；当场可改的填 0').optional(),
  deadline: field.date('期限').optional(),
  contingencyPlan: field.line('预案', { max: 200, help: '应急预案或现场处置方案' }).optional(),
}

export const assignEvent = z.object({ ...five, on: z.string() })

/** The five as they stand after new ones are put down; each keeps the date it was first put down with its value. */
export const withAssigned = (before: FiveAssignments, body: z.output<typeof assignEvent>): FiveAssignments => ({
  ...before,
  ...(body.responsible !== undefined && { responsible: { value: body.responsible, on: body.on } }),
  ...(body.measures !== undefined && { measures: { value: body.measures, on: body.on } }),
  ...(body.funds !== undefined && { funds: { value: body.funds, on: body.on } }),
  ...(body.deadline !== undefined && { deadline: { value: body.deadline, on: body.on } }),
  ...(body.contingencyPlan !== undefined && { contingencyPlan: { value: body.contingencyPlan, on: body.on } }),
})

/**
 * 五定: may be put down piece by piece; a deadline once set, by the mine or by a department's order, moves later only
 * by an extension that was granted.
 */
export const assign = move({
  title: '五定（责任人、措施、资金、期限、预案）',
  clause: '通知 四(一)2、四(三)13(7)',
  from: ['judged', 'rectifying'],
  also: '可以一项一项写；期限写下后不能直接改晚',
  leadsTo: '整改中',
  who: [{ roles: mineManagement }],
  needs: [],
  body: z.object({ ...happenedOn, ...five }),
  event: assignEvent,
  decide: (state, body, context) => {
    if (fiveNames.every((name) => body[name] === undefined))
      return refuse({ code: 'nothing-assigned', message: '五定至少要写一项', remedy: '先写已经定下来的，其余随后补' })
    const set = effectiveDeadline(state)
    if (set && body.deadline && body.deadline > set)
      return refuse({
        code: 'deadline-moves-by-extension',
        message: `期限已定为 ${set}，不能直接改晚`,
        clause: '安全生产法 102',
        remedy: '在到期前申请延期，批准后期限随之改变',
      })
    return ok([happened('assign', { ...body, on: body.on ?? context.today })])
  },
  evolve: (state, body) =>
    broughtForward({ ...state, status: 'rectifying', five: withAssigned(state.five, body) }, body.deadline),
})
