import type { HazardContext } from '#domain/hazard/context.ts'
import { effectiveDeadline } from '#domain/hazard/deadline.ts'
import { type FactName, latest } from '#domain/hazard/facts.ts'
import { foundBy } from '#domain/hazard/source.ts'
import { listingStands, pendingExtension } from '#domain/hazard/standing.ts'
import type { HazardState } from '#domain/hazard/state.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'

type Body = Readonly<Record<string, unknown>> & { readonly on: string }

type FactRule = {
  /** What beyond role and state stands against the fact. */
  readonly allowed?: (state: HazardState, body: Body, context: HazardContext) => Outcome<undefined>
  /** What follows from it, beside its place in the log. */
  readonly follows?: (state: HazardState) => HazardState
}

const fine = ok(undefined)

/** The few facts that have a rule of their own; most need none. */
export const factRules: { readonly [N in FactName]?: FactRule } = {
  extensionRequest: {
    allowed: (state, body) => {
      const deadline = effectiveDeadline(state)
      if (!deadline)
        return refuse({ code: 'no-deadline', message: '还没有定期限，不用申请延期', remedy: '先在五定里写明期限' })
      if (body.on > deadline)
        return refuse({
          code: 'extension-after-expiry',
          message: `期限 ${deadline} 已过，不能再申请延期`,
          clause: '安全生产法 102',
          remedy: '抓紧整改并申请复查；由部门依法处理逾期',
        })
      if (typeof body.deadline === 'string' && body.deadline <= deadline)
        return refuse({
          code: 'extension-not-later',
          message: `申请的日期应晚于现在的期限 ${deadline}`,
          remedy: '改成更晚的日期',
        })
      return fine
    },
  },
  extensionDecision: {
    allowed: (state, body) => {
      if (!pendingExtension(state))
        return refuse({ code: 'no-extension-request', message: '没有待批的延期申请', remedy: '由企业先申请延期' })
      if (body.granted === 'yes' && body.deadline === undefined)
        return refuse({ code: 'extension-without-date', message: '同意延期要写明批准的期限', remedy: '填写批准的期限' })
      return fine
    },
  },
  listing: {
    allowed: (state) => {
      if (state.judgement?.grade !== 'major')
        return refuse({
          code: 'listing-for-major',
          message: '挂牌督办用于已判定的重大隐患',
          clause: '通知 四(二)7',
          remedy: '先判定为重大隐患',
        })
      if (foundBy(state.finding.source) !== 'mine')
        return refuse({
          code: 'listing-for-self-found',
          message: '挂牌督办用于企业自查发现的重大隐患；部门查出的按执法程序督促整改',
          clause: '通知 四(二)6、7',
          remedy: '用责令限期整改并依法处理',
        })
      if (listingStands(state))
        return refuse({ code: 'listed-already', message: '已经挂牌，尚未摘牌', remedy: '在原督办文号下跟踪' })
      return fine
    },
  },
  delisting: {
    allowed: (state) =>
      listingStands(state)
        ? fine
        : refuse({ code: 'not-listed', message: '没有挂牌，不用摘牌', remedy: '直接销号即可' }),
  },
  repeatLink: {
    allowed: (_state, body, context) =>
      context.otherHazard?.id === body.earlier && context.otherHazard?.tenantId === context.tenantId
        ? fine
        : refuse({ code: 'repeat-unknown', message: '先前的隐患不在本矿台账里', remedy: '从本矿台账中选择' }),
  },
  departmentReceipt: {
    allowed: (state) =>
      latest(state.facts.departmentReport)
        ? fine
        : refuse({
            code: 'no-report-to-receive',
            message: '企业还没有报告，无从签收',
            clause: '安全生产法 41',
            remedy: '提醒企业先报告',
          }),
  },
  progress: {
    follows: (state) => (state.status === 'judged' ? { ...state, status: 'rectifying' } : state),
  },
}
