import type { CalendarDate } from '#domain/calendarDate.ts'
import type { NewEvent } from '#domain/event.ts'
import { isKeyOffice } from '#domain/org/office.ts'
import type { Person } from '#domain/org/person.ts'
import { type Presence, type PresenceAct, presenceActs } from '#domain/presence/record.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'

export type PresenceContext = {
  readonly today: CalendarDate
  /** Of the actor himself, where the account stands in somebody's name. */
  readonly actorPersonId: string | undefined
  /** The person named, as registered with the mine. */
  readonly person: Person | undefined
}

const clause = '通知 四(二)7'

const notRecorded: Outcome<never> = refuse({
  code: 'not-recorded',
  message: '这一天没有有效的驻矿记录',
  clause,
  remedy: '刷新页面看最新的记录；要补记的，点“记驻矿”',
})

const record = (
  state: Presence | undefined,
  input: unknown,
  { today, actorPersonId, person }: PresenceContext,
): Outcome<NewEvent> => {
  const body = presenceActs.record.parse(input)
  const held = (person?.offices ?? []).filter(isKeyOffice)
  if (!person || held.length === 0)
    return refuse({
      code: 'not-key-person',
      message: person ? `“${person.post}”没有登记法定代表人或者实际控制人的职务` : '这个人没有登记在本矿的人员名录里',
      clause,
      remedy: '先在“人员”里登记这个人的职务；法定代表人、实际控制人、矿长分开登记，一人兼任的都选上',
      details: { fields: [{ field: 'personId', message: '选登记了法定代表人、实际控制人职务的人员' }] },
    })
  if (body.on > today)
    return refuse({
      code: 'date-in-future',
      message: `${body.on} 还没有到，不能先记`,
      clause,
      remedy: '填今天或者以前的日期；事后补记照样收，会写明是哪天补记的',
      details: { fields: [{ field: 'on', message: '这一天还没有到' }] },
    })
  if (state?.stands)
    return refuse({
      code: 'already-recorded',
      message: `${body.on} 已经记过，一天只算一次`,
      clause,
      remedy: '要补充当天办的事，用“更正”；原来的写法会留在记录里',
      details: { fields: [{ field: 'on', message: '这一天已经记过' }] },
    })
  const onBehalf = actorPersonId !== body.personId
  return ok({ type: 'presence.recorded', v: 1, body: { ...body, offices: held, recordedOn: today, onBehalf } })
}

/** One stream a person and day: recorded, corrected with the reason, withdrawn with the reason, recorded again. */
export const decidePresence = (
  state: Presence | undefined,
  act: PresenceAct,
  input: unknown,
  context: PresenceContext,
): Outcome<NewEvent> => {
  if (act === 'record') return record(state, input, context)
  if (!state?.stands) return notRecorded
  if (act === 'correct') return ok({ type: 'presence.corrected', v: 1, body: presenceActs.correct.parse(input) })
  return ok({ type: 'presence.withdrawn', v: 1, body: presenceActs.withdraw.parse(input) })
}
