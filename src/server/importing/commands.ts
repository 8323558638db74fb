import { z } from 'zod'
import { may } from '#domain/access/policy.ts'
import { importKinds } from '#domain/importing/kinds/kinds.ts'
import { rowOutcomes } from '#domain/importing/settle.ts'
import { taken } from '#domain/importing/taken.ts'
import { ok, refuse } from '#domain/refusal.ts'
import type { Capability } from '#server/platform/stream.ts'
import { validated } from '#server/platform/validated.ts'

export const importCommand = z.object({
  act: z.string(),
  tenantId: z.uuid(),
  streamId: z.uuid(),
  body: z.record(z.string(), z.unknown()),
  private: z.record(z.string(), z.unknown()).optional(),
  expectedVersion: z.number().int().optional(),
})

/** A row on its way: what it becomes travels as private data, beside the record. */
export const importRow = z.object({
  sheet: z.string(),
  row: z.number().int(),
  title: z.string(),
  fate: z.enum(rowOutcomes),
  commands: z.array(importCommand),
})

export type ImportRow = z.infer<typeof importRow>

const rowsIn = z.object({ rows: z.array(importRow) })

/**
 * An import is one act: which workbook, which rows, the digest of what they become. The rows wait in a private table and
 * a job sends each as a command of its own, in the name of whoever took them.
 */
export const importingCapability: Capability = {
  kind: 'importing',
  acts: ['importing.take'],
  tables: ['read.import'],
  validate: (_act, body) => validated(taken, body),
  reads: () => [],
  series: () => undefined,
  divisionOf: () => undefined,
  decide: (events, command, { actor, tenantId, streamId }) => {
    if (events.length > 0)
      return refuse({
        code: 'import-taken',
        message: '这一次导入已经办过',
        remedy: '看导入结果；要再导入的重新选择表格',
      })
    const body = taken.parse(command.body)
    const allowed = may(actor, importKinds[body.kind].act)
    if (!allowed.ok) return allowed
    const { rows } = rowsIn.parse(command.private)
    return ok({
      events: [{ type: 'importing.taken', v: 1, body }],
      private: [{ table: 'private.import_row', importId: streamId, rows }],
      effects: [{ queue: 'importing.carryOut', data: { tenantId, importId: streamId, actor } }],
    })
  },
  rows: (events) => {
    const [first] = events
    if (!first) return []
    const { kind, ...doc } = taken.parse(first.body)
    return [{ table: 'read.import', row: { kind, role: first.actor.role, taken_at: first.receivedAt, doc } }]
  },
}
