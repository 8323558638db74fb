import { z } from 'zod'
import { everyStatus } from '#domain/hazard/status.ts'
import type { LedgerMine, StandingHazard } from '#domain/importing/kinds/hazards.ts'
import type { GoodRow } from '#domain/importing/planImport.ts'
import { type Mine, mine } from '#domain/org/mine.ts'
import type { ReadScope } from '#server/platform/read.ts'

const mineRow = z.object({ id: z.string(), doc: mine, company: z.string().nullable() })
const hazardRow = z.object({
  id: z.string(),
  mine_id: z.string(),
  number: z.string(),
  found_on: z.string(),
  place: z.string().nullable(),
  description: z.string().nullable(),
  grade: z.enum(['major', 'general']).nullable(),
  status: z.enum(everyStatus),
  closed_on: z.string().nullable(),
})

type NamedMine = LedgerMine & { readonly value: Mine }

const shownMine = (row: unknown): NamedMine => {
  const { id, doc, company } = mineRow.parse(row)
  return { id, code: doc.code, name: doc.name, companyName: company ?? undefined, value: doc }
}

const mines = `select m.id, m.doc, c.name as company from read.mine m
  left join read.company c on c.id = m.company_id
  where ((m.div >= $1 and m.div < $2) or m.tenant_id = any($3::uuid[]))`

const saidIn = (rows: readonly GoodRow[], key: string): readonly string[] => [
  ...new Set(rows.flatMap(({ values }) => (typeof values[key] === 'string' ? [values[key]] : []))),
]

export const ledgerMineOf = async ({ client, bounds }: ReadScope, id: string): Promise<NamedMine | undefined> => {
  const { lo, hi, tenants } = bounds
  const { rows } = await client.query(`${mines} and m.tenant_id = $4 and m.id = $4`, [lo, hi, tenants, id])
  return rows.length > 0 ? shownMine(rows[0]) : undefined
}

/** Mines that the rows name by code, by name, or by the name of their company: ledgers often hold the firm alone. */
export const ledgerMines = async (
  { client, bounds }: ReadScope,
  rows: readonly GoodRow[],
): Promise<readonly NamedMine[]> => {
  const { lo, hi, tenants } = bounds
  const names = saidIn(rows, 'mineName')
  const found = await client.query(
    `${mines} and (m.code = any($4::text[]) or m.name = any($5::text[]) or c.name = any($5::text[])) limit 20000`,
    [lo, hi, tenants, saidIn(rows, 'mineCode'), names],
  )
  return found.rows.map(shownMine)
}

/** What these mines' registers hold of the days that the rows name. */
export const standingHazards = async (
  { client }: ReadScope,
  mineIds: readonly string[],
  rows: readonly GoodRow[],
): Promise<readonly StandingHazard[]> => {
  const found = await client.query(
    `select id, mine_id, number, found_on, place, description, grade, status, closed_on from read.hazard
     where tenant_id = any($1::uuid[]) and found_on = any($2::date[]) and not continued order by found_on, number`,
    [mineIds, saidIn(rows, 'on')],
  )
  return found.rows.map((row) => {
    const { id, mine_id, number, found_on, place, description, grade, status, closed_on } = hazardRow.parse(row)
    return {
      id,
      mineId: mine_id,
      number,
      on: found_on,
      place: place ?? undefined,
      description: description ?? undefined,
      grade: grade ?? undefined,
      status,
      closedOn: closed_on ?? undefined,
    }
  })
}
