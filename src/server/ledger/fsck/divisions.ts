import type { Queries } from '#server/ledger/tiles.ts'
import { placeOf } from './claims.ts'
import type { Mend } from './found.ts'
import type { Scene } from './scene.ts'
import type { SealedRecord } from './sealedRecord.ts'
import type { Truth } from './truth.ts'
import { nameOf } from './words.ts'

type Home = { readonly tenant_id: string; readonly version: number; readonly div: string }

/** Where each tenant lies and has lain, as its own events say: the one column of a record that no leaf commits to. */
export type Divisions = {
  readonly homes: readonly Home[]
  /** All divisions that the record's tenant has lain in, and the one that stands in the record. */
  readonly of: (record: SealedRecord) => ReadonlySet<string>
}

const readHomes = async (db: Queries): Promise<readonly Home[]> => {
  const { rows } = await db.query<Home>({
    name: 'fsck-homes',
    text: `select tenant_id, version, body -> 'value' ->> 'div' as div from core.event
        where tenant_id = stream_id and type like '%.changed' and body -> 'value' ? 'div'`,
  })
  return rows
}

export const readDivisions = async ({ db }: Scene): Promise<Divisions> => {
  const homes = await readHomes(db)
  const history = Map.groupBy(homes, ({ tenant_id }) => tenant_id)
  return {
    homes,
    of: (record) => {
      if (record.kind !== 'act') return new Set()
      const { tenant_id, div } = record.line.event
      return new Set([div, ...(history.get(tenant_id) ?? []).map((home) => home.div)])
    },
  }
}

const registered = (body: unknown): string | undefined => {
  if (typeof body !== 'object' || body === null || !('value' in body)) return undefined
  const { value } = body
  if (typeof value !== 'object' || value === null || !('div' in value)) return undefined
  return typeof value.div === 'string' ? value.div : undefined
}

/** Where the tenants lie now: by the last event of each that stands, what is to be put back counting as standing. */
const standing = (
  homes: readonly Home[],
  truths: readonly Truth[],
  strays: ReadonlySet<string>,
): Map<string, string> => {
  const restored = truths.flatMap(({ line: { event } }): Home[] => {
    const div = event.tenant_id === event.stream_id ? registered(event.body) : undefined
    return div === undefined ? [] : [{ tenant_id: event.tenant_id, version: event.version, div }]
  })
  const last = new Map<string, Home>()
  const sound = homes.filter(({ tenant_id, version }) => !strays.has(placeOf(tenant_id, tenant_id, version)))
  for (const home of [...sound, ...restored])
    if ((last.get(home.tenant_id)?.version ?? 0) <= home.version) last.set(home.tenant_id, home)
  return new Map([...last].map(([tenant, { div }]) => [tenant, div]))
}

/** A mine whose move is under way: a job still has to take its records along. */
const movingNow = async ({ db }: Scene): Promise<readonly string[]> => {
  const { rows: there } = await db.query<{ there: boolean }>(`select to_regclass('pgboss.job') is not null as there`)
  if (!there[0]?.there) return []
  const { rows } = await db.query<{ tenant: string }>(
    `select distinct data ->> 'tenantId' as tenant from pgboss.job where name = 'mine.moveDivision' and state < 'completed'`,
  )
  return rows.map(({ tenant }) => tenant)
}

const routedTables = ['core.event', 'core.stream', 'core.command', 'private.leaf_salt'] as const

const keysOf: Readonly<Record<(typeof routedTables)[number], string>> = {
  'core.event': 't.stream_id, t.version, null::uuid as id',
  'core.stream': 't.stream_id, null::int as version, null::uuid as id',
  'core.command': 'null::uuid as stream_id, null::int as version, t.id',
  'private.leaf_salt': 't.stream_id, t.version, null::uuid as id',
}

const misrouted = routedTables
  .map(
    (table) =>
      `select '${table}' as table, t.tenant_id, ${keysOf[table]}, t.div, h.div as home from ${table} t join home h using (tenant_id) where t.div <> h.div`,
  )
  .join(' union all ')

/** So many are named. */
const named = 1_000

const putRight = (tenant: string, div: string): Mend => ({
  phase: 'divisions',
  key: tenant,
  step: `单位 ${tenant} 的记录改回所在区划 ${div}`,
  run: async ({ db }) => {
    for (const table of routedTables)
      await db.query(`update ${table} set div = $2 where tenant_id = $1 and div <> $2`, [tenant, div])
  },
})

type Misrouted = {
  readonly table: (typeof routedTables)[number]
  readonly tenant_id: string
  readonly stream_id: string | null
  readonly version: number | null
  readonly id: string | null
  readonly div: string
  readonly home: string
}

/** Rows that lie in another division than their tenant: somebody would see them who should not, or no longer. */
export const checkDivisions = async (
  scene: Scene,
  { homes }: Divisions,
  truths: readonly Truth[],
  strays: ReadonlySet<string>,
): Promise<void> => {
  const moving = new Set(await movingNow(scene))
  const now = [...standing(homes, truths, strays)].filter(([tenant]) => !moving.has(tenant))
  const { rows } = await scene.db.query<Misrouted>({
    name: 'fsck-misrouted',
    text: `with home as (select * from unnest($1::uuid[], $2::text[]) as h(tenant_id, div)) ${misrouted} limit ${named}`,
    values: [now.map(([tenant]) => tenant), now.map(([, div]) => div)],
  })
  for (const { table, tenant_id, stream_id, version, id, div, home } of rows) {
    if (stream_id !== null && version !== null && strays.has(placeOf(tenant_id, stream_id, version))) continue
    const place = {
      table,
      tenantId: tenant_id,
      ...(stream_id !== null && { streamId: stream_id }),
      ...(version !== null && { version }),
      ...(id !== null && { commandId: id }),
    }
    scene.tell({
      kind: 'rowAltered',
      ...place,
      columns: ['div'],
      message: `${nameOf(place)}：所在区划写的是 ${div}，单位登记在 ${home}`,
      mends: [putRight(tenant_id, home)],
    })
  }
}
