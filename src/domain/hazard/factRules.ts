import type { Actor } from '#domain/access/actor.ts'
import { sideOf } from '#domain/access/role.ts'
import { recheckedByDepartment } from '#domain/hazard/acts/recheck.ts'
import type { HazardContext } from '#domain/hazard/context.ts'
import { broughtForward, effectiveDeadline } from '#domain/hazard/deadline.ts'
import { extensionClause, type FactName, latest } from '#domain/hazard/facts.ts'
import { foundBy } from '#domain/hazard/source.ts'
import { listingStands, pendingExtension, pendingResumption, standingStop } from '#domain/hazard/standing.ts'
import { gradeOf, type HazardState } from '#domain/hazard/state.ts'
import { unfinishedStatuses } from '#domain/hazard/status.ts'
import { afterControl, afterLifting, afterResuming } from '#domain/hazard/stop.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'

type Body = Readonly<Record<string, unknown>> & { readonly on: string }

type FactRule = {
  /** The rule in words, for the documentation page. */
  readonly also?: string
  readonly leadsTo?: string
  /** What in the state stands against the fact, whatever its form says. */
  readonly stands?: (state: HazardState, actor: Actor) => Outcome<undefined>
  /** What in the form stands against it. */
  readonly allowed?: (state: HazardState, body: Body, context: HazardContext) => Outcome<undefined>
  /** What follows from it, beside its place in the log. */
  readonly follows?: (state: HazardState) => HazardState
}

const fine = ok(undefined)

const unfinished = ({ status }: HazardState): boolean => unfinishedStatuses.some((one) => one === status)

/** The few facts that have a rule of their own; most need none. */
export const factRules: { readonly [N in FactName]?: FactRule } = {
  control: { also: '写明在哪里就行；哪天都可以补记', follows: afterControl },
  controlLifted: {
    also: '重大隐患的停产，企业在验收前不能自行解除；部门发现或者责令过的，经部门审查同意才能恢复',
    /** A stop for a major hazard is the mine's own to lift only when nobody ordered it, and not before the work is accepted. */
    stands: (state, actor) => {
      if (sideOf(actor.role) !== 'mine' || gradeOf(state) !== 'major' || !standingStop(state)) return fine
      if (unfinished(state))
        return refuse({
          code: 'stop-stands-until-accepted',
          message: '重大隐患还没有治理完，停产不能由企业自行解除',
          clause: '安全生产事故隐患排查治理暂行规定 16、18',
          remedy: '整改并验收后再解除；判定有误的先改判，情况有变的请应急局核实后解除',
        })
      if (foundBy(state.finding.source) === 'department' || latest(state.facts.order))
        return refuse({
          code: 'resumption-is-the-bureaus',
          message: '部门责令过的停产，要经部门审查同意才能恢复',
          clause: '安全生产法 65(3)',
          remedy: '提出恢复生产申请，等应急局审批',
        })
      return fine
    },
    follows: afterLifting,
  },
  order: {
    also: '责令期限早于现在的期限的，以责令期限为准；不会使期限变晚',
    /** An order's deadline counts where it is the earlier one; it never moves the clock later (PRACTICE A13). */
    follows: (state) => broughtForward(state, latest(state.facts.order)?.deadline),
  },
  extensionRequest: {
    also: '已有期限且没有过期；上一次申请已经批复；申请的日期晚于现在的期限',
    stands: (state) => {
      if (!effectiveDeadline(state))
        return refuse({ code: 'no-deadline', message: '还没有定期限，不用申请延期', remedy: '先在五定里写明期限' })
      if (pendingExtension(state))
        return refuse({
          code: 'extension-pending',
          message: '上一次延期申请还没有批复',
          clause: extensionClause,
          remedy: '等批复后再申请；急的请联系审批人',
        })
      return fine
    },
    allowed: (state, body) => {
      const deadline = effectiveDeadline(state)
      if (deadline && body.on > deadline)
        return refuse({
          code: 'extension-after-expiry',
          message: `期限 ${deadline} 已过，不能再申请延期`,
          clause: extensionClause,
          remedy: '抓紧整改并申请复查；由部门依法处理逾期',
        })
      return laterThan(deadline, body.deadline, '申请的日期')
    },
  },
  extensionDecision: {
    also: '有待批的申请；同意的写明比现在更晚的期限',
    leadsTo: '同意的，期限改为批准的日期；状态不变',
    stands: (state) =>
      pendingExtension(state)
        ? fine
        : refuse({ code: 'no-extension-request', message: '没有待批的延期申请', remedy: '由企业先申请延期' }),
    allowed: (state, body) => {
      if (body.granted !== 'yes') return fine
      if (body.deadline === undefined)
        return refuse({ code: 'extension-without-date', message: '同意延期要写明批准的期限', remedy: '填写批准的期限' })
      return laterThan(effectiveDeadline(state), body.deadline, '批准的期限')
    },
    follows: (state) => {
      const decision = latest(state.facts.extensionDecision)
      return decision?.granted === 'yes' && decision.deadline ? { ...state, due: decision.deadline } : state
    },
  },
  listing: {
    also: '已判定为重大隐患；没有挂着牌；督办责任人和期限必填',
    stands: (state) => {
      if (state.judgement?.grade !== 'major')
        return refuse({
          code: 'listing-for-major',
          message: '挂牌督办用于已判定的重大隐患',
          clause: '通知 四(二)7',
          remedy: '先判定为重大隐患',
        })
      if (listingStands(state))
        return refuse({ code: 'listed-already', message: '已经挂牌，尚未摘牌', remedy: '在原督办文号下跟踪' })
      return fine
    },
  },
  delisting: {
    also: '挂着牌；仍是重大隐患的，复查合格之后',
    stands: (state) => {
      if (!listingStands(state))
        return refuse({ code: 'not-listed', message: '没有挂牌，不用摘牌', remedy: '直接销号即可' })
      const underWay = unfinished(state) || state.status === 'accepted'
      if (underWay && state.judgement?.grade === 'major')
        return refuse({
          code: 'listed-until-rechecked',
          message: '重大隐患复查合格之前不能摘牌',
          clause: '安全生产事故隐患排查治理暂行规定 23',
          remedy: '复查合格后再摘牌',
        })
      return fine
    },
  },
  repeatLink: {
    also: '先前的隐患在同一座矿的台账里',
    allowed: (state, body, context) => {
      const other = context.otherHazard
      if (other?.id !== body.earlier || other?.tenantId !== context.tenantId || other.mineId !== state.finding.mineId)
        return refuse({ code: 'repeat-unknown', message: '先前的隐患不在本矿台账里', remedy: '从本矿台账中选择' })
      if (other.number === state.number)
        return refuse({ code: 'repeat-of-itself', message: '不能和自己关联', remedy: '选择先前的另一条隐患' })
      return fine
    },
  },
  departmentReceipt: {
    also: '企业已经报告部门',
    stands: (state) =>
      latest(state.facts.departmentReport)
        ? fine
        : refuse({
            code: 'no-report-to-receive',
            message: '企业还没有报告，无从签收',
            clause: '安全生产法 41',
            remedy: '提醒企业先报告',
          }),
  },
  resumeRequest: {
    also: '登记的停产还没有恢复；上一次申请已经批复',
    stands: (state) => {
      if (pendingResumption(state))
        return refuse({ code: 'resumption-pending', message: '上一次申请还没有批复', remedy: '等批复后再申请' })
      if (!standingStop(state))
        return refuse({
          code: 'no-stop-to-resume-from',
          message: '这条隐患没有登记停产，或者已经恢复',
          remedy: '停过产没有登记的，先补记先期管控',
        })
      return fine
    },
  },
  resumeDecision: {
    also: '有待批的申请；重大隐患和部门发现的，复查合格后才能同意',
    stands: (state) =>
      pendingResumption(state)
        ? fine
        : refuse({ code: 'no-resumption-request', message: '没有待批的恢复生产申请', remedy: '由企业先申请恢复生产' }),
    allowed: (state, body) =>
      body.granted === 'yes' && state.status === 'accepted' && recheckedByDepartment(state)
        ? refuse({
            code: 'resumption-before-recheck',
            message: '复查合格之前不能同意恢复生产',
            clause: '安全生产法 65(3)',
            remedy: '先复查，合格后再批',
          })
        : fine,
    follows: afterResuming,
  },
  progress: {
    leadsTo: '已判定的进入整改中；其他状态不变',
    follows: (state) => (state.status === 'judged' ? { ...state, status: 'rectifying' } : state),
  },
}

const laterThan = (deadline: string | undefined, named: unknown, title: string): Outcome<undefined> =>
  deadline && typeof named === 'string' && named <= deadline
    ? refuse({
        code: 'extension-not-later',
        message: `${title}应晚于现在的期限 ${deadline}`,
        clause: extensionClause,
        remedy: '改成更晚的日期',
      })
    : fine
