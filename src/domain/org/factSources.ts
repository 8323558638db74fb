import type { CalendarDate } from '#domain/calendarDate.ts'
import type { Mine } from '#domain/org/mine.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'

type Known = Pick<Mine, 'facts' | 'factSources'>

/** A source belongs to the answer that was read from it: one without an answer, or of a day to come, is refused. */
export const checkFactSources = ({ facts, factSources = {} }: Known, today: CalendarDate): Outcome<undefined> => {
  const fields = Object.entries(factSources).flatMap(([key, { on }]) => {
    if (!Object.hasOwn(facts, key))
      return [{ field: `factSources.${key}`, message: '这一项没有填，不能只写来源；不知道的，来源也留空' }]
    return on > today ? [{ field: `factSources.${key}.on`, message: '来源的日期还没有到' }] : []
  })
  if (fields.length === 0) return ok(undefined)
  return refuse({
    code: 'invalid-input',
    message: fields.map(({ message }) => message).join('；'),
    remedy: '按各项提示改正',
    details: { fields },
  })
}

/** The sources that still say where their answers come from: an answer given anew has another. */
export const sourcesThatHold = (before: Known, facts: Mine['facts']): Mine['factSources'] => {
  const held = Object.entries(before.factSources ?? {}).filter(
    ([key]) => Object.hasOwn(facts, key) && facts[key] === before.facts[key],
  )
  return held.length === 0 ? undefined : Object.fromEntries(held)
}
