import { z } from 'zod'
import { bureauOfficers, mineManagement } from '#domain/access/role.ts'
import type { RecordedEvent } from '#domain/event.ts'
import { field } from '#domain/field.ts'
import { withAssigned } from '#domain/hazard/acts/assign.ts'
import { citeCriteria } from '#domain/hazard/acts/judge.ts'
import type { FactLog } from '#domain/hazard/facts.ts'
import {
  contradictionsOf,
  furthestStatus,
  judgedGrade,
  type LedgerRow,
  ledgerRow,
  notYet,
  numberSystems,
} from '#domain/hazard/ledgerRow.ts'
import { entryOf, happened, type Transition } from '#domain/hazard/move.ts'
import { type Entry, type HazardState, unverified } from '#domain/hazard/state.ts'
import { everyStatus } from '#domain/hazard/status.ts'
import { ok, refuse } from '#domain/refusal.ts'

const told = {
  ...ledgerRow,
  mineId: z.uuid().describe('所属矿山'),
  /** What else speaks against the row, found where rows were held against each other. */
  doubts: z.array(z.string().max(300)).max(20).optional(),
  word: field.text('有矛盾仍照收的理由', { max: 300 }).optional(),
}

export const importedBody = z.object(told)
export type Told = z.output<typeof importedBody>

const cited = z.array(z.object({ code: z.string(), packVersion: z.string() }))
const event = z.object({ ...told, number: z.string(), status: z.enum(everyStatus), cited, doubts: z.array(z.string()) })
type Stored = z.output<typeof event>

/** Facts are those that the row tells whole; what it only mentions is no fact (see `claims`). */
const factsOf = (row: Stored, entry: Entry): FactLog => {
  const numbers = (['ledger', 'national', 'provincial'] as const).flatMap((system) => {
    const number = row[`${system}Number`]
    return number === undefined ? [] : [{ ...entry, system: numberSystems[system], number }]
  })
  const { listingLevel: level, listingNumber: document, tracker, listingDeadline: deadline } = row
  const listed = level && document && tracker && deadline && judgedGrade(row) === 'major' && row.state === 'open'
  const { goal, method, resources, organisation, schedule, safeguards } = row
  const planned = goal && method && resources && organisation && schedule && safeguards
  return {
    ...(planned && { plan: [{ ...entry, goal, method, resources, organisation, schedule, safeguards }] }),
    ...(numbers.length > 0 && { externalNumber: numbers }),
    ...(row.spent !== undefined && { progress: [{ ...entry, spent: row.spent }] }),
    ...(listed && { listing: [{ ...entry, level, document, tracker, deadline }] }),
  }
}

const legacyOf = ({ ledgerStatus, category, responsibleUnit, claims, remark, doubts, word }: Stored) => ({
  ledgerStatus,
  category,
  responsibleUnit,
  claims,
  remark,
  doubts,
  word,
})

const rechecksOf = ({ recheckedOn, recheckResult, rechecker }: Stored, entry: Entry): HazardState['rechecks'] =>
  recheckedOn === undefined || recheckResult === undefined
    ? []
    : [
        {
          ...entry,
          on: recheckedOn,
          result: recheckResult,
          officers: rechecker === undefined ? [] : [rechecker],
          findings: '原台账记载',
          papers: [],
        },
      ]

/** The last day the row knows, where a close-out was taken without one. */
const closingOf = (row: Stored, entry: Entry) =>
  row.closedOn === undefined
    ? { ...entry, on: row.recheckedOn ?? row.finishedOn ?? row.on, dayUnknown: true as const }
    : { ...entry, on: row.closedOn }

/** What the row says, laid out as a state; a row of a ledger was written as one, so its parts bear the day of finding. */
const stateOf = (row: Stored, entry: Entry): HazardState => {
  const grade = judgedGrade(row)
  const reached = row.status
  return {
    status: reached,
    number: row.number,
    finding: {
      ...entry,
      mineId: row.mineId,
      source: row.source,
      place: row.place,
      description: row.description,
      photos: [],
      tooDangerous: false,
      suspectedGrade: row.grade,
      suspectedCriteria: row.criteria ?? [],
    },
    ...(grade && { judgement: { ...entry, grade, criteria: row.cited, basis: '原台账记载' } }),
    five: withAssigned({}, row),
    ...(row.deadline !== undefined && { due: row.deadline }),
    ...(row.finishedOn !== undefined &&
      ['accepted', 'rechecked', 'closed'].includes(reached) && {
        acceptance: {
          ...entry,
          on: row.finishedOn,
          conclusion: '原台账记载',
          photos: [],
          notPhotographable: false,
          signedOnPaper: false,
        },
      }),
    rechecks: rechecksOf(row, entry),
    ...(reached === 'closed' && { closing: closingOf(row, entry) }),
    reopenings: [],
    corrections: 0,
    facts: factsOf(row, entry),
    legacy: legacyOf(row),
  }
}

const undated: Entry = { on: '', receivedAt: '', by: { accountId: '', role: 'setup' }, eventId: '' }

/** The status that a row enters with; fixed in the event, so that a later rule moves no old record. */
export const statusOfRow = (row: LedgerRow & Pick<Told, 'mineId'>) =>
  furthestStatus(row, stateOf({ ...row, number: '', status: 'found', cited: [], doubts: [] }, undated))

/**
 * 台账导入: a hazard of a ledger that was kept before this system. It enters in the furthest state whose facts it holds;
 * what the ledger says was verified by nobody here, and stays marked so.
 */
export const imported: Transition = {
  title: '从原有台账转入',
  clause: '安全生产事故隐患排查治理暂行规定 10：建立事故隐患信息档案',
  from: [],
  also: `自相矛盾的行要有人写明照收的理由；转入的都标明${unverified}`,
  leadsTo: '已销号的仍是已销号；没有销号的，进入它所载事实能到的最后一步',
  who: [{ roles: [...mineManagement, ...bureauOfficers] }],
  needs: [],
  body: importedBody,
  decide: (_state, input, context) => {
    const row = importedBody.parse(input)
    if (context.tenantId !== row.mineId)
      return refuse({
        code: 'register-of-another',
        message: '隐患要记在所属矿山的台账里',
        clause: '安全生产法 41',
        remedy: '按矿山分别转入',
      })
    const [coming] = notYet(row, context.today)
    if (coming) return refuse({ code: 'in-the-future', message: coming.reason, remedy: coming.remedy })
    const doubts = [...(row.doubts ?? []), ...contradictionsOf(row).map(({ reason }) => reason)]
    if (doubts.length > 0 && row.word === undefined)
      return refuse({
        code: 'row-contradicts-itself',
        message: `这一行自相矛盾：${doubts.join('；')}`,
        clause: '通知 五(二)：如实记录',
        remedy: '改正后再转入；确实如此的，写明照收的理由',
      })
    const codes = row.criteria ?? []
    const criteria = judgedGrade(row) === 'major' ? citeCriteria(codes, row.on, context) : ok([])
    if (!criteria.ok) return criteria
    const { word, ...rest } = row
    return ok([
      happened('imported', {
        ...rest,
        ...(doubts.length > 0 && { word }),
        doubts,
        cited: criteria.value,
        number: context.number,
        status: statusOfRow(row),
      }),
    ])
  },
  evolve: (_state, recorded: RecordedEvent): HazardState => {
    const row = event.parse(recorded.body)
    return stateOf(row, entryOf(recorded, row.on))
  },
}
