import { type Claims, placeOf } from './claims.ts'
import type { Mend } from './found.ts'
import type { Scene } from './scene.ts'
import { type Place, tellStray } from './strays.ts'
import { nameOf } from './words.ts'

type Mismatch = { readonly tenant_id: string; readonly stream_id: string }

/** Streams whose head does not say what their events say, or whose events have gaps. */
const readMismatches = async ({ db }: Scene): Promise<readonly Mismatch[]> => {
  const { rows } = await db.query<Mismatch>({
    name: 'fsck-streams',
    text: `select tenant_id, stream_id from core.stream s full join (
        select tenant_id, stream_id, count(*) as events, max(version) as last, min(kind) as kind, max(kind) as other
        from core.event group by 1, 2) e using (tenant_id, stream_id)
      where s.version is distinct from e.last or s.kind is distinct from e.kind or e.kind <> e.other or e.events <> e.last`,
  })
  return rows
}

type Standing = {
  readonly tenant_id: string
  readonly stream_id: string
  readonly head: number | null
  readonly head_kind: string | null
  readonly versions: number[] | null
  readonly kinds: string[] | null
}

const readStandings = async ({ db }: Scene, streams: readonly Mismatch[]): Promise<readonly Standing[]> => {
  const { rows } = await db.query<Standing>(
    `select g.tenant_id, g.stream_id, s.version as head, s.kind as head_kind, e.versions, e.kinds
     from unnest($1::uuid[], $2::uuid[]) as g(tenant_id, stream_id)
     left join core.stream s using (tenant_id, stream_id)
     left join lateral (select array_agg(version order by version) as versions, array_agg(kind order by version) as kinds
       from core.event e where e.tenant_id = g.tenant_id and e.stream_id = g.stream_id) e on true`,
    [streams.map(({ tenant_id }) => tenant_id), streams.map(({ stream_id }) => stream_id)],
  )
  return rows
}

const recount = (tenant: string, stream: string, name: string): Mend => ({
  phase: 'streams',
  key: `${tenant} ${stream}`,
  step: `按办理记录重写${name}`,
  run: async ({ db, putAside }) => {
    const { rows } = await db.query<{ right: boolean }>(
      `select s.version = e.last and s.kind = e.kind as right from core.stream s left join (
         select max(version) as last, min(kind) as kind from core.event where tenant_id = $1 and stream_id = $2) e on true
       where s.tenant_id = $1 and s.stream_id = $2`,
      [tenant, stream],
    )
    if (rows[0]?.right) return
    await putAside('core.stream', 'tenant_id = $1 and stream_id = $2', [tenant, stream], 'altered')
    await db.query(
      `insert into core.stream (tenant_id, stream_id, div, kind, version)
       select tenant_id, stream_id, max(div), min(kind), max(version) from core.event where tenant_id = $1 and stream_id = $2 group by 1, 2`,
      [tenant, stream],
    )
  },
})

/** The head of each stream against its events, as they stand once strays are gone and what was is back. */
export const checkStreams = async (scene: Scene, claims: Claims, strays: readonly Place[]): Promise<void> => {
  const strayPlaces = new Set(strays.map(({ tenant, stream, version }) => placeOf(tenant, stream, version)))
  const restored = Map.groupBy(claims.places.values(), ({ line }) => `${line.event.tenant_id} ${line.event.stream_id}`)
  const touched = new Map<string, Mismatch>()
  const touch = (tenant_id: string, stream_id: string): void => {
    touched.set(`${tenant_id} ${stream_id}`, { tenant_id, stream_id })
  }
  for (const { tenant_id, stream_id } of await readMismatches(scene)) touch(tenant_id, stream_id)
  for (const { line } of claims.places.values()) touch(line.event.tenant_id, line.event.stream_id)
  for (const { tenant, stream } of strays) touch(tenant, stream)
  if (touched.size === 0) return
  for (const { tenant_id, stream_id, head, head_kind, versions, kinds } of await readStandings(scene, [
    ...touched.values(),
  ])) {
    const wanted = new Map<number, string>()
    for (const [at, version] of (versions ?? []).entries())
      if (!strayPlaces.has(placeOf(tenant_id, stream_id, version))) wanted.set(version, kinds?.[at] ?? '')
    for (const { line } of restored.get(`${tenant_id} ${stream_id}`) ?? [])
      wanted.set(line.event.version, line.event.kind)
    const place = { table: 'core.stream' as const, tenantId: tenant_id, streamId: stream_id }
    const name = nameOf(place)
    const last = Math.max(0, ...wanted.keys())
    if (last === 0) {
      if (head !== null) tellStray(scene, place, 'tenant_id = $1 and stream_id = $2', [tenant_id, stream_id])
      continue
    }
    const kind = wanted.get(last)
    if (head !== last || head_kind !== kind)
      scene.tell({
        kind: head === null ? 'rowMissing' : 'rowAltered',
        ...place,
        ...(head !== null && {
          columns: [...(head !== last ? ['version'] : []), ...(head_kind !== kind ? ['kind'] : [])],
        }),
        message:
          head === null
            ? `${name}：不在了，应有 ${last} 次办理`
            : `${name}：登记的是 ${head} 次（${head_kind}），办理记录是 ${last} 次（${kind}）`,
        mends: [recount(tenant_id, stream_id, name)],
      })
    if (wanted.size < last)
      scene.tell({
        kind: 'rowMissing',
        ...place,
        table: 'core.event',
        message: `办理记录（单位 ${tenant_id}，记录 ${stream_id}）：应有 ${last} 次，只找到 ${wanted.size} 次`,
      })
  }
}
