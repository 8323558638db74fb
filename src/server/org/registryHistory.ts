import { z } from 'zod'
import type { RegistryChangeShown } from '#contract/registryHistory.ts'
import { roleNames, roleTitle } from '#domain/access/role.ts'
import { namedIn, registryChanges, type ToldRegistry } from '#domain/org/registryChanges.ts'
import type { PermitKind } from '#rulebook/permitKind.ts'
import type { ReadScope } from '#server/platform/read.ts'

const entry = z.object({
  version: z.number(),
  at: z.string(),
  type: z.string(),
  role: z.enum(roleNames),
  post: z.string().nullable(),
  value: z.record(z.string(), z.unknown()).nullable(),
})

type Entry = z.output<typeof entry>

/** Records of a person's stream that are no entries. What was given as reason may hold a name, and is not told here. */
const otherTitles: Readonly<Record<string, string>> = {
  'person.reveal': '显示过姓名和手机',
  'person.erased': '删除了个人信息',
}

type Where = { readonly tenantId: string; readonly kind: ToldRegistry; readonly id: string }

const namesIn = async (
  { client }: ReadScope,
  tenantId: string,
  entries: readonly Entry[],
): Promise<ReadonlyMap<string, string>> => {
  const ids = [...new Set(entries.flatMap(({ value }) => (value ? namedIn(value) : [])))]
  if (ids.length === 0) return new Map()
  const { rows } = await client.query<{ id: string; name: string }>(
    `select id, name from read.mine_unit where tenant_id = $1 and id = any($2::uuid[])
     union all select id, post from read.person where tenant_id = $1 and id = any($2::uuid[])`,
    [tenantId, ids],
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** 变更记录 of one entry of a registry, newest first: every event carries the whole value, so nothing else is asked. */
export const historyOf = async (
  scope: ReadScope,
  { tenantId, kind, id }: Where,
  {
    before,
    limit,
    permitKinds,
  }: { readonly before: number | undefined; readonly limit: number; readonly permitKinds: readonly PermitKind[] },
): Promise<{ readonly found: readonly RegistryChangeShown[]; readonly total: number }> => {
  const where = 'e.tenant_id = $1 and e.stream_id = $2 and e.kind = $3'
  const { rows } = await scope.client.query(
    `select e.version, e.type, e.role, p.post, e.body -> 'value' as value,
       to_char(e.received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
     from core.event e left join read.person p on p.id = e.person_id
     where ${where} and ($4::int is null or e.version < $4) order by e.version desc limit $5`,
    [tenantId, id, kind, before ?? null, limit + 1],
  )
  const counted = await scope.client.query<{ total: number }>(
    `select count(*)::int as total from core.event e where ${where}`,
    [tenantId, id, kind],
  )
  const read = rows.map((one) => entry.parse(one))
  const oldest = read.at(-1)?.version
  // What the last line is compared with: the entry before it, however many other records lie between.
  const earlier = await scope.client.query<{ value: Record<string, unknown> }>(
    `select e.body -> 'value' as value from core.event e
     where ${where} and e.version < $4 and e.type = $5 order by e.version desc limit 1`,
    [tenantId, id, kind, oldest ?? 0, `${kind}.changed`],
  )
  const names = await namesIn(scope, tenantId, read)
  const words = { permitKinds, nameOf: (one: string) => names.get(one) }
  const found = read.map((one, index): RegistryChangeShown => {
    const by = { at: one.at, roleTitle: roleTitle(one.role), ...(one.post && { post: one.post }), version: one.version }
    if (!one.value) return { ...by, title: otherTitles[one.type] ?? one.type, first: false, changes: [] }
    const previous =
      read.slice(index + 1).find(({ value }) => value !== null)?.value ?? earlier.rows[0]?.value ?? undefined
    const changes = registryChanges(kind, previous ?? undefined, one.value, words)
    return { ...by, first: previous === undefined, changes: changes.map((change) => ({ ...change })) }
  })
  return { found, total: counted.rows[0]?.total ?? 0 }
}
