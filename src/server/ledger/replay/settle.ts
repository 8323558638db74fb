import { z } from 'zod'
import { erased } from '#domain/org/erasure.ts'
import type { Queries } from '#server/ledger/tiles.ts'
import { erasePerson } from '#server/platform/erasePerson.ts'
import { readCaptured } from '#server/platform/files/captured.ts'
import { createFileStore } from '#server/platform/files/fileStore.ts'
import { recognise } from '#server/platform/files/recognise.ts'
import { eventsIn, recordedEvent } from '#server/platform/load.ts'
import { rebuild } from '#server/platform/rebuild/rebuild.ts'
import type { Capability } from '#server/platform/stream.ts'

/** What a replay put back and what it could not, in numbers. */
export type Settled = {
  readonly rows: number
  /** Persons on record whose name and phone may have been given since: they lie in no event. */
  readonly names: number
  /** Accounts whose login or password was set since. */
  readonly logins: number
  readonly filesFound: number
  readonly filesGone: number
  /** Handed over to a mine's register, where nothing was opened yet. */
  readonly unopened: number
  readonly erasedAgain: number
}

/** The part of the log that was replayed. */
export const part = z.object({ log: z.number(), from: z.number(), to: z.number() })
export type Part = z.infer<typeof part>

const replayed = `(select distinct o.tenant, o.subject, o.version from ledger.entry n join ledger.outbox o on o.id = n.outbox_id
  where n.log = $1 and n.idx >= $2 and n.idx < $3)`

const eventsReplayed = `${replayed} r join core.event e on e.tenant_id = r.tenant and e.stream_id = r.subject and e.version = r.version`

const valuesOf = ({ log, from, to }: Part): number[] => [log, from, to]

/** Names unique across all tenants, as the streams' events have them now. */
const settleClaims = async (db: Queries, capabilities: readonly Capability[], which: Part): Promise<void> => {
  for (const { kind, claims } of capabilities) {
    if (!claims) continue
    const { rows } = await db.query<{ tenant_id: string; stream_id: string; div: string; events: unknown[] }>(
      `select s.tenant_id, s.stream_id, s.div, ${eventsIn('s.tenant_id', 's.stream_id')} as events
       from core.stream s where s.kind = $4
         and (s.tenant_id, s.stream_id) in (select tenant, subject from ${replayed} r)`,
      [...valuesOf(which), kind],
    )
    const held = rows.map((row) => ({ ...row, claims: claims(row.events.map(recordedEvent)) }))
    // All are released before any is taken: a name may have gone from one to another.
    for (const one of held)
      await db.query('delete from core.claim where tenant_id = $1 and stream_id = $2', [one.tenant_id, one.stream_id])
    for (const one of held)
      for (const claim of one.claims)
        await db.query(
          'insert into core.claim (kind, value, tenant_id, div, stream_id) values ($1, $2, $3, $4, $5) on conflict (kind, value) do nothing',
          [claim.kind, claim.value, one.tenant_id, one.div, one.stream_id],
        )
  }
}

/** A mine that moved has its records with it: the job that took them along is lost with the old database. */
const settleDivisions = async (db: Queries, which: Part): Promise<void> => {
  const { rows } = await db.query<{ tenant_id: string; div: string }>(
    `select s.tenant_id, s.div from core.stream s where s.tenant_id = s.stream_id
       and s.tenant_id in (select tenant from ${replayed} r)`,
    valuesOf(which),
  )
  for (const { tenant_id, div } of rows) await db.query('select core.move_to_division($1, $2)', [tenant_id, div])
}

/** Whoever was erased since stays erased, though the older database still had the name. */
const eraseAgain = async (db: Queries, which: Part): Promise<number> => {
  const { rows } = await db.query<{ tenant_id: string; stream_id: string; version: number; body: unknown }>(
    `select e.tenant_id, e.stream_id, e.version, e.body from ${eventsReplayed} where e.type = 'person.erased'`,
    valuesOf(which),
  )
  for (const { tenant_id, stream_id, version, body } of rows)
    for (const statement of erasePerson({
      tenantId: tenant_id,
      personId: stream_id,
      upTo: version - 1,
      accounts: erased.parse(body).accounts,
    }))
      await db.query(statement)
  return rows.length
}

type NamedFile = {
  readonly tenant_id: string
  readonly sha256: string
  readonly div: string
  readonly account_id: string
  readonly received_at: Date
}

/** Files lie on disk under their own hash: who may see one is told by the event that names it. */
const settleFiles = async (db: Queries, dataDir: string, which: Part): Promise<{ found: number; gone: number }> => {
  const store = await createFileStore(dataDir)
  const { rows } = await db.query<NamedFile>(
    `select distinct on (e.tenant_id, m.found[1]) e.tenant_id, m.found[1] as sha256, e.div, e.account_id, e.received_at
     from ${eventsReplayed} cross join regexp_matches(e.body::text, '"([0-9a-f]{64})"', 'g') as m(found)
     where not exists (select from core.file f where f.tenant_id = e.tenant_id and f.sha256 = m.found[1])
     order by e.tenant_id, m.found[1], e.received_at`,
    valuesOf(which),
  )
  let found = 0
  for (const { tenant_id, sha256, div, account_id, received_at } of rows) {
    if ((await store.verify(sha256)) !== 'intact') continue
    const path = store.pathOf(sha256)
    const recognised = await recognise(path, {})
    const stored = await store.stat(sha256)
    if (!recognised.ok || !stored) continue
    const { mime, kind } = recognised.value
    const captured = kind === 'photo' ? await readCaptured(path) : undefined
    await db.query(
      `insert into core.file (tenant_id, sha256, div, name, mime, kind, size, captured_at, uploaded_by, uploaded_at)
       values ($1, $2, $3, $2, $4, $5, $6, $7, $8, $9) on conflict (tenant_id, sha256) do nothing`,
      [tenant_id, sha256, div, mime, kind, stored.size, captured?.capturedAt ?? null, account_id, received_at],
    )
    found += 1
  }
  return { found, gone: rows.length - found }
}

const count = async (db: Queries, sql: string, which: Part): Promise<number> =>
  (await db.query<{ n: number }>(`select count(*)::int as n from (${sql}) as counted`, valuesOf(which))).rows[0]?.n ?? 0

const namesLost = `select distinct r.tenant, r.subject from ${eventsReplayed}
  where e.type = 'person.changed'
    and not exists (select from private.person p where p.tenant_id = r.tenant and p.person_id = r.subject)
    and not exists (select from core.event x where x.tenant_id = r.tenant and x.stream_id = r.subject and x.type = 'person.erased')`

const loginsLost = `select distinct e.tenant_id, e.body ->> 'accountId' from ${eventsReplayed} where e.type = 'account.credentialsSet'`

const unopened = `select e.stream_id from ${eventsReplayed} where e.type = 'hazard.handOver'
  and not exists (select from core.stream s where s.tenant_id = (e.body ->> 'mineId')::uuid and s.stream_id = (e.body ->> 'other')::uuid)`

export type SettleOptions = {
  readonly adminUrl: string
  readonly dataDir: string
  readonly capabilities: readonly Capability[]
}

/** Brings everything that follows from the events to what they say. Broken off, it is done again from the beginning. */
export const settle = async (
  db: Queries,
  which: Part,
  { adminUrl, dataDir, capabilities }: SettleOptions,
): Promise<Settled> => {
  const rebuilt = await rebuild({ adminUrl, capabilities })
  await settleClaims(db, capabilities, which)
  await settleDivisions(db, which)
  const erasedAgain = await eraseAgain(db, which)
  const files = await settleFiles(db, dataDir, which)
  return {
    rows: rebuilt.differences,
    names: await count(db, namesLost, which),
    logins: await count(db, loginsLost, which),
    filesFound: files.found,
    filesGone: files.gone,
    unopened: await count(db, unopened, which),
    erasedAgain,
  }
}
