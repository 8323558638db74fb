import { z } from 'zod'
import type { MineChangeShown, MineFactAsked, MineFactShown } from '#contract/org.ts'
import { type Role, roleNames, roleTitle } from '#domain/access/role.ts'
import { applicability } from '#domain/criteria/applicability.ts'
import type { CriteriaInForce } from '#domain/criteria/inForce.ts'
import { mine as mineSchema } from '#domain/org/mine.ts'
import { lastChangeOfFacts, mineChanges } from '#domain/org/mineChanges.ts'
import { factWords } from '#domain/org/mineFacts.ts'
import type { MineFact } from '#rulebook/mineFact.ts'
import type { ReadScope } from '#server/platform/read.ts'

const entry = z.object({
  version: z.number(),
  at: z.string(),
  role: z.enum(roleNames),
  post: z.string().nullable(),
  value: mineSchema,
})

type Entry = z.output<typeof entry>

/** Every entry of a mine carries its whole value. The post is that of a person within the reader's reach. */
const entries = `select e.version, e.role, p.post, e.body -> 'value' as value,
    to_char(e.received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
  from core.event e left join read.person p on p.id = e.person_id
  where e.tenant_id = $1 and e.stream_id = $1 and e.type = 'mine.changed'`

const changedBy = ({ at, role, post }: { at: string; role: Role; post: string | null }) => ({
  at,
  roleTitle: roleTitle(role),
  ...(post && { post }),
})

const companyNames = async ({ client }: ReadScope, read: readonly Entry[]): Promise<ReadonlyMap<string, string>> => {
  const ids = [...new Set(read.map(({ value }) => value.companyId))]
  const { rows } = await client.query<{ id: string; name: string }>(
    'select id, name from read.company where tenant_id = any($1::uuid[])',
    [ids],
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** 变更记录, newest first; `found` holds one more than the page when another follows. */
export const pageOfChanges = async (
  scope: ReadScope,
  mineId: string,
  {
    before,
    limit,
    facts,
  }: { readonly before: number | undefined; readonly limit: number; readonly facts: readonly MineFact[] },
): Promise<{ readonly found: readonly MineChangeShown[]; readonly total: number }> => {
  // One more to tell that another page follows, and one more again to compare that one with.
  const { rows } = await scope.client.query(
    `${entries} and ($2::int is null or e.version < $2) order by e.version desc limit $3`,
    [mineId, before ?? null, limit + 2],
  )
  const counted = await scope.client.query<{ total: number }>(
    `select count(*)::int as total from core.event where tenant_id = $1 and stream_id = $1 and type = 'mine.changed'`,
    [mineId],
  )
  const read = rows.map((one) => entry.parse(one))
  const names = await companyNames(scope, read)
  const words = { facts, companyName: (id: string) => names.get(id) }
  const found = read.slice(0, limit + 1).map((one, index): MineChangeShown => {
    const earlier = read[index + 1]
    return {
      ...changedBy(one),
      version: one.version,
      first: earlier === undefined,
      changes: mineChanges(earlier?.value, one.value, words).map((change) => ({ ...change })),
    }
  })
  return { found, total: counted.rows[0]?.total ?? 0 }
}

export const asked = (fact: MineFact): MineFactAsked => ({
  key: fact.key,
  title: fact.title,
  question: fact.question,
  mineTypes: [...fact.mineTypes],
  kind: fact.kind,
  ...(fact.kind === 'number' && { unit: fact.unit }),
  ...(fact.kind === 'choice' && { options: { ...fact.options } }),
  ...(fact.kind === 'yesNo' && { options: { true: fact.yes, false: fact.no } }),
})

/** What the criteria ask of this mine, what was answered, by whom, and what follows. Undefined where there is no mine. */
export const factsOf = async (
  { client }: ReadScope,
  mineId: string,
  catalogue: readonly MineFact[],
  { packs }: CriteriaInForce,
): Promise<MineFactShown[] | undefined> => {
  const { rows } = await client.query(`${entries} order by e.version`, [mineId])
  const read = rows.map((one) => entry.parse(one))
  const mine = read.at(-1)?.value
  if (!mine) return undefined
  const last = lastChangeOfFacts(read.map(({ value }) => value))
  const ruledOut = packs.flatMap(({ criteria }) =>
    criteria.flatMap((criterion) => {
      const applied = applicability({ criterion }, mine, catalogue)
      return applied.applies === false ? applied.because.map(({ key }) => ({ key, code: criterion.code })) : []
    }),
  )
  return catalogue
    .filter(({ mineTypes }) => mineTypes.includes(mine.mineType))
    .map((fact): MineFactShown => {
      const value = mine.facts[fact.key]
      const source = mine.factSources?.[fact.key]
      const changed = read[last.get(fact.key) ?? -1]
      return {
        ...asked(fact),
        ...(value !== undefined && { value }),
        words: factWords(fact, value),
        ...(source && { source }),
        ...(changed && { changed: changedBy(changed) }),
        rulesOut: ruledOut.filter(({ key }) => key === fact.key).map(({ code }) => code),
      }
    })
}
