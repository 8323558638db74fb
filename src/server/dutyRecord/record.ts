import type { ActDone, MyRecord } from '#contract/dutyRecord.ts'
import { roleTitle, sideOf } from '#domain/access/role.ts'
import { legalDay } from '#domain/calendarDate.ts'
import { actTimeliness } from '#domain/dutyRecord/timeliness.ts'
import type { RecordedEvent } from '#domain/event.ts'
import { fold } from '#domain/hazard/evolve.ts'
import { transitionOf } from '#domain/hazard/transitions.ts'
import { recordWords } from '#domain/ledger/recordWords.ts'
import type { ActRow } from '#server/dutyRecord/queries.ts'

const words = recordWords()

const actName = ({ type }: ActRow): string => type.replace(/^hazard\./, '')

const titleOf = (row: ActRow, together: number): string => {
  // 当场整改 leaves the events of the acts it passes through; it was one act.
  if (row.kind === 'hazard' && together > 1) return transitionOf('reportFixed')?.title ?? row.type
  return transitionOf(actName(row))?.title ?? words.kinds[row.type]?.title ?? row.type
}

type Streams = ReadonlyMap<string, readonly RecordedEvent[]>

const timelinessOf = (row: ActRow, on: string, streams: Streams) => {
  if (row.kind !== 'hazard') return undefined
  const before = (streams.get(row.stream_id) ?? []).slice(0, row.version - 1)
  return actTimeliness(fold(before), { act: actName(row), on, side: sideOf(row.role) })
}

const shown = (rows: readonly ActRow[], streams: Streams): ActDone | undefined => {
  const row = rows.at(-1)
  if (!row) return undefined
  const receivedOn = legalDay(row.received_at)
  const on = row.on ?? receivedOn
  const timeliness = rows.length === 1 ? timelinessOf(row, on, streams) : undefined
  return {
    tenantId: row.tenant_id,
    streamId: row.stream_id,
    version: row.version,
    kind: row.kind,
    title: titleOf(row, rows.length),
    times: 1,
    on,
    receivedAt: row.received_at,
    enteredLater: on !== receivedOn,
    roleTitle: roleTitle(row.role),
    ...(row.number !== null && { number: row.number }),
    ...(row.place !== null && { place: row.place }),
    unitName: row.unit_name ?? '',
    ...timeliness,
    ...(row.leaf_hash !== null && { leafHash: row.leaf_hash }),
  }
}

/** Registers are filled many entries at a time; one line says how many of a kind went into which unit's that day. */
const registers: readonly string[] = [
  'mine',
  'company',
  'organisation',
  'person',
  'mineUnit',
  'permit',
  'account',
  'credentials',
]

const lineOf = (act: ActDone): string =>
  registers.includes(act.kind)
    ? [act.kind, act.title, act.tenantId, act.on].join(' ')
    : [act.tenantId, act.streamId, act.version].join(' ')

const inLines = (acts: readonly ActDone[]): readonly ActDone[] =>
  [...Map.groupBy(acts, lineOf).values()].flatMap((same) => {
    const last = same.at(-1)
    return last ? [{ ...last, times: same.length }] : []
  })

/** One line an act: the events of one command on one record stand together. */
export const actsDone = (rows: readonly ActRow[], streams: Streams): readonly ActDone[] =>
  inLines(
    [...Map.groupBy(rows, (row) => `${row.command_id} ${row.stream_id}`).values()].flatMap(
      (together) => shown(together, streams) ?? [],
    ),
  )

export const countedByKind = (acts: readonly ActDone[]): MyRecord['kinds'] =>
  [...Map.groupBy(acts, ({ title }) => title)]
    .map(([title, same]) => ({
      title,
      times: same.reduce((sum, { times }) => sum + times, 0),
      due: same.filter(({ dueOn }) => dueOn !== undefined).length,
      late: same.filter(({ daysLate = 0 }) => daysLate > 0).length,
    }))
    .sort((a, b) => b.times - a.times || a.title.localeCompare(b.title, 'zh'))
