import pg from 'pg'
import { phraseBank, written } from '#demo/phraseBank.ts'
import { seededRandom } from '#demo/seeded.ts'
import { addDays, daysBetween } from '#domain/calendarDate.ts'
import { registerEntry } from '#domain/register/entry.ts'
import { searchable, termsOf } from '#domain/register/words.ts'
import { statesOf } from '#domain/statistics/past.ts'
import { capabilities } from '#server/open.ts'
import { type ColumnTypes, columnTypes, copyLine, copyLines } from './copyRows.ts'
import { type Province, province, type Stream, timedId } from './district.ts'
import { ownText, type Template, templates } from './histories.ts'

export type Size = { readonly mines: number; readonly hazards: number; readonly seed: number }

const batch = 4_000
const firstDay = '2021-09-15'
const days = 680

const capabilityOf = new Map(capabilities.map((capability) => [capability.kind, capability]))

/** Indexes are built over the whole, as a restore does; keys stay, for they say that nothing lies there twice. */
const withoutIndexes = async (query: (text: string) => Promise<{ rows: { name: string; text: string }[] }>) => {
  const { rows } = await query(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as text
     from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
     where not i.indisprimary and n.nspname || '.' || c.relname in
       ('core.event', 'core.stream', 'read.hazard', 'read.hazard_entry', 'read.hazard_past')`,
  )
  for (const { name } of rows) await query(`drop index ${name}`)
  return async (): Promise<void> => {
    for (const { text } of rows) await query(text)
  }
}

type Lines = Map<string, string[]>

const addLine = (lines: Lines, table: string, line: string): void => {
  const kept = lines.get(table) ?? []
  lines.set(table, kept)
  kept.push(line)
}

type TypesOf = (table: string) => ColumnTypes

/** A stream as lines of its tables: head, events, and the rows that the product's own fold gives. */
const linesOf = (lines: Lines, { kind, tenantId, streamId, div, events }: Stream, typesOf: TypesOf): void => {
  const place = { tenant_id: tenantId, stream_id: streamId, div, kind }
  const add = (table: string, row: Readonly<Record<string, unknown>>) =>
    addLine(lines, table, copyLine(row, typesOf(table)))
  add('core.stream', { ...place, version: events.length })
  for (const { id, version, type, v, body, actor, receivedAt } of events)
    add('core.event', {
      ...place,
      id,
      version,
      type,
      v,
      body,
      role: actor.role,
      account_id: actor.accountId,
      person_id: actor.personId ?? null,
      command_id: id,
      rulebook_version: 'bench',
      received_at: receivedAt,
    })
  const rows = capabilityOf.get(kind)?.rows(events, { tenantId, streamId, version: events.length }) ?? []
  for (const { table, row } of rows) add(table, { ...row, tenant_id: tenantId, id: streamId, div })
}

const marked = { mine: '018a0000-0001-7000-8000-000000000001', stream: '018a0000-0009-7000-8000-000000000001' }
const divMark = '〔区划〕'
const termsMark = '〔键〕'
const wordsMark = '〔词〕'

const entryLine = (line: string, words: string): string =>
  line.replace(`"${termsMark}"`, termsOf(words).join(',')).replace(wordsMark, words.replaceAll('\n', '\\n'))

/** The lines of one history, made once; what is each hazard's own stands in them as marks. */
const pattern = ({ until, events }: Template, typesOf: TypesOf) => {
  const lines: Lines = new Map()
  linesOf(lines, { kind: 'hazard', tenantId: marked.mine, streamId: marked.stream, div: divMark, events }, typesOf)
  const types = typesOf('read.hazard_entry')
  const state = statesOf(events).at(-1)?.state
  if (!state) throw new Error('a history without a state')
  const { words, doc } = registerEntry(state)
  const entry = { tenant_id: marked.mine, id: marked.stream, div: divMark, words: wordsMark, terms: [termsMark], doc }
  lines.set('read.hazard_entry', [copyLine(entry, types)])
  const text = (table: string): string => (lines.get(table) ?? []).join('')
  return { until, length: events.length, words, text: [...lines.keys()].map((table) => [table, text(table)] as const) }
}

/** What the marks stand for must not be taken for a sign of COPY, of an array or of JSON. */
const plain = (text: string): string => {
  if (/["\\{}\t\n\r]/.test(text)) throw new RangeError(`not plain: ${text}`)
  return text
}

/** One hazard's phrase, place, day and mine. */
const hazardAt = (at: number, size: Size, mines: Province['mines'], random: () => number) => {
  const day = Math.floor((at / size.hazards) * days)
  const mine = mines[Math.floor(random() * mines.length)]
  const phrase = phraseBank[Math.floor(random() * phraseBank.length)]
  if (!mine || !phrase) throw new RangeError('no mine, no phrase')
  const elevation = 1_000 + 12 * Math.floor(random() * 12)
  return {
    day,
    mine,
    share: random() * 1_000,
    receivedAt: Date.parse(`${addDays(firstDay, day)}T00:30:00Z`),
    place: plain(written(phrase.place, random, elevation)),
    description: plain(`${phrase.system}：${written(phrase.text, random, elevation)}`),
    measures: plain(phrase.measures),
  }
}

const nth = (kind: number, number: number): string =>
  `018a0000-000${kind}-7000-8000-${String(number).padStart(12, '0')}`

/** Everything of the province, COPYed in: events, heads, and the rows that the product's own folds give. */
export const fill = async (
  adminUrl: string,
  size: Size,
  say: (text: string) => void,
): Promise<Province & { readonly events: number }> => {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    await client.query(`set synchronous_commit = off; set maintenance_work_mem = '512MB'`)
    const restoreIndexes = await withoutIndexes((text) => client.query(text))
    const types = new Map<string, ColumnTypes>()
    const tables = [...new Set(['core.stream', 'core.event', ...capabilities.flatMap((one) => one.tables)])]
    for (const table of tables) types.set(table, await columnTypes(client, table))
    const typesOf: TypesOf = (table) => {
      const known = types.get(table)
      if (!known) throw new Error(`no table ${table}`)
      return known
    }
    const write = async (lines: Lines): Promise<void> => {
      for (const [table, kept] of lines) await copyLines(client, table, kept)
      lines.clear()
    }
    const made = province(size.mines)
    const lines: Lines = new Map()
    for (const stream of made.streams) linesOf(lines, stream, typesOf)
    await write(lines)
    let events = made.streams.length
    const random = seededRandom(size.seed)
    const patterns = templates().map((template) => pattern(template, typesOf))
    const numbers = new Map<string, number>()
    for (let at = 0; at < size.hazards; at += 1) {
      const { day, mine, share, receivedAt, place, description, measures } = hazardAt(at, size, made.mines, random)
      const lived = patterns.find(({ until }) => share < until)
      if (!lived) throw new RangeError('no history')
      const count = (numbers.get(mine.code) ?? 0) + 1
      numbers.set(mine.code, count)
      const number = `${mine.code}-${addDays(firstDay, day).slice(0, 4)}-${String(count).padStart(3, '0')}`
      const names = new Map<string, string>([
        [marked.mine, mine.id],
        [marked.stream, timedId(receivedAt, at + 100_000_000)],
        [nth(4, 1), mine.persons[0] ?? mine.id],
        ...mine.persons.map((person, index): [string, string] => [nth(3, index + 1), person]),
        ...Array.from({ length: lived.length }, (_, index): [string, string] => [
          nth(5, index + 1),
          timedId(receivedAt, at * 16 + index + 1_000_000_000),
        ]),
      ])
      const texts = { '〔部位〕': place, '〔描述〕': description, '〔措施〕': measures, 'F01-2023-001': number }
      const own = { days: day - daysBetween(firstDay, '2023-01-01'), names, texts }
      const words = ownText(lived.words, {
        ...own,
        texts: {
          '〔部位〕': searchable(place),
          '〔描述〕': searchable(description),
          '〔措施〕': searchable(measures),
          'f01-2023-001': searchable(number),
        },
      })
      for (const [table, text] of lived.text) {
        const isEntry = table === 'read.hazard_entry'
        const written = ownText(text, own).replaceAll(divMark, mine.div)
        addLine(lines, table, isEntry ? entryLine(written, words) : written)
      }
      events += lived.length
      if ((at + 1) % batch === 0) await write(lines)
      if ((at + 1) % (batch * 10) === 0) say(`${at + 1} hazards, ${events} events`)
    }
    await write(lines)
    say('indexes')
    await restoreIndexes()
    say('vacuum analyze')
    await client.query('vacuum analyze')
    return { ...made, events }
  } finally {
    await client.end()
  }
}
