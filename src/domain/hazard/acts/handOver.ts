import { z } from 'zod'
import { bureauOfficers } from '#domain/access/role.ts'
import { field } from '#domain/field.ts'
import { happenedOn } from '#domain/hazard/fact.ts'
import { happened, move } from '#domain/hazard/move.ts'
import { ok, refuse } from '#domain/refusal.ts'

/**
 * 移交企业台账: a report from the public stays with the bureau until the visit; what the visit confirms is opened in the
 * register of the mine under an id fixed with the act, and this record ends. Who reported stays with the bureau (安全生产法 73).
 */
export const handOver = move({
  title: '移交企业台账',
  clause: '安全生产法 73、74',
  from: ['found', 'judged'],
  also: '记在局里的群众举报，到场核查之后',
  leadsTo: '已移交（在企业台账里另立一条继续）',
  who: [{ source: 'publicReport', roles: bureauOfficers }],
  stands: (state) =>
    state.finding.source === 'publicReport'
      ? ok(undefined)
      : refuse({
          code: 'in-the-mines-register-already',
          message: '这条隐患本来就在企业台账里，不用移交',
          remedy: '直接在这一条上办理',
        }),
  needs: [],
  body: z.object({
    ...happenedOn,
    visit: field.text('到场核查情况', { help: '写核实的事实；不写举报人，也不写能认出举报人的内容' }),
    files: field.files('核查记录').optional(),
  }),
  event: z.object({
    on: z.string(),
    other: z.string(),
    mineId: z.string(),
    visit: z.string(),
    files: z.array(z.string()).optional(),
  }),
  decide: (state, body, context) => {
    if (context.tenantId === state.finding.mineId)
      return refuse({
        code: 'in-the-mines-register-already',
        message: '这条隐患本来就在企业台账里，不用移交',
        remedy: '直接在这一条上办理',
      })
    return ok([
      happened('handOver', {
        ...body,
        on: body.on ?? context.today,
        other: context.handsOverAs,
        mineId: state.finding.mineId,
      }),
    ])
  },
  evolve: (state, body, entry) => ({
    ...state,
    status: 'transferred',
    ending: { ...entry, reason: `到场核查后移交企业台账：${body.visit}`, other: body.other },
  }),
})
