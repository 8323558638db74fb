import { z } from 'zod'
import { maskName, maskPhone } from '#domain/access/mask.ts'
import { person } from '#domain/org/person.ts'
import type { ReadScope } from '#server/platform/read.ts'

const personRow = z.object({
  id: z.string(),
  tenant_id: z.string(),
  version: z.number().nullable(),
  doc: person,
  name: z.string().nullable(),
  phone: z.string().nullable(),
  erased: z.boolean(),
})

/** Undefined for a tenant that is not there, or not for this actor. */
export const peopleOf = async ({ client }: ReadScope, tenantId: string) => {
  const tenant = await client.query('select from read.tenant where tenant_id = $1 and id = $1', [tenantId])
  if (tenant.rowCount === 0) return undefined
  const { rows } = await client.query(
    `select p.id, p.tenant_id, h.version, p.doc, s.name, s.phone,
       coalesce((p.doc ->> 'erased')::boolean, false) as erased from read.person p
     left join private.person s on s.tenant_id = p.tenant_id and s.person_id = p.id
     left join core.stream h on h.tenant_id = p.tenant_id and h.stream_id = p.id
     where p.tenant_id = $1 order by p.active desc, p.post, p.id limit 2000`,
    [tenantId],
  )
  return rows.map((row) => {
    const found = personRow.parse(row)
    return {
      id: found.id,
      tenantId: found.tenant_id,
      ...(found.version !== null && { version: found.version }),
      ...found.doc,
      ...(found.name && { name: maskName(found.name) }),
      ...(found.phone && { phone: maskPhone(found.phone) }),
      ...(found.erased && { erased: true }),
    }
  })
}

export const privatePersonOf = async ({ client }: ReadScope, tenantId: string, personId: string) => {
  const { rows } = await client.query<{ name: string | null; phone: string | null }>(
    'select name, phone from private.person where tenant_id = $1 and person_id = $2',
    [tenantId, personId],
  )
  const found = rows[0]
  return { ...(found?.name && { name: found.name }), ...(found?.phone && { phone: found.phone }) }
}

/** The accounts that stand in a person's name, wherever the actor can see one. */
export const accountsOf = async (
  { client }: ReadScope,
  personId: string,
): Promise<readonly { readonly tenantId: string; readonly id: string }[]> => {
  const { rows } = await client.query<{ tenant_id: string; id: string }>(
    'select tenant_id, id from read.account where person_id = $1 order by tenant_id, id',
    [personId],
  )
  return rows.map(({ tenant_id, id }) => ({ tenantId: tenant_id, id }))
}
