import { v5 as uuidv5 } from 'uuid'
import { applicability } from '#domain/criteria/applicability.ts'
import { criteriaInForce } from '#domain/criteria/inForce.ts'
import type { NewEvent } from '#domain/event.ts'
import { fieldMeta } from '#domain/field.ts'
import type { CriterionStanding, HazardContext, HazardSettings, OtherHazard } from '#domain/hazard/context.ts'
import { decide } from '#domain/hazard/decide.ts'
import { fold } from '#domain/hazard/evolve.ts'
import { hazardRow } from '#domain/hazard/rows.ts'
import { gradeOf, type HazardState } from '#domain/hazard/state.ts'
import { hazardActs, transitionOf } from '#domain/hazard/transitions.ts'
import { type Mine, mine } from '#domain/org/mine.ts'
import { lastValue } from '#domain/org/registry.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'
import { registerEntry } from '#domain/register/entry.ts'
import { pastRow, statesOf } from '#domain/statistics/past.ts'
import type { Rulebook } from '#rulebook/rulebook.ts'
import { daysSetting } from '#server/platform/settings.ts'
import type { Capability, Command, DecideContext, Effect, OtherStream } from '#server/platform/stream.ts'
import { validated } from '#server/platform/validated.ts'

const nameOf = (act: string): string => act.replace(/^hazard\./, '')

const begins = (act: string): boolean => transitionOf(nameOf(act))?.from.length === 0

/** The other hazard an act names, always of the same register. */
const namedHazard = ({ body }: Command): string | undefined => {
  const named = body.other ?? body.earlier
  return typeof named === 'string' ? named : undefined
}

const mineIdOf = (command: Command): string | undefined =>
  typeof command.body.mineId === 'string' ? command.body.mineId : undefined

const findMine = (others: ReadonlyMap<string, OtherStream>): { id: string; value: Mine } | undefined => {
  for (const other of others.values()) {
    if (other.kind !== 'mine') continue
    const value = lastValue(mine, other.events)
    if (value) return { id: other.streamId, value }
  }
  return undefined
}

/** Acts that turn on what the mine is: whose register a number is of, and which criteria apply. */
const asksTheMine = ({ act, body }: Command): boolean => begins(act) || Array.isArray(body.criteria)

/** The criteria as they stood on a day, seen for one mine: what was not in force is not found. */
export const criterionFor =
  (rulebook: Rulebook, subject: Mine | undefined) =>
  (code: string, onDate: string): CriterionStanding | undefined => {
    for (const pack of criteriaInForce(rulebook, onDate).packs)
      for (const criterion of pack.criteria) {
        const situation = criterion.situations.find((one) => one.code === code)
        if (criterion.code !== code && !situation) continue
        const standing = { code, title: criterion.title, packVersion: pack.version }
        if (!subject) return { ...standing, applies: true }
        const applied = applicability({ criterion, situation }, subject, rulebook.facts)
        return applied.applies === false
          ? { ...standing, applies: false, reason: applied.reason }
          : { ...standing, applies: true }
      }
    return undefined
  }

/** uuidv5 of the record that is handed over: sent twice, the hazard opens once. */
const handedOverId = (streamId: string): string => uuidv5('handOver', streamId)

const settingsOf = (rulebook: Rulebook): HazardSettings => ({
  traceDueDays: daysSetting(rulebook, 'hazard.traceDueDays'),
  recheckWithinDays: daysSetting(rulebook, 'hazard.recheckDays'),
  verifyWithinDays: daysSetting(rulebook, 'hazard.tipVerifyDays'),
})

const asNamed = ({ streamId, tenantId }: OtherStream, state: HazardState): OtherHazard => ({
  id: streamId,
  tenantId,
  mineId: state.finding.mineId,
  number: state.number,
  status: state.status,
  grade: gradeOf(state),
})

const contextOf = (command: Command, context: DecideContext): HazardContext => {
  const subject = findMine(context.others)
  const otherId = namedHazard(command)
  const other = otherId ? context.others.get(otherId) : undefined
  const otherState = other ? fold(other.events) : undefined
  return {
    today: context.today,
    actor: context.actor,
    tenantId: context.tenantId,
    handsOverAs: handedOverId(context.streamId),
    organisationOf: (personId) => context.persons.get(personId),
    ...(context.number !== undefined && { number: registerNumber(context, subject?.value) }),
    ...(subject && { mine: { id: subject.id, name: subject.value.name, status: subject.value.status } }),
    criterion: criterionFor(context.rulebook, subject?.value),
    settings: settingsOf(context.rulebook),
    ...(other && otherState && { otherHazard: asNamed(other, otherState) }),
  }
}

/** The register's number: mine, year, gapless count; the bureau's own records carry 局. */
const registerNumber = ({ number, today, tenantId, others }: DecideContext, subject: Mine | undefined): string => {
  const own = [...others.values()].some(({ kind, tenantId: owner }) => kind === 'mine' && owner === tenantId)
  const prefix = own ? subject?.code : '局'
  return `${prefix ?? '局'}-${today.slice(0, 4)}-${String(number).padStart(3, '0')}`
}

/** Photos that go on a page need their copy without EXIF. */
const filesIn = (body: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.values(body)
    .flat()
    .filter((value): value is string => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value))

/** What must never wait for a photograph that is still on its way (PRACTICE A3). */
const urgent: readonly string[] = ['hazard.report', 'hazard.control']

/** Evidence is what lies on file: a name without its content proves nothing. */
const absentFiles = (command: Command, { storedFiles }: DecideContext): Outcome<undefined> => {
  const absent = filesIn(command.body).filter((sha256) => !storedFiles.has(sha256))
  if (absent.length === 0 || urgent.includes(command.act)) return ok(undefined)
  return refuse({
    code: 'file-not-uploaded',
    message: `有 ${absent.length} 个文件还没有传到服务器`,
    remedy: '等文件传完再办理，或者删去后重新选择',
    details: { absent },
  })
}

const personsNamed = ({ act, body }: Command): readonly string[] => {
  const shape = transitionOf(nameOf(act))?.body.shape ?? {}
  return Object.entries(shape).flatMap(([name, schema]) => {
    const widget = fieldMeta(schema)?.widget
    return widget === 'person' || widget === 'people' ? [body[name]].flat().filter((id) => typeof id === 'string') : []
  })
}

/** A responsible person or an officer is somebody on record, not any number. */
const unknownPersons = (command: Command, { persons }: DecideContext): Outcome<undefined> => {
  const unknown = personsNamed(command).filter((id) => !persons.has(id))
  if (unknown.length === 0) return ok(undefined)
  return refuse({
    code: 'person-unknown',
    message: `有 ${unknown.length} 个人不在人员名录里，或者不在您的管辖范围`,
    remedy: '从名录中选择；没有登记的，先在人员里登记',
    details: { unknown },
  })
}

const publishing = (command: Command): readonly Effect[] => {
  const files = filesIn(command.body)
  return files.length > 0 ? [{ queue: 'file.publish', data: { files } }] : []
}

/** What was handed over goes on in the mine's register: another tenant, so another command, sent by a job. */
const opening = (command: Command, { actor, today }: DecideContext, events: readonly NewEvent[]): readonly Effect[] =>
  command.act === 'hazard.handOver'
    ? events.map(({ body }) => ({ queue: 'hazard.openInMine', data: { ...body, actor, on: body.on ?? today } }))
    : []

export const hazardCapability: Capability = {
  kind: 'hazard',
  acts: hazardActs.map((act) => `hazard.${act}`),
  tables: ['read.hazard', 'read.hazard_entry', 'read.hazard_past'],
  validate: (act, body) => {
    const transition = transitionOf(nameOf(act))
    return transition
      ? validated(transition.body, body)
      : refuse({ code: 'unknown-act', message: `没有“${act}”这个办理事项`, remedy: '刷新页面后重试' })
  },
  reads: (command) => {
    const mineId = mineIdOf(command) ?? command.tenantId
    const other = namedHazard(command)
    return [
      ...(asksTheMine(command) ? [{ kind: 'mine', tenantId: mineId, streamId: mineId }] : []),
      ...(other ? [{ kind: 'hazard', tenantId: command.tenantId, streamId: other }] : []),
    ]
  },
  filesNamed: ({ body }) => filesIn(body),
  personsNamed,
  series: (command, today) => (begins(command.act) ? `hazard-${today.slice(0, 4)}` : undefined),
  divisionOf: () => undefined,
  decide: (events, command, context) => {
    const hazard = contextOf(command, context)
    if (begins(command.act) && !hazard.mine)
      return refuse({
        code: 'mine-unknown',
        message: '没有登记这座矿，或者不在您的管辖范围',
        remedy: '从名录中选择矿山',
      })
    const decided = decide(fold(events), { act: nameOf(command.act), body: command.body }, hazard)
    if (!decided.ok) return decided
    const absent = absentFiles(command, context)
    if (!absent.ok) return absent
    const strangers = unknownPersons(command, context)
    if (!strangers.ok) return strangers
    const effects = [...publishing(command), ...opening(command, context, decided.value)]
    return ok({ events: decided.value, effects })
  },
  rows: (events, { version }) => {
    const entries = statesOf(events)
    const state = entries.at(-1)?.state
    if (!state) return []
    return [
      { table: 'read.hazard', row: { version, ...hazardRow(state) } },
      { table: 'read.hazard_entry', row: registerEntry(state) },
      { table: 'read.hazard_past', row: pastRow(entries, state) },
    ]
  },
}
