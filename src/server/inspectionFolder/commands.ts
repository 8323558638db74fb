import { folderMade } from '#domain/inspectionFolder/made.ts'
import { ok, refuse } from '#domain/refusal.ts'
import type { Capability } from '#server/platform/stream.ts'
import { validated } from '#server/platform/validated.ts'

/** A folder leaves the house: who took it, and which file it was, is on record and provable. */
export const inspectionFolderCapability: Capability = {
  kind: 'inspectionFolder',
  acts: ['inspectionFolder.make'],
  tables: [],
  validate: (_act, body) => validated(folderMade, body),
  reads: ({ tenantId }) => [{ kind: 'mine', tenantId, streamId: tenantId }],
  series: () => undefined,
  divisionOf: () => undefined,
  decide: (events, command, { others, tenantId }) => {
    if (!others.has(tenantId))
      return refuse({ code: 'not-found', message: '没有这座矿，或者不在您的管辖范围', remedy: '从名录中选择' })
    if (events.length > 0)
      return refuse({ code: 'id-in-use', message: '这个编号的档案袋已经做过', remedy: '刷新页面后重新做一份' })
    return ok({ events: [{ type: 'inspectionFolder.made', v: 1, body: command.body }] })
  },
  rows: () => [],
}
