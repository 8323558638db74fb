import pg from 'pg'
import { z } from 'zod'
import type { ReceiptShown } from '#contract/receipt.ts'
import { capabilities } from '#server/open.ts'
import { eventsIn, recordedEvent } from '#server/platform/load.ts'
import { readColumns } from '#server/platform/project.ts'
import { derivedTables } from '#server/platform/rebuild/derived.ts'
import { receipt } from '#server/platform/receipt.ts'
import type { Program } from '#tests/load/program.ts'

export type Expected = {
  /** Every receipt a client holds, by command id. */
  readonly acknowledged: ReadonlyMap<string, ReceiptShown>
  /** Commands carried out besides (setup, registries): all there are must be accounted for. */
  readonly others: number
}

export type Checked = { readonly complaints: readonly string[]; readonly commands: number; readonly events: number }

/** Enough to see what is wrong. */
const shown = 5

const command = z.object({ id: z.string(), receipt })
const keptEvent = z.object({ id: z.string(), command: z.string(), stream: z.string(), version: z.number() })

const some = (label: string, cases: readonly string[]): readonly string[] =>
  cases.length === 0
    ? []
    : [`${cases.length} × ${label}: ${cases.slice(0, shown).join(', ')}${cases.length > shown ? ' …' : ''}`]

/** What clients were told against what is kept: everything acknowledged is there as it was told, once, and nothing else. */
const againstReceipts = async (client: pg.Client, { acknowledged, others }: Expected) => {
  const stored = await client.query('select id, receipt from core.command')
  const kept = new Map(stored.rows.map((row) => command.parse(row)).map((one) => [one.id, one.receipt]))
  const found = await client.query(
    'select id, command_id as command, stream_id as stream, version from core.event order by stream_id, version',
  )
  const events = found.rows.map((row) => keptEvent.parse(row))
  const eventsOf = Map.groupBy(events, (event) => event.command)
  const lost: string[] = []
  const changed: string[] = []
  for (const [id, { replayed: _, ...told }] of acknowledged) {
    const one = kept.get(id)
    if (!one) lost.push(id)
    else if (JSON.stringify(receipt.parse(told)) !== JSON.stringify(one)) changed.push(id)
  }
  const half: string[] = []
  const doubled: string[] = []
  for (const [id, { events: told, streamId, version }] of kept) {
    const have = eventsOf.get(id) ?? []
    if (have.length > told.length) doubled.push(id)
    const complete = told.every((event, index) => {
      const at = version - told.length + index + 1
      return have.some((one) => one.id === event.id && one.stream === streamId && one.version === at)
    })
    if (!complete) half.push(id)
  }
  const nobodys = events.filter((event) => !kept.has(event.command)).map(({ id }) => id)
  const unaccounted = kept.size - acknowledged.size - others
  return {
    commands: kept.size,
    events: events.length,
    complaints: [
      ...some('acknowledged and lost', lost),
      ...some('acknowledged otherwise than kept', changed),
      ...some('a command without all of its events', half),
      ...some('a command carried out more than once', doubled),
      ...some('an event of no command', nobodys),
      ...(unaccounted === 0 ? [] : [`${unaccounted} commands more than were acknowledged`]),
    ],
  }
}

/** Each rule of the books as the query that finds what breaks it. */
const rules: Readonly<Record<string, string>> = {
  'a stream with a gap, or whose head is not its last event': `
    select s.stream_id::text as broken from core.stream s
    full join (select tenant_id, stream_id, min(version) as first, max(version) as last, count(*) as events
      from core.event group by tenant_id, stream_id) e using (tenant_id, stream_id)
    where s.version is distinct from e.last or e.first <> 1 or e.events <> e.last`,
  'an event without its leaf in the outbox': `
    select l.stream_id || '#' || l.version as broken from core.event v
    full join private.leaf_salt l using (tenant_id, stream_id, version)
    where v.id is null or l.leaf_hash is null or not exists (select from ledger.outbox o where o.leaf_hash = l.leaf_hash)`,
  'a leaf in the outbox without an event, or twice': `
    select o.leaf_hash::text as broken from ledger.outbox o
    group by o.leaf_hash having count(*) > 1
      or not exists (select from private.leaf_salt l where l.leaf_hash = o.leaf_hash)`,
  'a leaf that does not have its hash': `
    select id::text as broken from ledger.outbox where leaf_hash <> sha256('\\x00'::bytea || leaf)`,
  'a register whose numbers have a gap or a double': `
    select h.tenant_id::text as broken from read.hazard h
    left join core.counter c on c.tenant_id = h.tenant_id and c.series like 'hazard-%'
    group by h.tenant_id having count(distinct h.number) <> count(*) or count(*) <> coalesce(max(c.value), 0)`,
}

const againstRules = async (client: pg.Client): Promise<readonly string[]> => {
  const complaints: string[] = []
  for (const [rule, query] of Object.entries(rules)) {
    const { rows } = await client.query<{ broken: string }>(query)
    complaints.push(
      ...some(
        rule,
        rows.map(({ broken }) => broken),
      ),
    )
  }
  return complaints
}

const stream = z.object({
  kind: z.string(),
  tenantId: z.string(),
  streamId: z.string(),
  div: z.string(),
  version: z.number(),
  events: z.array(z.unknown()),
})

/** Every read table against the fold of its streams: the rows a rebuild would give. */
const againstFold = async (client: pg.Client): Promise<readonly string[]> => {
  const { rows } = await client.query(
    `select s.kind, s.tenant_id as "tenantId", s.stream_id as "streamId", s.div, s.version,
       ${eventsIn('s.tenant_id', 's.stream_id')} as events from core.stream s`,
  )
  const folded = rows
    .map((row) => stream.parse(row))
    .flatMap(({ kind, events, div, ...position }) => {
      const capability = capabilities.find((one) => one.kind === kind)
      if (!capability) throw new Error(`no capability for streams of kind ${kind}`)
      return capability
        .rows(events.map(recordedEvent), position)
        .map(({ table, row }) => ({ table, row: { ...row, tenant_id: position.tenantId, id: position.streamId, div } }))
    })
  const byTable = Map.groupBy(folded, ({ table }) => table)
  const complaints: string[] = []
  for (const table of (await readColumns(client)).keys()) {
    if (derivedTables.some((one) => one.table === table)) continue
    const expected = JSON.stringify((byTable.get(table) ?? []).map(({ row }) => row))
    const { rows: different } = await client.query<{ id: string }>(
      `with folded as (select * from jsonb_populate_recordset(null::${table}, $1::jsonb))
       select id from ((select * from folded except all select * from ${table})
         union all (select * from ${table} except all select * from folded)) as different`,
      [expected],
    )
    complaints.push(
      ...some(
        `a row of ${table} that is not the fold of its stream`,
        different.map(({ id }) => id),
      ),
    )
  }
  return complaints
}

/** Every table that triggers keep against what it is made from. */
const againstRecount = async (client: pg.Client): Promise<readonly string[]> => {
  const complaints: string[] = []
  for (const { table, anew, key } of derivedTables) {
    const { rows } = await client.query<{ broken: string }>(
      `select concat_ws(' ', ${key.join(', ')}) as broken from ${table} t full join ${anew} a using (${key.join(', ')})
       where to_jsonb(t) is distinct from to_jsonb(a)`,
    )
    complaints.push(
      ...some(
        `a row of ${table} that is not what a recount gives`,
        rows.map(({ broken }) => broken),
      ),
    )
  }
  return complaints
}

/** The whole of the books, as one client that the policies do not bind sees them. */
export const checkBooksOn = async (client: pg.Client, expected: Expected): Promise<Checked> => {
  const told = await againstReceipts(client, expected)
  return {
    ...told,
    complaints: [
      ...told.complaints,
      ...(await againstRules(client)),
      ...(await againstFold(client)),
      ...(await againstRecount(client)),
    ],
  }
}

export const withOwner = async <T>(program: Program, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const { adminUrl } = program.database()
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

export const checkBooks = (program: Program, expected: Expected): Promise<Checked> =>
  withOwner(program, (client) => checkBooksOn(client, expected))
