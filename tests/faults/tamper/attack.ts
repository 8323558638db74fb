import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { z } from 'zod'
import type { FindingPlace } from '#server/ledger/fsck/finding.ts'
import type { LedgerKeys } from '#server/ledger/keys.ts'
import type { House } from './house.ts'
import { filesUnder, type ProtectedTable } from './snapshots.ts'

/** What an attack changed: what the check must then name. */
export type Victim =
  | { readonly kind: 'act'; readonly entry: Entry }
  /** A row or a file: a finding with these very words. */
  | { readonly kind: 'place'; readonly place: Partial<FindingPlace> }
  /** The whole database, or the whole log, is another one. */
  | { readonly kind: 'log' }

/** Where the attacker's hand reached: what one home lost the other one gives back. */
export type Reach = 'database' | 'folder' | 'both'

export type Applied = { readonly what: string; readonly victims: readonly Victim[]; readonly reach: Reach }

export type Kind =
  | 'flip'
  | 'delete'
  | 'insert'
  | 'swap'
  | 'back-date'
  | 'renumber'
  | 'truncate'
  | 'old backup'
  | 'triggers off'
  | 'edit tiles'
  | 'rewrite'

export type Attack = {
  readonly kind: Kind
  readonly name: string
  /** It reaches into everything, so nothing else is tried beside it. */
  readonly alone?: boolean
  /** How often it is drawn, one being ordinary. */
  readonly weight?: number
  /** Undefined where nothing is left that it could be done to. */
  readonly strike: (scene: Scene) => Promise<Applied | undefined>
}

/** One leaf of the log with the rows that belong to it. */
export type Entry = z.infer<typeof entryRow>

const entryRow = z.object({
  index: z.coerce.number(),
  outbox: z.coerce.number(),
  tenant: z.string(),
  stream: z.string(),
  version: z.number(),
  /** Version of the stream's last event. */
  last: z.number(),
  event: z.string(),
  command: z.string(),
  /** How many events the command had. */
  events: z.coerce.number(),
  kind: z.string(),
})

export const readEntries = async (owner: pg.Pool): Promise<readonly Entry[]> => {
  const { rows } = await owner.query(
    `select n.idx as index, n.outbox_id as outbox, e.tenant_id as tenant, e.stream_id as stream, e.version, s.version as last,
       e.id as event, e.command_id as command, count(*) over (partition by e.command_id) as events, e.kind
     from ledger.entry n join ledger.outbox o on o.id = n.outbox_id
     join core.event e on e.tenant_id = o.tenant and e.stream_id = o.subject and e.version = o.version
     join core.stream s on s.tenant_id = e.tenant_id and s.stream_id = e.stream_id order by n.idx`,
  )
  return rows.map((row) => entryRow.parse(row))
}

/** Draws victims, each at most once in a round: two attacks on one record would hide each other. */
export type Draw = {
  readonly random: () => number
  readonly below: (limit: number) => number
  readonly of: <T>(list: readonly T[]) => T | undefined
  readonly entry: (fits?: (entry: Entry) => boolean) => Entry | undefined
  /** True the first time. */
  readonly claim: (what: string) => boolean
}

export type Scene = {
  readonly house: House
  /** In a transaction, with every trigger out of the way. */
  readonly client: pg.PoolClient
  readonly draw: Draw
  readonly entries: readonly Entry[]
  readonly keys: LedgerKeys
  readonly files: FileHand
}

export type FileHand = {
  readonly list: (part: 'public' | 'journal') => readonly string[]
  readonly read: (path: string) => Buffer
  readonly path: (path: string) => string
}

export const fileHand = (folder: string): FileHand => ({
  list: (part) => filesUnder(join(folder, part)).map((path) => `${part}/${path}`),
  read: (path) => readFileSync(join(folder, path)),
  path: (path) => join(folder, path),
})

export const createDraw = (random: () => number, entries: readonly Entry[]): Draw => {
  const claimed = new Set<string>()
  const claim = (what: string): boolean => {
    if (claimed.has(what)) return false
    claimed.add(what)
    return true
  }
  const below = (limit: number): number => Math.floor(random() * limit)
  return {
    random,
    below,
    of: (list) => list[below(list.length)],
    entry: (fits = () => true) => {
      for (let tried = 0; tried < 60; tried += 1) {
        const entry = entries[below(entries.length)]
        if (entry && fits(entry) && claim(entry.stream)) return entry
      }
      return undefined
    },
    claim,
  }
}

export const act = (entry: Entry): Victim => ({ kind: 'act', entry })
export const at = (place: Partial<FindingPlace>): Victim => ({ kind: 'place', place })
export const file = (path: string): Victim => at({ path })

/** The rows of an entry, table by table, as a condition on their keys. */
export const whereOf = (
  table: ProtectedTable,
  entry: Entry,
): { readonly sql: string; readonly values: readonly unknown[] } => {
  const stream = [entry.tenant, entry.stream]
  switch (table) {
    case 'core.stream':
      return { sql: 'tenant_id = $1 and stream_id = $2', values: stream }
    case 'core.command':
      return { sql: 'tenant_id = $1 and id = $2', values: [entry.tenant, entry.command] }
    case 'ledger.outbox':
      return { sql: 'id = $1', values: [entry.outbox] }
    case 'ledger.entry':
      return { sql: 'idx = $1', values: [entry.index] }
    default:
      return { sql: 'tenant_id = $1 and stream_id = $2 and version = $3', values: [...stream, entry.version] }
  }
}

/** Tables with a row, or a share in one, for every entry. */
export const tablesOfEntry = [
  'core.event',
  'core.stream',
  'core.command',
  'private.leaf_salt',
  'ledger.outbox',
  'ledger.entry',
] as const satisfies readonly ProtectedTable[]

export type TableOfEntry = (typeof tablesOfEntry)[number]

export type LogTable = 'ledger.tile' | 'ledger.head' | 'ledger.checkpoint'

/** A row of the log itself, by its key. */
export const logRow = (table: LogTable, key: Readonly<Record<string, unknown>>): Victim => {
  if (table === 'ledger.head') return at({ table })
  if (table === 'ledger.checkpoint') return at({ table, size: Number(key.size) })
  return at({ table, level: Number(key.level), tile: Number(key.idx) })
}

/** Taken by whoever changes that row, or puts one there. */
export const claimRow = ({ draw }: Scene, table: LogTable, key: Readonly<Record<string, unknown>>): boolean =>
  draw.claim(JSON.stringify(logRow(table, key)))
