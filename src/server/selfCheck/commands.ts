import { mine } from '#domain/org/mine.ts'
import { lastValue } from '#domain/org/registry.ts'
import { ok, refuse } from '#domain/refusal.ts'
import { decide, type SelfCheckAct, selfCheckBodies } from '#domain/selfCheck/decide.ts'
import { askedOn } from '#domain/selfCheck/month.ts'
import { fold } from '#domain/selfCheck/record.ts'
import { selfCheckRow } from '#domain/selfCheck/rows.ts'
import { sheetOf } from '#domain/selfCheck/sheet.ts'
import type { Capability, Command } from '#server/platform/stream.ts'
import { validated } from '#server/platform/validated.ts'
import { sheetIdOf } from '#server/selfCheck/sheetId.ts'

const isAct = (name: string): name is SelfCheckAct => Object.hasOwn(selfCheckBodies, name)

const actOf = (act: string): SelfCheckAct | undefined => {
  const name = act.replace(/^selfCheck\./, '')
  return isAct(name) ? name : undefined
}

const unknownAct = (act: string) =>
  refuse({ code: 'unknown-act', message: `没有“${act}”这个办理事项`, remedy: '刷新页面后重试' })

const stringsIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []

const named = ({ body }: Command): { readonly mineId: string; readonly month: string } => ({
  mineId: typeof body.mineId === 'string' ? body.mineId : '',
  month: typeof body.month === 'string' ? body.month : '',
})

export const selfCheckCapability: Capability = {
  kind: 'selfCheck',
  acts: Object.keys(selfCheckBodies).map((act) => `selfCheck.${act}`),
  tables: ['read.self_check'],
  validate: (act, body) => {
    const name = actOf(act)
    return name ? validated(selfCheckBodies[name], body) : unknownAct(act)
  },
  reads: ({ tenantId }) => [{ kind: 'mine', tenantId, streamId: tenantId }],
  filesNamed: ({ body }) => stringsIn(body.paper),
  personsNamed: ({ body }) => (typeof body.to === 'string' ? [body.to] : []),
  series: () => undefined,
  divisionOf: () => undefined,
  decide: (events, command, context) => {
    const act = actOf(command.act)
    if (!act) return unknownAct(command.act)
    const { mineId, month } = named(command)
    const standing = context.others.get(command.tenantId)
    const subject = standing && lastValue(mine, standing.events)
    if (!subject || mineId !== command.tenantId)
      return refuse({
        code: 'mine-unknown',
        message: '没有登记这座矿，或者不在您的管辖范围',
        remedy: '从名录中选择矿山',
      })
    if (command.streamId !== sheetIdOf(mineId, month))
      return refuse({ code: 'sheet-unknown', message: '这不是该矿这个月的排查表', remedy: '从排查表的列表中打开' })
    const absent = stringsIn(command.body.paper).filter((sha256) => !context.storedFiles.has(sha256))
    if (absent.length > 0)
      return refuse({
        code: 'file-not-uploaded',
        message: `有 ${absent.length} 个文件还没有传到服务器`,
        remedy: '等文件传完再办理，或者删去后重新选择',
        details: { absent },
      })
    const decided = decide(fold(events), act, command.body, {
      today: context.today,
      role: context.actor.role,
      tenantId: command.tenantId,
      sheet: sheetOf(context.rulebook, subject, askedOn(month, context.today)),
      organisationOf: (personId) => context.persons.get(personId),
    })
    return decided.ok ? ok({ events: decided.value }) : decided
  },
  rows: (events) => {
    const state = fold(events)
    return state ? [{ table: 'read.self_check', row: selfCheckRow(state) }] : []
  },
}
