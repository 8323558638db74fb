import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { DatabasePool } from '#server/platform/database/pool.ts'
import { codeOf } from '#server/platform/database/trouble.ts'
import type { Worker } from '#server/platform/jobs.ts'
import { beginWithin } from '#server/platform/scope.ts'
import { tileWidth } from '#translog/tile.ts'
import { withJournalLock } from './journalLock.ts'
import { bundleIn, journalPath, writeWhole } from './secondHome.ts'
import type { Queries } from './tiles.ts'

const forgetting = z.object({ tenantId: z.uuid(), personId: z.uuid(), upTo: z.number().int() })
export type Forgetting = z.infer<typeof forgetting>

const saltOf = z.object({
  salt: z.string().nullable(),
  event: z.object({ tenant_id: z.string(), stream_id: z.string(), version: z.number() }),
})

const isOf = (given: unknown, { tenantId, personId, upTo }: Forgetting): boolean => {
  const line = saltOf.safeParse(given).data
  if (!line || line.salt === null) return false
  const { tenant_id, stream_id, version } = line.event
  return tenant_id === tenantId && stream_id === personId && version <= upTo
}

/** The line without its salt; itself where it is not the person's, or has none any more. */
const closed = (line: string, whom: Forgetting): string => {
  if (!line.includes(whom.personId)) return line
  const given: unknown = JSON.parse(line)
  return isOf(given, whom) && typeof given === 'object' ? JSON.stringify({ ...given, salt: null }) : line
}

const rewrite = async (path: string, whom: Forgetting): Promise<void> => {
  const before = await readFile(path, 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return ''
    throw error
  })
  const after = before
    .split('\n')
    .map((line) => closed(line, whom))
    .join('\n')
  if (after !== before) await writeWhole(path, after, 0o600)
}

type Places = ReadonlyMap<number, { readonly bundles: readonly number[]; readonly size: number }>

/** Where in which log the person's leaves lie, and how far the database knows that log. */
const placesOf = async (db: Queries, { tenantId, personId, upTo }: Forgetting): Promise<Places> => {
  await beginWithin(db, { kind: 'tenants', ids: [tenantId] }, 'read only')
  const { rows } = await db.query<{ log: number; size: number; bundles: number[] }>(
    `select h.log, h.size, array(
       select distinct n.idx / $4 from ledger.entry n join private.leaf_salt s on s.leaf_hash = n.leaf_hash
       where n.log = h.log and s.tenant_id = $1 and s.stream_id = $2 and s.version <= $3 order by 1) as bundles
     from ledger.head h where h.hash = 'sha256'`,
    [tenantId, personId, upTo, tileWidth],
  )
  await db.query('commit')
  return new Map(rows.map(({ log, size, bundles }) => [log, { size, bundles }]))
}

/** The files of a journal that may hold lines of the person: where the database knows them, and beyond what it knows. */
const filesIn = async (place: string, known: { bundles: readonly number[]; size: number } | undefined) => {
  const names = await readdir(join(place, 'journal'), { recursive: true }).catch(() => [])
  const first = Math.floor((known?.size ?? 0) / tileWidth)
  const beyond = names.flatMap((name) => bundleIn(name) ?? []).filter((bundle) => bundle >= first)
  return new Set([...(known?.bundles ?? []), ...beyond].map((bundle) => join(place, journalPath(bundle))))
}

/** Takes the person's salts out of the journal in the second folder, and out of those that were put aside. */
export const forgetInJournals = async (db: Queries, secondFolder: string, whom: Forgetting): Promise<void> => {
  const known = await placesOf(db, whom)
  const aside = await readdir(join(secondFolder, 'archive')).catch(() => [])
  const places = [
    { place: secondFolder, log: Math.max(0, ...known.keys()) },
    // 2, or 2-3 for the third time that the second log was put aside.
    ...aside.map((name) => ({ place: join(secondFolder, 'archive', name), log: Number.parseInt(name, 10) })),
  ]
  for (const { place, log } of places)
    for (const path of await filesIn(place, known.get(log))) await rewrite(path, whom)
}

/** Once its salts are gone from the journal, only the erasure explains why: it must lie in the signed log itself. */
const isExplained = async (db: Queries, { tenantId, personId, upTo }: Forgetting): Promise<boolean> => {
  await beginWithin(db, { kind: 'tenants', ids: [tenantId] }, 'read only')
  const { rows } = await db.query<{ signed: boolean }>(
    `select exists (select from private.leaf_salt s join ledger.entry n on n.leaf_hash = s.leaf_hash
       join ledger.checkpoint c on c.log = n.log and c.hash = 'sha256' and c.size > n.idx
       where s.tenant_id = $1 and s.stream_id = $2 and s.version = $3) as signed`,
    [tenantId, personId, upTo + 1],
  )
  await db.query('commit')
  return rows[0]?.signed === true
}

/** An act is signed within a second; where the log stands still, the job comes again later. */
const untilExplained = async (db: Queries, whom: Forgetting): Promise<void> => {
  for (let tried = 0; tried < 20; tried += 1) {
    if (await isExplained(db, whom)) return
    await sleep(250)
  }
  throw new Error('the erasure is not in the signed log yet')
}

export const forgetWorkers = (pool: DatabasePool, secondFolder: string): readonly Worker[] => [
  {
    queue: 'person.forget',
    atOnce: 20,
    run: async ({ data }) => {
      const client = await pool.connect()
      try {
        const whom = forgetting.parse(data)
        await untilExplained(client, whom)
        await withJournalLock(client, () => forgetInJournals(client, secondFolder, whom))
        client.release()
      } catch (error) {
        client.release(true)
        throw error
      }
    },
  },
]
