import { z } from 'zod'
import type { StandingPerson, Workplace } from '#domain/importing/kinds/people.ts'
import type { GoodRow } from '#domain/importing/planImport.ts'
import { person } from '#domain/org/person.ts'
import type { ReadScope } from '#server/platform/read.ts'

const workplaceRow = z.object({ id: z.string(), code: z.string().nullable(), name: z.string() })
const personRow = z.object({
  id: z.string(),
  tenant_id: z.string(),
  version: z.number(),
  doc: person,
  name: z.string().nullable(),
  phone: z.string().nullable(),
})

const shownWorkplace = (row: unknown): Workplace => {
  const { id, code, name } = workplaceRow.parse(row)
  return { id, name, ...(code !== null && { code }) }
}

const workplaces = `select t.id, m.code, t.name from read.tenant t left join read.mine m on m.tenant_id = t.tenant_id and m.id = t.id
  where ((t.div >= $1 and t.div < $2) or t.tenant_id = any($3::uuid[]))`

export const workplaceOf = async ({ client, bounds }: ReadScope, id: string): Promise<Workplace | undefined> => {
  const { lo, hi, tenants } = bounds
  const { rows } = await client.query(`${workplaces} and t.tenant_id = $4 and t.id = $4`, [lo, hi, tenants, id])
  return rows.length > 0 ? shownWorkplace(rows[0]) : undefined
}

const saidIn = (rows: readonly GoodRow[], key: string): readonly string[] => [
  ...new Set(rows.flatMap(({ values }) => (typeof values[key] === 'string' ? [values[key]] : []))),
]

/** Mines that the rows name by code or by name. */
export const namedMines = async (
  { client, bounds }: ReadScope,
  rows: readonly GoodRow[],
): Promise<readonly Workplace[]> => {
  const { lo, hi, tenants } = bounds
  const found = await client.query(
    `select m.id, m.code, m.name from read.mine m
     where ((m.div >= $1 and m.div < $2) or m.tenant_id = any($3::uuid[])) and (m.code = any($4::text[]) or m.name = any($5::text[]))`,
    [lo, hi, tenants, saidIn(rows, 'mineCode'), saidIn(rows, 'mineName')],
  )
  return found.rows.map(shownWorkplace)
}

/** Everybody registered there, whoever was erased left out: nothing may be entered under them. */
export const standingPeople = async (
  { client }: ReadScope,
  tenantIds: readonly string[],
): Promise<readonly StandingPerson[]> => {
  const { rows } = await client.query(
    `select p.id, p.tenant_id, h.version, p.doc, s.name, s.phone from read.person p
     join core.stream h on h.tenant_id = p.tenant_id and h.stream_id = p.id
     left join private.person s on s.tenant_id = p.tenant_id and s.person_id = p.id
     where p.tenant_id = any($1::uuid[]) and not coalesce((p.doc ->> 'erased')::boolean, false)
     order by p.active desc, p.id`,
    [tenantIds],
  )
  return rows.map((row) => {
    const { id, tenant_id, version, doc, name, phone } = personRow.parse(row)
    return {
      id,
      tenantId: tenant_id,
      version,
      value: doc,
      ...(name !== null && { name }),
      ...(phone !== null && { phone }),
    }
  })
}
