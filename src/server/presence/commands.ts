import { z } from 'zod'
import { person } from '#domain/org/person.ts'
import { lastValue } from '#domain/org/registry.ts'
import { decidePresence } from '#domain/presence/decide.ts'
import { isPresenceAct, presenceActs, presenceRow, presenceState } from '#domain/presence/record.ts'
import { ok, refuse } from '#domain/refusal.ts'
import type { Capability, Command } from '#server/platform/stream.ts'
import { validated } from '#server/platform/validated.ts'
import { presenceDayId } from '#server/presence/dayId.ts'

const nameOf = (act: string): string => act.replace(/^presence\./, '')

const paperIn = ({ body }: Command): readonly string[] => z.array(z.string()).catch([]).parse(body.paper)

const personIn = ({ body }: Command): string | undefined =>
  typeof body.personId === 'string' ? body.personId : undefined

export const presenceCapability: Capability = {
  kind: 'presence',
  acts: Object.keys(presenceActs).map((act) => `presence.${act}`),
  tables: ['read.key_presence'],
  validate: (act, body) => {
    const name = nameOf(act)
    return isPresenceAct(name)
      ? validated(presenceActs[name], body)
      : refuse({ code: 'unknown-act', message: `没有“${act}”这个办理事项`, remedy: '刷新页面后重试' })
  },
  reads: (command) => {
    const { tenantId } = command
    const named = personIn(command)
    return [
      { kind: 'mine', tenantId, streamId: tenantId },
      ...(named ? [{ kind: 'person', tenantId, streamId: named }] : []),
    ]
  },
  filesNamed: paperIn,
  series: () => undefined,
  divisionOf: () => undefined,
  decide: (events, command, { others, tenantId, today, actor, storedFiles, streamId }) => {
    const name = nameOf(command.act)
    if (!isPresenceAct(name) || !others.has(tenantId))
      return refuse({ code: 'not-found', message: '没有这座矿，或者不在您的管辖范围', remedy: '从名录中选择矿山' })
    const absent = paperIn(command).filter((sha256) => !storedFiles.has(sha256))
    if (absent.length > 0)
      return refuse({
        code: 'file-not-uploaded',
        message: `有 ${absent.length} 个文件还没有传到服务器`,
        remedy: '等文件传完再办理，或者删去后重新选择',
        details: { absent },
      })
    const named = personIn(command)
    if (name === 'record') {
      const { personId, on } = presenceActs.record.parse(command.body)
      if (streamId !== presenceDayId(tenantId, personId, on))
        return refuse({ code: 'day-unknown', message: '这不是这个人这一天的记录', remedy: '刷新页面后重新办理' })
    }
    const decided = decidePresence(presenceState(events), name, command.body, {
      today,
      actorPersonId: actor.personId,
      person: named ? lastValue(person, others.get(named)?.events ?? []) : undefined,
    })
    return decided.ok ? ok({ events: [decided.value] }) : decided
  },
  rows: (events, { tenantId }) => {
    const state = presenceState(events)
    return state ? [{ table: 'read.key_presence', row: presenceRow(tenantId, state) }] : []
  },
}
