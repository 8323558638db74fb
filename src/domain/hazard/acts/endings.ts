import { z } from 'zod'
import { bureauDeciders, bureauOfficers, mineManagement, sideOf } from '#domain/access/role.ts'
import { field } from '#domain/field.ts'
import type { OtherHazard } from '#domain/hazard/context.ts'
import { happenedOn } from '#domain/hazard/fact.ts'
import { factNames } from '#domain/hazard/facts.ts'
import { isEmpty } from '#domain/hazard/five.ts'
import { happened, move } from '#domain/hazard/move.ts'
import { gradeOf, type HazardState } from '#domain/hazard/state.ts'
import { type HazardStatus, isOpen, openStatuses, statuses, unfinishedStatuses } from '#domain/hazard/status.ts'
import { ok, refuse } from '#domain/refusal.ts'

const endingEvent = z.object({
  on: z.string(),
  reason: z.string(),
  reference: z.string().optional(),
  other: z.string().optional(),
})

const stillOpen = ({ status }: OtherHazard): boolean => isOpen(status)

/**
 * 合并: registered twice; the other record goes on and counts once (PRACTICE A5). It must go on: two records merged into
 * each other, or a major one into a general one, would leave nothing that counts (通知 六(三) 零遗留).
 */
export const merge = move({
  title: '合并',
  clause: '通知 五(二)：如实记录',
  from: unfinishedStatuses,
  also: '并入同一座矿还在办理的另一条；重大的不能并入不是重大的；已判定的重大隐患由应急局合并',
  leadsTo: '已合并（由另一条继续）',
  who: [{ foundBy: 'mine', roles: [...mineManagement, ...bureauOfficers] }, { roles: bureauOfficers }],
  stands: (state, actor) =>
    state.judgement?.grade === 'major' && sideOf(actor.role) === 'mine'
      ? refuse({
          code: 'major-merge-is-the-bureaus',
          message: '已判定的重大隐患由应急局合并',
          clause: '安全生产法 41',
          remedy: '告诉监管员是哪两条，由应急局合并',
        })
      : ok(undefined),
  needs: [],
  body: z.object({
    ...happenedOn,
    other: field.hazard('并入哪一条'),
    reason: field.text('为什么是同一条', { max: 500 }),
  }),
  event: endingEvent,
  decide: (state, body, context) => {
    const other = context.otherHazard
    if (
      !other ||
      other.id !== body.other ||
      other.tenantId !== context.tenantId ||
      other.mineId !== state.finding.mineId
    )
      return refuse({
        code: 'merge-target-unknown',
        message: '要并入的隐患不在本矿台账里',
        remedy: '从本矿台账中选择另一条',
      })
    if (other.number === state.number)
      return refuse({ code: 'merge-into-itself', message: '不能并入自己', remedy: '选择另一条隐患' })
    if (!stillOpen(other))
      return refuse({
        code: 'merge-into-finished',
        message: `要并入的 ${other.number} 是“${statuses[other.status]}”，不再继续`,
        clause: '通知 六(三)：零遗留',
        remedy: '并入还在办理的那一条；先前销号的又出现，用关联重复隐患',
      })
    if (gradeOf(state) === 'major' && other.grade !== 'major')
      return refuse({
        code: 'merge-hides-major',
        message: '重大隐患不能并入不是重大的那一条',
        clause: '安全生产法 41',
        remedy: '反过来合并，或者先把另一条判为重大隐患',
      })
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

/** Where a record stands that had ended some other way than by close-out: as far as it had come. */
const asBefore = ({ judgement, five, facts }: HazardState): HazardStatus => {
  if (!judgement) return 'found'
  return isEmpty(five) && !facts.progress ? 'judged' : 'rectifying'
}

/**
 * 重新打开: what was closed or called not established stands again. After a close-out the deadline must be set anew; a
 * merge or a transfer undone gains the mine no day.
 */
export const reopen = move({
  title: '重新打开',
  clause: '通知 四(三)13(6)',
  from: ['closed', 'notEstablished', 'merged', 'transferred'],
  also: '移交的由应急局重新打开；已移交企业台账的在那一条上继续',
  leadsTo: '已销号的回到整改中，期限重新定；其他的回到原来的状态',
  who: [{ foundBy: 'mine', roles: [...mineManagement, ...bureauOfficers] }, { roles: bureauOfficers }],
  stands: (state, actor) => {
    if (state.status !== 'transferred') return ok(undefined)
    if (state.ending?.other !== undefined)
      return refuse({
        code: 'goes-on-elsewhere',
        message: '已经移交企业台账，在那一条上继续',
        remedy: '打开企业台账里的那一条办理',
      })
    return sideOf(actor.role) === 'mine'
      ? refuse({
          code: 'transferred-by-the-bureau',
          message: '移交其他部门的，由应急局重新打开',
          clause: '安全生产法 69',
          remedy: '报应急局办理',
        })
      : ok(undefined)
  },
  needs: [],
  body: z.object({ ...happenedOn, reason: field.text('为什么重新打开', { max: 500 }) }),
  event: endingEvent,
  decide: (_state, body, context) => ok([happened('reopen', { ...body, on: body.on ?? context.today })]),
  evolve: (state, body, entry) => {
    const { ending: _ending, closing: _closing, acceptance: _acceptance, recheckRequest: _request, ...rest } = state
    const reopenings = [...state.reopenings, { ...entry, reason: body.reason }]
    const again = { ...rest, reopenings, status: asBefore(state) }
    if (state.status !== 'closed') return again
    const { deadline: _deadline, ...five } = state.five
    const { due: _due, ...open } = again
    const reopenedAfter = Object.fromEntries(factNames.map((name) => [name, state.facts[name]?.length ?? 0]))
    return { ...open, status: 'rectifying', five, reopenedAfter }
  },
})
