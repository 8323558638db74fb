import { z } from 'zod'
import { mineManagement } from '#domain/access/role.ts'
import { field } from '#domain/field.ts'
import { closedOut } from '#domain/hazard/acts/closeOut.ts'
import { mayNotReport, report, reportBody, reported } from '#domain/hazard/acts/report.ts'
import { happened, type Transition } from '#domain/hazard/move.ts'
import { foundBy } from '#domain/hazard/source.ts'
import { ok, refuse } from '#domain/refusal.ts'

const body = z.object({
  ...reportBody.omit({ suspectedGrade: true, suspectedCriteria: true, verifyBy: true, tooDangerous: true }).shape,
  responsible: field.person('整改人'),
  measures: field.text('怎么改的', { max: 500 }),
  funds: field.money('资金', '没有花钱就是 0').optional(),
  contingencyPlan: field.line('预案', { max: 200 }).optional(),
  afterPhotos: field.photos('整改后照片').optional(),
  checkedBy: field.person('复查人', '不能是整改人自己'),
})

/**
 * 当场整改，一步办结: the short way of a general hazard the mine found itself. It passes the same states, in one act;
 * the five are prefilled (当场、0元、现场处置; PRACTICE 25).
 */
export const reportFixed: Transition = {
  title: '报告并当场整改',
  clause: '安全生产事故隐患排查治理暂行规定 15：一般隐患立即组织整改',
  from: [],
  also: '企业自己发现的一般隐患；复查人不是整改人',
  leadsTo: '已销号（一般隐患，一步办结）',
  who: [{ roles: [...mineManagement, 'crewLeader', 'watcher'] }],
  needs: [],
  body,
  decide: (_state, input, context) => {
    const given = body.parse(input)
    if (foundBy(given.source) !== 'mine')
      return refuse({
        code: 'short-way-own-findings',
        message: '当场办结只用于企业自己发现的一般隐患',
        clause: '安全生产法 65',
        remedy: '部门发现的隐患按复查、销号的程序办理',
      })
    const refused = mayNotReport(given, context)
    if (!refused.ok) return refused
    if (given.responsible === given.checkedBy)
      return refuse({
        code: 'recheck-by-responsible',
        message: '整改人不能复查自己的整改',
        clause: '通知 四(一)2',
        remedy: '换一名没有参与整改的人复查',
      })
    const on = given.on ?? context.today
    const { responsible, measures, funds, contingencyPlan, afterPhotos, checkedBy, ...found } = given
    return ok([
      reported(found, context),
      happened('judge', { on, outcome: 'general', criteria: [], basis: '当场可以整改，不触及重大隐患判定标准' }),
      happened('assign', {
        on,
        responsible,
        measures,
        funds: funds ?? 0,
        deadline: on,
        contingencyPlan: contingencyPlan ?? '现场处置',
      }),
      happened('accept', {
        on,
        conclusion: '当场整改完毕',
        photos: afterPhotos ?? [],
        notPhotographable: false,
      }),
      happened('recheck', { on, result: 'pass', officers: [checkedBy], findings: '当场复查合格', papers: [] }),
      closedOut({ on }, context),
    ])
  },
  evolve: report.evolve,
}
