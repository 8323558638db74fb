import { z } from 'zod'
import type { RecordedEvent } from '#domain/event.ts'
import { account } from '#domain/org/account.ts'
import { erased, erasedAlready, erasure, mayErase } from '#domain/org/erasure.ts'
import { person } from '#domain/org/person.ts'
import { lastValue } from '#domain/org/registry.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'
import type { Capability, Command, DecideContext, Decision } from '#server/platform/stream.ts'
import { validated } from '#server/platform/validated.ts'

const act = 'person.erase'

/** Never in the command's hash: which accounts stand in the person's name, as the server found them. */
const found = z.object({ accounts: erased.shape.accounts })

const accountsIn = (command: Command) => found.parse(command.private).accounts

const isErased = (events: readonly RecordedEvent[]): boolean => events.some(({ type }) => type === 'person.erased')

const erase = (events: readonly RecordedEvent[], command: Command, { others }: DecideContext): Outcome<Decision> => {
  const standing = lastValue(person, events)
  if (!standing)
    return refuse({ code: 'not-found', message: '没有这个人，或者不在您的管辖范围', remedy: '从名录中选择' })
  const accounts = accountsIn(command)
  const values = accounts.flatMap(({ id }) => lastValue(account, others.get(id)?.events ?? []) ?? [])
  const allowed = mayErase(standing, values)
  if (!allowed.ok) return allowed
  const { tenantId, streamId: personId } = command
  const upTo = events.length
  return ok({
    events: [{ type: 'person.erased', v: 1, body: { ...erasure.parse(command.body), accounts } }],
    private: [{ table: 'erased', tenantId, personId, upTo, accounts }],
    effects: [{ queue: 'person.forget', data: { tenantId, personId, upTo } }],
  })
}

/**
 * 个人信息保护法 47: name, phone, login and the salts of the person's leaves go for good; post and id stay in the records,
 * which name nobody. Nothing is entered under the person afterwards.
 */
export const withErasure = (people: Capability): Capability => ({
  ...people,
  acts: [...people.acts, act],
  validate: (asked, body) => (asked === act ? validated(erasure, body) : people.validate(asked, body)),
  reads: (command) =>
    command.act === act
      ? accountsIn(command).map(({ tenantId, id }) => ({ kind: 'account', tenantId, streamId: id }))
      : people.reads(command),
  decide: (events, command, context) => {
    if (isErased(events)) return erasedAlready
    return command.act === act ? erase(events, command, context) : people.decide(events, command, context)
  },
  rows: (events, position) =>
    people.rows(events, position).map(({ table, row }) => ({
      table,
      row: isErased(events) ? { ...row, doc: { ...lastValue(person, events), erased: true } } : row,
    })),
})
