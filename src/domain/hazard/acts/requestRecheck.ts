import { z } from 'zod'
import { mineManagement } from '#domain/access/role.ts'
import { addDays } from '#domain/calendarDate.ts'
import { field } from '#domain/field.ts'
import { happenedOn } from '#domain/hazard/fact.ts'
import { happened, move } from '#domain/hazard/move.ts'
import { ok, refuse } from '#domain/refusal.ts'

/** 申请复查: with it the mine has done its part in time, whenever the officers come (PRACTICE A13). */
export const requestRecheck = move({
  title: '申请复查',
  clause: '安全生产事故隐患排查治理暂行规定 23',
  from: ['accepted'],
  also: '还没有申请过',
  leadsTo: '状态不变，整改期限停止计时',
  who: [{ roles: mineManagement }],
  stands: ({ recheckRequest }) =>
    recheckRequest
      ? refuse({
          code: 'requested-already',
          message: `${recheckRequest.on} 已经申请复查，最迟 ${recheckRequest.recheckDueOn} 前复查`,
          clause: '安全生产事故隐患排查治理暂行规定 23',
          remedy: '等候复查；过了日子没有来的，打电话催',
        })
      : ok(undefined),
  needs: [],
  body: z.object({
    ...happenedOn,
    note: field.text('说明', { max: 500 }).optional(),
    files: field.files('申请书').optional(),
  }),
  event: z.object({
    on: z.string(),
    recheckDueOn: z.string(),
    note: z.string().optional(),
    files: z.array(z.string()).optional(),
  }),
  decide: (_state, body, context) => {
    const on = body.on ?? context.today
    const recheckDueOn = addDays(on, context.settings.recheckWithinDays)
    return ok([happened('requestRecheck', { ...body, on, recheckDueOn })])
  },
  evolve: (state, body, entry) => ({ ...state, recheckRequest: { ...entry, recheckDueOn: body.recheckDueOn } }),
})
