import { decide, type HandoverAct, handoverForms } from '#domain/handover/decide.ts'
import { fold } from '#domain/handover/record.ts'
import { handoverRow } from '#domain/handover/rows.ts'
import { ok, refuse } from '#domain/refusal.ts'
import type { Capability, Effect } from '#server/platform/stream.ts'
import { validated } from '#server/platform/validated.ts'

const acts = ['give', 'take', 'withdraw'] as const satisfies readonly HandoverAct[]

const actOf = (act: string): HandoverAct | undefined => acts.find((one) => act === `handover.${one}`)

const named = (value: unknown): readonly string[] => (typeof value === 'string' ? [value] : [])

export const handoverCapability: Capability = {
  kind: 'handover',
  acts: acts.map((act) => `handover.${act}`),
  tables: ['read.handover'],
  validate: (act, body) => {
    const known = actOf(act)
    return known
      ? validated(handoverForms[known], body)
      : refuse({ code: 'unknown-act', message: `没有“${act}”这个办理事项`, remedy: '刷新页面后重试' })
  },
  reads: () => [],
  personsNamed: ({ act, body }) => (actOf(act) === 'give' ? [...named(body.from), ...named(body.to)] : []),
  series: () => undefined,
  divisionOf: () => undefined,
  decide: (events, command, { actor, persons, tenantId, streamId, today }) => {
    const act = actOf(command.act)
    if (!act) return refuse({ code: 'unknown-act', message: '没有这个办理事项', remedy: '刷新页面后重试' })
    const state = fold(events)
    const decided = decide(
      state,
      { act, body: command.body },
      {
        today,
        actor,
        tenantId,
        // The giver himself is named by nobody: his account says where he belongs.
        organisationOf: (personId) =>
          persons.get(personId) ?? (personId === actor.personId ? actor.homeTenantId : undefined),
      },
    )
    if (!decided.ok) return decided
    const effects: readonly Effect[] =
      act === 'take' && state
        ? [{ queue: 'handover.reassign', data: { tenantId, streamId, actor, to: state.to, on: today } }]
        : []
    return ok({ events: decided.value, effects })
  },
  rows: (events) => {
    const state = fold(events)
    return state ? [{ table: 'read.handover', row: handoverRow(state) }] : []
  },
}
