import { z } from 'zod'
import { type MinesFound, minesFound, type StandingCompany } from '#domain/importing/kinds/mines.ts'
import type { GoodRow } from '#domain/importing/planImport.ts'
import { mine } from '#domain/org/mine.ts'
import type { ReadScope } from '#server/platform/read.ts'

const mineRow = z.object({ id: z.string(), version: z.number(), doc: mine })
const companyRow = z.object({ id: z.string(), name: z.string(), credit_code: z.string() })

const valuesOf = (rows: readonly GoodRow[], key: string): readonly string[] => [
  ...new Set(rows.flatMap(({ values }) => (typeof values[key] === 'string' ? [values[key]] : []))),
]

/** The mines and companies that the rows may mean, as far as the actor reaches. */
export const standingMines = async (
  { client, bounds }: ReadScope,
  rows: readonly GoodRow[],
): Promise<{
  readonly mines: MinesFound
  readonly companies: ReadonlyMap<string, StandingCompany>
  readonly companyNames: ReadonlyMap<string, string>
}> => {
  const { lo, hi, tenants } = bounds
  const mines = await client.query(
    `select m.id, m.doc, h.version from read.mine m
     join core.stream h on h.tenant_id = m.tenant_id and h.stream_id = m.id
     where ((m.div >= $1 and m.div < $2) or m.tenant_id = any($3::uuid[])) and (m.code = any($4::text[]) or m.name = any($5::text[]))`,
    [lo, hi, tenants, valuesOf(rows, 'code'), valuesOf(rows, 'name')],
  )
  const found = mines.rows.map((row) => mineRow.parse(row))
  const companies = await client.query(
    `select c.id, c.name, c.credit_code from read.company c
     where ((c.div >= $1 and c.div < $2) or c.tenant_id = any($3::uuid[])) and (c.credit_code = any($4::text[]) or c.id = any($5::uuid[]))`,
    [lo, hi, tenants, valuesOf(rows, 'creditCode'), found.map(({ doc }) => doc.companyId)],
  )
  const named = companies.rows.map((row) => companyRow.parse(row))
  return {
    mines: minesFound(found.map(({ id, version, doc }) => ({ id, version, value: doc }))),
    companies: new Map(named.map(({ id, name, credit_code }) => [credit_code, { id, name }])),
    companyNames: new Map(named.map(({ id, name }) => [id, name])),
  }
}
