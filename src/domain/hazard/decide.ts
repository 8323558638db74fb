import type { Actor } from '#domain/access/actor.ts'
import { mineManagement, roleTitle } from '#domain/access/role.ts'
import type { NewEvent, RecordedEvent } from '#domain/event.ts'
import { inCase } from '#domain/hazard/case.ts'
import { inOrder } from '#domain/hazard/chronology.ts'
import type { HazardContext } from '#domain/hazard/context.ts'
import { evolve } from '#domain/hazard/evolve.ts'
import type { Transition } from '#domain/hazard/move.ts'
import { requirements } from '#domain/hazard/requirements.ts'
import type { HazardState } from '#domain/hazard/state.ts'
import { statuses } from '#domain/hazard/status.ts'
import { transitionOf } from '#domain/hazard/transitions.ts'
import { type Outcome, ok, type Refusal, refuse } from '#domain/refusal.ts'

type Command = { readonly act: string; readonly body: unknown }

const unknownAct = (act: string) =>
  refuse({ code: 'unknown-act', message: `没有“${act}”这个办理事项`, remedy: '刷新页面后重试' })

/** Whether the state allows the act: where the hazard stands, and what in it stands against the act. */
export const standsInState = (
  transition: Transition,
  state: HazardState | undefined,
  actor: Actor,
): Outcome<undefined> => {
  const begins = transition.from.length === 0
  if (begins && state)
    return refuse({
      code: 'begun-already',
      message: `这条隐患已经登记（${state.number}）`,
      remedy: '打开已登记的隐患继续办理',
    })
  if (begins) return ok(undefined)
  if (!state) return refuse({ code: 'not-found', message: '没有这条隐患', remedy: '从台账里重新选择' })
  if (!transition.from.includes(state.status))
    return refuse({
      code: 'not-in-this-state',
      message: `现在是“${statuses[state.status]}”，不能${transition.title}`,
      clause: transition.clause,
      remedy: `在“${transition.from.map((status) => statuses[status]).join('”“')}”时办理`,
    })
  return transition.stands?.(state, actor) ?? ok(undefined)
}

const carriesPaper = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'paperSignature' in body && Array.isArray(body.paperSignature)
    ? body.paperSignature.length > 0
    : false

/** Whether the role may, in this case. A hand-signed paper, photographed, lets the mine's management enter it for the signer (PRACTICE A14). */
export const roleMay = (
  transition: Transition,
  state: HazardState | undefined,
  context: Pick<HazardContext, 'actor'>,
  body?: unknown,
): Outcome<undefined> => {
  const { role } = context.actor
  const rows = transition.who.filter((one) => !state || inCase(one, state))
  if (rows.some((one) => one.roles.includes(role))) return ok(undefined)
  const signer = transition.paperSigner
  const recorder = mineManagement.includes(role)
  if (signer && recorder && carriesPaper(body)) return ok(undefined)
  const allowed = [...new Set(rows.flatMap((one) => one.roles))].map(roleTitle)
  return refuse({
    code: 'role-may-not',
    message: `${roleTitle(role)}不能办理“${transition.title}”`,
    clause: transition.clause,
    remedy:
      signer && recorder
        ? `由${roleTitle(signer)}办理；已在纸上签字的，附手签原件照片即可代录`
        : `由${allowed.join('、') || '有权的岗位'}办理`,
  })
}

/** What must be on file, by grade and finder, in the state as it would be. All that is missing is named at once. */
export const lacks = (transition: Transition, after: HazardState): readonly { name: string; title: string }[] =>
  transition.needs
    .filter((need) => inCase(need, after))
    .flatMap((need) => need.facts)
    .flatMap((name) => requirements[name].missing(after).map((title) => ({ name, title })))

const incomplete = (transition: Transition, missing: readonly { name: string; title: string }[]): Refusal => ({
  code: 'incomplete',
  message: `还缺：${missing.map(({ title }) => title).join('、')}`,
  clause: transition.clause,
  remedy: `补齐以上 ${missing.length} 项后再${transition.title}`,
  details: { missing },
})

const statedDay = (body: unknown): string | undefined =>
  typeof body === 'object' && body !== null && 'on' in body && typeof body.on === 'string' ? body.on : undefined

const believableDay = (state: HazardState | undefined, { act, body }: Command, today: string): Outcome<undefined> => {
  const on = statedDay(body) ?? today
  if (on > today)
    return refuse({
      code: 'in-the-future',
      message: `日期 ${on} 还没有到（今天是 ${today}）`,
      remedy: '填写实际发生的日期',
    })
  return inOrder(state, act, on)
}

/** decide(state, command, context) → events | refusal. Pure. The body has passed its schema. */
export const decide = (
  state: HazardState | undefined,
  command: Command,
  context: HazardContext,
): Outcome<readonly NewEvent[]> => {
  const transition = transitionOf(command.act)
  if (!transition) return unknownAct(command.act)
  const stands = standsInState(transition, state, context.actor)
  if (!stands.ok) return stands
  const may = roleMay(transition, state, context, command.body)
  if (!may.ok) return may
  const believable = believableDay(state, command, context.today)
  if (!believable.ok) return believable
  const decided = transition.decide(state, command.body, context)
  if (!decided.ok) return decided
  const after = decided.value.reduce<HazardState | undefined>(
    (before, event, index) => evolve(before, provisional(event, index, context)),
    state,
  )
  const missing = after ? lacks(transition, after) : []
  return missing.length > 0 ? { ok: false, refusal: incomplete(transition, missing) } : decided
}

/** The event as if recorded, to see the state it would lead to. */
const provisional = (event: NewEvent, index: number, context: HazardContext): RecordedEvent => ({
  ...event,
  id: `provisional-${index}`,
  version: index,
  receivedAt: context.today,
  actor: { accountId: context.actor.accountId, role: context.actor.role, personId: context.actor.personId },
})
