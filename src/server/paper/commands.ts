import { crewMeetingFiled, crewMeetingFiling, decideCrewMeeting } from '#domain/paper/crewMeeting.ts'
import { ok, refuse } from '#domain/refusal.ts'
import type { Capability } from '#server/platform/stream.ts'
import { validated } from '#server/platform/validated.ts'

/** 班前会: each meeting is a stream of its own, filed once. */
export const crewMeetingCapability: Capability = {
  kind: 'crewMeeting',
  acts: ['crewMeeting.file'],
  tables: ['read.crew_meeting'],
  validate: (_act, body) => validated(crewMeetingFiling, body),
  reads: ({ tenantId }) => [{ kind: 'mine', tenantId, streamId: tenantId }],
  filesNamed: ({ body }) => crewMeetingFiling.parse(body).photos,
  series: () => undefined,
  divisionOf: () => undefined,
  decide: (events, command, { today, others, storedFiles, tenantId }) => {
    if (!others.has(tenantId))
      return refuse({ code: 'not-found', message: '没有这座矿，或者不在您的管辖范围', remedy: '从名录中选择' })
    const filing = crewMeetingFiling.parse(command.body)
    const decided = decideCrewMeeting(events.length > 0, filing, today)
    if (!decided.ok) return decided
    const absent = filing.photos.filter((sha256) => !storedFiles.has(sha256))
    if (absent.length > 0)
      return refuse({
        code: 'file-not-uploaded',
        message: `有 ${absent.length} 张照片还没有传到服务器`,
        remedy: '等照片传完再入档',
        details: { absent },
      })
    return ok({
      events: [{ type: 'crewMeeting.filed', v: 1, body: decided.value }],
      effects: [{ queue: 'file.publish', data: { files: filing.photos } }],
    })
  },
  rows: (events) => {
    const [first] = events
    if (!first) return []
    const { on, crew, present, photos, note } = crewMeetingFiled.parse(first.body)
    return [
      {
        table: 'read.crew_meeting',
        row: { held_on: on, crew, present, photo: photos[0], doc: { photos, ...(note && { note }) } },
      },
    ]
  },
}
