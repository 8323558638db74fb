import { z } from 'zod'
import { bureauOfficers, mineManagement } from '#domain/access/role.ts'
import { addDays } from '#domain/calendarDate.ts'
import { field } from '#domain/field.ts'
import type { HazardContext } from '#domain/hazard/context.ts'
import { happenedOn } from '#domain/hazard/fact.ts'
import { happened, move } from '#domain/hazard/move.ts'
import { ok } from '#domain/refusal.ts'

/** The day the trace is due stands in the event, so that a changed setting moves no old date. */
export const closedOut = (
  body: { on?: string | undefined; note?: string | undefined; files?: string[] | undefined },
  context: HazardContext,
) => {
  const on = body.on ?? context.today
  return happened('closeOut', { ...body, on, traceDueOn: addDays(on, context.settings.traceDueDays) })
}

/**
 * 销号. Only a recheck that passed leads here: a penalty that was paid never does (通知 四(二)6 严禁以罚代管). Delisting and
 * resuming production are acts of their own (PRACTICE D: 摘牌 ≠ 销号 ≠ 恢复生产).
 */
export const closeOut = move({
  title: '销号',
  clause: '通知 四(一)2、四(二)6',
  from: ['rechecked'],
  also: '缴清罚款不能代替复查；溯源没有完成不影响销号',
  leadsTo: '已销号',
  who: [
    { grade: 'major', roles: bureauOfficers },
    { grade: 'general', foundBy: 'department', roles: [...bureauOfficers, 'townshipHead'] },
    { grade: 'general', foundBy: 'mine', roles: mineManagement },
  ],
  needs: [
    {
      grade: 'major',
      facts: [
        'control',
        'posting',
        'departmentReport',
        'workersReport',
        'plan',
        'fiveAssignments',
        'evaluation',
        'afterEvidence',
        'officerRecheck',
      ],
    },
    { grade: 'general', facts: ['fiveAssignments', 'passedRecheck'] },
  ],
  body: z.object({
    ...happenedOn,
    note: field.text('说明', { max: 500 }).optional(),
    files: field.files('销号审批表').optional(),
  }),
  event: z.object({
    on: z.string(),
    traceDueOn: z.string(),
    note: z.string().optional(),
    files: z.array(z.string()).optional(),
  }),
  decide: (_state, body, context) => ok([closedOut(body, context)]),
  evolve: (state, body, entry) => ({ ...state, status: 'closed', closing: { ...entry, traceDueOn: body.traceDueOn } }),
})
