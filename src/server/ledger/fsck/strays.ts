import { type Claims, commandKey, placeOf } from './claims.ts'
import type { CheckedTable, FindingPlace } from './finding.ts'
import { isSignedReceipt, wholeReceipt } from './receiptFault.ts'
import type { Scene } from './scene.ts'
import { nameOf } from './words.ts'

export type Place = { readonly tenant: string; readonly stream: string; readonly version: number }

/** A row that nothing sealed and nothing signed: named, and put aside by a repair, never dropped. */
export const tellStray = (
  scene: Scene,
  place: FindingPlace & { readonly table: CheckedTable },
  where: string,
  values: readonly unknown[],
): void => {
  const name = nameOf(place)
  scene.tell({
    kind: 'rowAlien',
    ...place,
    message: `${name}：没有封存，也没有签过回执，不是系统写入的`,
    mends: [
      {
        phase: 'strays',
        key: `${place.table} ${values.join(' ')}`,
        step: `移入隔离区：${name}`,
        run: ({ putAside }) => putAside(place.table, where, values, 'alien'),
      },
    ],
  })
}

export const atPlace = 'tenant_id = $1 and stream_id = $2 and version = $3'

/** Events that nothing vouches for, each with its salt; and their commands, where those have no other event. */
export const tellStrayEvents = async (scene: Scene, places: readonly Place[], claims: Claims): Promise<void> => {
  if (places.length === 0) return
  const altered = alteredPlaces(claims)
  const keys = [
    places.map(({ tenant }) => tenant),
    places.map(({ stream }) => stream),
    places.map(({ version }) => version),
    altered.map(({ tenant }) => tenant),
    altered.map(({ stream }) => stream),
    altered.map(({ version }) => version),
  ]
  const { rows } = await scene.db.query<{
    tenant_id: string
    stream_id: string
    version: number
    command_id: string
    salted: boolean
    alone: boolean
  }>(
    `with stray as (
       select e.* from (select distinct * from unnest($1::uuid[], $2::uuid[], $3::int[])) as g(tenant_id, stream_id, version)
       join core.event e using (tenant_id, stream_id, version)
     ), no_longer as (
       select tenant_id, stream_id, version from stray
       union all select * from unnest($4::uuid[], $5::uuid[], $6::int[])
     )
     select e.tenant_id, e.stream_id, e.version, e.command_id,
       exists (select from private.leaf_salt s where s.tenant_id = e.tenant_id and s.stream_id = e.stream_id and s.version = e.version) as salted,
       not exists (select from core.event x where x.tenant_id = e.tenant_id and x.command_id = e.command_id
         and not exists (select from no_longer y where y.tenant_id = x.tenant_id and y.stream_id = x.stream_id and y.version = x.version)) as alone
     from stray e`,
    keys,
  )
  const told = new Set<string>()
  for (const { tenant_id: tenantId, stream_id: streamId, version, command_id: commandId, salted, alone } of rows) {
    const values = [tenantId, streamId, version]
    tellStray(scene, { table: 'core.event', tenantId, streamId, version, commandId }, atPlace, values)
    if (salted) tellStray(scene, { table: 'private.leaf_salt', tenantId, streamId, version }, atPlace, values)
    const key = commandKey(tenantId, commandId)
    if (!alone || told.has(key) || claims.commands.has(key)) continue
    told.add(key)
    tellCommand(scene, tenantId, commandId)
  }
}

/** Where what stands is not what was sealed: which command an event there names says nothing. */
const alteredPlaces = ({ places }: Claims): readonly Place[] =>
  [...places.values()].map(({ line: { event } }) => ({
    tenant: event.tenant_id,
    stream: event.stream_id,
    version: event.version,
  }))

const tellCommand = (scene: Scene, tenantId: string, commandId: string): void =>
  tellStray(scene, { table: 'core.command', tenantId, commandId }, 'tenant_id = $1 and id = $2', [tenantId, commandId])

/** Salts that open no event. */
export const tellLoneSalts = async (scene: Scene, claims: Claims): Promise<void> => {
  const { rows } = await scene.db.query<{ tenant_id: string; stream_id: string; version: number }>({
    name: 'fsck-lone-salts',
    text: `select s.tenant_id, s.stream_id, s.version from private.leaf_salt s where not exists (
      select from core.event e where e.tenant_id = s.tenant_id and e.stream_id = s.stream_id and e.version = s.version)`,
  })
  for (const { tenant_id: tenantId, stream_id: streamId, version } of rows)
    if (!claims.places.has(placeOf(tenantId, streamId, version)))
      tellStray(scene, { table: 'private.leaf_salt', tenantId, streamId, version }, atPlace, [
        tenantId,
        streamId,
        version,
      ])
}

/** Commands behind which there is no event. One that was carried out and changed nothing has a signed receipt all the same. */
export const tellLoneCommands = async (scene: Scene, claims: Claims): Promise<void> => {
  const altered = alteredPlaces(claims)
  const { rows } = await scene.db.query<{ tenant_id: string; id: string; receipt: unknown }>({
    name: 'fsck-lone-commands',
    text: `with altered as (
        select e.* from unnest($1::uuid[], $2::uuid[], $3::int[]) as g(tenant_id, stream_id, version)
        join core.event e using (tenant_id, stream_id, version)
      )
      select c.tenant_id, c.id, c.receipt from core.command c where not exists (
        select from core.event e where e.tenant_id = c.tenant_id and e.command_id = c.id)
      union select c.tenant_id, c.id, c.receipt from altered a
      join core.command c on c.tenant_id = a.tenant_id and c.id = a.command_id
      where not exists (
        select from core.event e where e.tenant_id = c.tenant_id and e.command_id = c.id and not exists (
          select from altered b where b.tenant_id = e.tenant_id and b.stream_id = e.stream_id and b.version = e.version))`,
    values: [
      altered.map(({ tenant }) => tenant),
      altered.map(({ stream }) => stream),
      altered.map(({ version }) => version),
    ],
  })
  for (const { tenant_id, id, receipt: given } of rows) {
    if (claims.commands.has(commandKey(tenant_id, id))) continue
    const receipt = wholeReceipt(given)
    const nothingDone = receipt?.events.length === 0 && receipt.commandId === id && receipt.tenantId === tenant_id
    if (!nothingDone || !isSignedReceipt(receipt, scene.keys)) tellCommand(scene, tenant_id, id)
  }
}
