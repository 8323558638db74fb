import { z } from 'zod'
import { bureauDeciders, bureauOfficers, mineManagement } from '#domain/access/role.ts'
import { field } from '#domain/field.ts'
import { happenedOn } from '#domain/hazard/fact.ts'
import { happened, move } from '#domain/hazard/move.ts'
import { openStatuses, unfinishedStatuses } from '#domain/hazard/status.ts'
import { ok, refuse } from '#domain/refusal.ts'

const endingEvent = z.object({
  on: z.string(),
  reason: z.string(),
  reference: z.string().optional(),
  other: z.string().optional(),
})

/** 合并: registered twice; the other record goes on and counts once (PRACTICE A5). */
export const merge = move({
  title: '合并',
  clause: '通知 五(二)：如实记录',
  from: unfinishedStatuses,
  leadsTo: '已合并（由另一条继续）',
  who: [{ foundBy: 'mine', roles: [...mineManagement, ...bureauOfficers] }, { roles: bureauOfficers }],
  needs: [],
  body: z.object({
    ...happenedOn,
    other: field.hazard('并入哪一条'),
    reason: field.text('为什么是同一条', { max: 500 }),
  }),
  event: endingEvent,
  decide: (state, body, context) => {
    const other = context.otherHazard
    if (!other || other.id !== body.other || other.tenantId !== context.tenantId)
      return refuse({
        code: 'merge-target-unknown',
        message: '要并入的隐患不在本矿台账里',
        remedy: '从本矿台账中选择另一条',
      })
    if (other.number === state.number)
      return refuse({ code: 'merge-into-itself', message: '不能并入自己', remedy: '选择另一条隐患' })
    return ok([happened('merge', { ...body, on: body.on ?? context.today, reference: other.number })])
  },
  evolve: (state, body, entry) => ({
    ...state,
    status: 'merged',
    ending: { ...entry, reason: body.reason, reference: body.reference, other: body.other },
  }),
})

/** 移交其他部门: not this department's to supervise; the receipt's number is the proof that someone has it. */
export const transfer = move({
  title: '移交其他部门',
  clause: '安全生产法 69',
  from: ['found', 'judged', 'rectifying'],
  leadsTo: '已移交',
  who: [{ roles: bureauOfficers }],
  needs: [],
  body: z.object({
    ...happenedOn,
    to: field.line('移交给'),
    reference: field.line('移交文号或回执'),
    reason: field.text('理由', { max: 500 }),
  }),
  event: endingEvent.extend({ to: z.string() }),
  decide: (_state, body, context) => ok([happened('transfer', { ...body, on: body.on ?? context.today })]),
  evolve: (state, body, entry) => ({
    ...state,
    status: 'transferred',
    ending: { ...entry, reason: `移交${body.to}：${body.reason}`, reference: body.reference },
  }),
})

/** 因关闭终结: the mine is closed by the government; the hazard ends with it, it was not rectified. */
export const endByClosure = move({
  title: '因关闭终结',
  clause: '安全生产法 113',
  from: openStatuses,
  leadsTo: '因关闭终结',
  who: [{ roles: bureauDeciders }],
  needs: [],
  body: z.object({
    ...happenedOn,
    reference: field.line('关闭决定文号'),
    reason: field.text('现场处置情况', { max: 500 }),
  }),
  event: endingEvent,
  decide: (_state, body, context) => ok([happened('endByClosure', { ...body, on: body.on ?? context.today })]),
  evolve: (state, body, entry) => ({
    ...state,
    status: 'endedByClosure',
    ending: { ...entry, reason: body.reason, reference: body.reference },
  }),
})

/** 重新打开: what was closed or called not established stands again; the deadline must be set anew. */
export const reopen = move({
  title: '重新打开',
  clause: '通知 四(三)13(6)',
  from: ['closed', 'notEstablished', 'transferred'],
  leadsTo: '已销号的回到整改中；判定不构成的回到已发现',
  who: [{ foundBy: 'mine', roles: [...mineManagement, ...bureauOfficers] }, { roles: bureauOfficers }],
  needs: [],
  body: z.object({ ...happenedOn, reason: field.text('为什么重新打开', { max: 500 }) }),
  event: endingEvent,
  decide: (_state, body, context) => ok([happened('reopen', { ...body, on: body.on ?? context.today })]),
  evolve: (state, body, entry) => {
    const { ending: _ending, closing: _closing, acceptance: _acceptance, recheckRequest: _request, ...rest } = state
    const { deadline: _deadline, ...five } = state.five
    const reopenings = [...state.reopenings, { ...entry, reason: body.reason }]
    return { ...rest, status: state.judgement ? 'rectifying' : 'found', five, reopenings }
  },
})
