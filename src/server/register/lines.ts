import { z } from 'zod'
import type { RegisterRow } from '#contract/register.ts'
import { daysBetween } from '#domain/calendarDate.ts'
import { sourceTitles } from '#domain/hazard/source.ts'
import { grades, type HazardStatus, statuses } from '#domain/hazard/status.ts'
import { mineTypes } from '#domain/org/mine.ts'
import {
  type Cells,
  type CellValue,
  type ColumnKey,
  columns,
  foundByTitles,
  originTitles,
  stopTitles,
} from '#domain/register/columns.ts'
import type { Rulebook } from '#rulebook/rulebook.ts'
import { noDeadline } from '#server/register/order.ts'

const statusNames = Object.keys(statuses) as [HazardStatus, ...HazardStatus[]]
const sourceNames = Object.keys(sourceTitles) as [keyof typeof sourceTitles, ...(keyof typeof sourceTitles)[]]
const mineTypeNames = Object.keys(mineTypes) as [keyof typeof mineTypes, ...(keyof typeof mineTypes)[]]

const keptCell = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])

const line = z.object({
  tenant_id: z.string(),
  id: z.string(),
  number: z.string(),
  mine_id: z.string(),
  status: z.enum(statusNames),
  grade: z.enum(['major', 'general']).nullable(),
  source: z.enum(sourceNames),
  found_by: z.enum(['mine', 'department']),
  found_on: z.string(),
  photo: z.string().nullable(),
  place: z.string().nullable(),
  description: z.string().nullable(),
  criteria: z.array(z.string()),
  due_on: z.string().nullable(),
  clock_runs: z.boolean(),
  closed_on: z.string().nullable(),
  progress_percent: z.number().nullable(),
  funds_planned: z.number().nullable(),
  funds_spent: z.number().nullable(),
  repeated: z.boolean(),
  stop: z.enum(['partial', 'whole']).nullable(),
  legacy: z.boolean(),
  doc: z.record(z.string(), keptCell).nullable(),
  mine_code: z.string().nullable(),
  mine_name: z.string().nullable(),
  mine_type: z.enum(mineTypeNames).nullable(),
  township: z.string().nullable(),
  company_name: z.string().nullable(),
  credit_code: z.string().nullable(),
})

export type Line = z.infer<typeof line>

/** What a line takes from read.hazard; the outer statement adds mine, company and the rest of the entry. */
export const hazardColumns = `h.tenant_id, h.id, h.number, h.mine_id, h.status, h.grade, h.source, h.found_by, h.found_on, h.photo, h.place,
  h.description, h.criteria, h.due_on, h.clock_runs, h.closed_on, h.progress_percent, h.funds_planned, h.funds_spent, h.repeated,
  h.stop, h.legacy`

export const lineColumns = `h.*, e.doc, m.code as mine_code, m.name as mine_name, m.mine_type, m.doc ->> 'township' as township,
  c.name as company_name, c.credit_code`

export const lineJoins = `left join read.hazard_entry e on e.tenant_id = h.tenant_id and e.id = h.id
  left join read.mine m on m.tenant_id = h.mine_id and m.id = h.mine_id
  left join read.company c on c.tenant_id = m.company_id and c.id = m.company_id`

export const readLine = (row: unknown): Line => line.parse(row)

const overdueDays = ({ clock_runs, due_on }: Line, today: string): number =>
  clock_runs && due_on !== null ? Math.max(0, daysBetween(due_on, today)) : 0

type Reader = (row: Line, today: string) => CellValue | undefined

/** Columns that stand in the row itself, or beside it; all others stand in the entry's document. */
const rowCells: { readonly [K in ColumnKey]?: Reader } = {
  number: ({ number }) => number,
  mineName: ({ mine_name }) => mine_name,
  companyName: ({ company_name }) => company_name,
  creditCode: ({ credit_code }) => credit_code,
  mineType: ({ mine_type }) => mine_type && mineTypes[mine_type],
  township: ({ township }) => township,
  grade: ({ grade }) => grade && grades[grade],
  status: ({ status }) => statuses[status],
  overdueDays: (row, today) => overdueDays(row, today) || null,
  criteria: ({ criteria }) => criteria.join('、'),
  place: ({ place }) => place,
  description: ({ description }) => description,
  foundOn: ({ found_on }) => found_on,
  source: ({ source }) => sourceTitles[source],
  foundBy: ({ found_by }) => foundByTitles[found_by],
  stop: ({ stop }) => stop && stopTitles[stop],
  fundsPlanned: ({ funds_planned }) => funds_planned,
  fundsSpent: ({ funds_spent }) => funds_spent,
  due: ({ due_on }) => due_on,
  progress: ({ progress_percent }) => progress_percent,
  closedOn: ({ closed_on }) => closed_on,
  repeated: ({ repeated }) => repeated || null,
  origin: ({ legacy }) => (legacy ? originTitles.legacy : originTitles.here),
}

const isId = (text: string): boolean => /^[0-9a-f]{8}-[0-9a-f]{4}-/.test(text)

/** Persons that the asked columns of a line name. */
export const personsOf = ({ doc }: Line, keys: readonly ColumnKey[]): readonly string[] =>
  keys
    .filter((key) => columns[key].kind === 'people')
    .flatMap((key) => doc?.[key] ?? [])
    .filter((one): one is string => typeof one === 'string' && isId(one))

/** Posts by person; who cannot be seen from here is shown by no more than that. */
export type Posts = ReadonlyMap<string, string>

const postsIn = (kept: readonly string[], posts: Posts): string =>
  kept.map((one) => (isId(one) ? (posts.get(one) ?? '（管辖外人员）') : one)).join('、')

/** What a line is shown with, besides itself. */
export type Shown = {
  readonly today: string
  readonly posts: Posts
  /** Document numbers of the packs of criteria, by the pack's id. */
  readonly documents: ReadonlyMap<string, string>
}

/** minean-2022-88@837305b71f87 → 矿安〔2022〕88号（837305b7）: the paper, and which wording of our copy judged. */
const packsIn = (kept: string, { documents }: Shown): string =>
  kept.replace(/([\w-]+)@([0-9a-f]{8})[0-9a-f]*/g, (whole, id: string, digest: string) => {
    const document = documents.get(id)
    return document === undefined ? whole : `${document}（${digest}）`
  })

const cellOf = (row: Line, key: ColumnKey, given: Shown): CellValue => {
  const read = rowCells[key]
  if (read) return read(row, given.today) ?? null
  const kept = row.doc?.[key]
  if (kept === undefined) return null
  if (typeof kept === 'object') return postsIn(kept, given.posts)
  return key === 'criteriaVersion' ? packsIn(String(kept), given) : kept
}

export const cellsOf = (row: Line, keys: readonly ColumnKey[], given: Shown): Cells =>
  Object.fromEntries(keys.map((key) => [key, cellOf(row, key, given)]))

export const shownRow = (row: Line, keys: readonly ColumnKey[], given: Shown): RegisterRow => {
  const late = overdueDays(row, given.today)
  return {
    tenantId: row.tenant_id,
    id: row.id,
    mineId: row.mine_id,
    status: row.status,
    ...(row.grade && { grade: row.grade }),
    ...(late > 0 && { overdueDays: late }),
    legacy: row.legacy,
    repeated: row.repeated,
    ...(row.photo && { thumb: row.photo }),
    cells: cellsOf(row, keys, given),
  }
}

export const documentsOf = ({ packs }: Pick<Rulebook, 'packs'>): Shown['documents'] =>
  new Map(packs.map(({ id, documentNumber }) => [id, documentNumber]))

/** The key of a line in each order, for the cursor. */
export const keyOfLine = {
  found: ({ found_on, id }: Line) => [found_on, id],
  due: ({ due_on, id }: Line) => [due_on ?? noDeadline, id],
  number: ({ number, id }: Line) => [number, id],
  mine: ({ mine_code, mine_id, found_on, id }: Line) => [mine_code ?? '', mine_id, found_on, id],
} as const
