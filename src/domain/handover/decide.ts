import { z } from 'zod'
import type { Actor } from '#domain/access/actor.ts'
import { bureauDeciders, type Role } from '#domain/access/role.ts'
import type { NewEvent } from '#domain/event.ts'
import { field } from '#domain/field.ts'
import { handoverItems } from '#domain/handover/item.ts'
import { type HandoverState, handoverStatuses } from '#domain/handover/record.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'

/** Forms of the three acts. `items` is what the giver saw and signs for. */
export const handoverForms = {
  give: z.object({
    from: field.person('交出人', '不填就是本人').optional(),
    to: field.person('接收人'),
    note: field.text('交接说明', { max: 1000, help: '当面交代了什么、资料和钥匙在哪里' }).optional(),
    items: handoverItems,
    more: z.number().int().min(0).default(0),
  }),
  take: z.object({ note: field.text('接收说明', { max: 1000, help: '与实际不符的写在这里' }).optional() }),
  withdraw: z.object({ reason: field.text('为什么作废', { max: 500 }) }),
} as const

export type HandoverAct = keyof typeof handoverForms

export const handoverTitles: Readonly<Record<HandoverAct, string>> = {
  give: '交出岗位',
  take: '接收岗位',
  withdraw: '作废交接单',
}

/** A post whose holder has left already is handed over by those who answer for the house. */
export const mayGiveForAnother: readonly Role[] = ['principal', 'safetyDeputy', ...bureauDeciders]

export type HandoverContext = {
  readonly today: string
  readonly actor: Actor
  readonly tenantId: string
  /** The organisation a named person belongs to; undefined for whom the actor cannot see. */
  readonly organisationOf: (personId: string) => string | undefined
}

const happened = (act: HandoverAct, body: Readonly<Record<string, unknown>>): NewEvent => ({
  type: `handover.${act}`,
  v: 1,
  body,
})

const give = (input: unknown, context: HandoverContext): Outcome<readonly NewEvent[]> => {
  const { from: named, ...body } = handoverForms.give.parse(input)
  const { actor, tenantId } = context
  const from = named ?? actor.personId
  if (tenantId !== actor.homeTenantId)
    return refuse({
      code: 'handover-in-own-house',
      message: '岗位只在本单位内交接',
      remedy: '在自己的单位里办理；有几个岗位的，先切换岗位',
    })
  if (!from)
    return refuse({
      code: 'account-without-person',
      message: '您的账号没有对应到人，交接单上写不出交出人',
      remedy: '请管理员在账号里选定人员',
    })
  if (from !== actor.personId && !mayGiveForAnother.includes(actor.role))
    return refuse({
      code: 'not-your-post',
      message: '只能交出自己的岗位',
      remedy: '本人办理；本人已经离岗的，由单位负责人代为交出',
    })
  if (from === body.to)
    return refuse({ code: 'handover-to-oneself', message: '交出人和接收人是同一个人', remedy: '另选接收人' })
  for (const person of [from, body.to])
    if (context.organisationOf(person) !== tenantId)
      return refuse({
        code: 'person-unknown',
        message: '交出人和接收人都应是本单位登记的人员',
        remedy: '从名录中选择；没有登记的，先在人员里登记',
      })
  return ok([happened('give', { ...body, on: context.today, from })])
}

const ended = ({ status }: HandoverState): Outcome<never> =>
  refuse({
    code: 'handover-ended',
    message: `这份交接单${handoverStatuses[status]}，不能再办`,
    remedy: '要再交接的，另开一份',
  })

const take = (state: HandoverState, input: unknown, { today, actor }: HandoverContext) => {
  if (state.status !== 'given') return ended(state)
  if (actor.personId !== state.to)
    return refuse({
      code: 'not-the-receiver',
      message: '只有接收人本人能接收',
      remedy: '由接收人用自己的账号登录后接收',
    })
  return ok([happened('take', { ...handoverForms.take.parse(input), on: today })])
}

const withdraw = (state: HandoverState, input: unknown, { today, actor }: HandoverContext) => {
  if (state.status !== 'given') return ended(state)
  const concerned = [state.from, state.to].includes(actor.personId ?? '') || state.givenBy.accountId === actor.accountId
  if (!concerned)
    return refuse({
      code: 'not-your-handover',
      message: '只有交出人或接收人能作废这份交接单',
      remedy: '请他们本人办理',
    })
  return ok([happened('withdraw', { ...handoverForms.withdraw.parse(input), on: today })])
}

/** 岗位交接: given with every open item, taken by the receiver himself, or void before that. */
export const decide = (
  state: HandoverState | undefined,
  { act, body }: { readonly act: HandoverAct; readonly body: unknown },
  context: HandoverContext,
): Outcome<readonly NewEvent[]> => {
  if (act === 'give')
    return state
      ? refuse({ code: 'handover-given', message: '这份交接单已经开出', remedy: '看交接单；要再交接的另开一份' })
      : give(body, context)
  if (!state) return refuse({ code: 'not-found', message: '没有这份交接单', remedy: '从交接单中选择' })
  return act === 'take' ? take(state, body, context) : withdraw(state, body, context)
}
