import { ok, refuse } from '#domain/refusal.ts'
import { exported, storedExport } from '#domain/register/exported.ts'
import type { Capability } from '#server/platform/stream.ts'
import { validated } from '#server/platform/validated.ts'

/** Taking a part of the register away is an act: who, which part, how many rows. It is on record before a byte leaves. */
export const registerCapability: Capability = {
  kind: 'registerExport',
  acts: ['register.export'],
  tables: ['read.register_export'],
  validate: (_act, body) => validated(exported, body),
  reads: () => [],
  series: () => undefined,
  divisionOf: () => undefined,
  decide: (events, command) =>
    events.length > 0
      ? refuse({ code: 'export-taken', message: '这一次导出已经办过', remedy: '重新点导出' })
      : ok({ events: [{ type: 'register.export', v: 1, body: exported.parse(command.body) }] }),
  rows: (events) => {
    const [first] = events
    if (!first) return []
    const { format, rows, ...doc } = storedExport.parse(first.body)
    const { actor, receivedAt } = first
    return [
      {
        table: 'read.register_export',
        row: { account_id: actor.accountId, role: actor.role, taken_at: receivedAt, format, rows, doc },
      },
    ]
  },
}
