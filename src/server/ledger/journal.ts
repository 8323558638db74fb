import type { Queries } from './tiles.ts'

/** One line of the journal as SQL over `n (log, idx, outbox_id)` and the joins below. */
export const journalLine = `json_build_object(
    'index', n.idx, 'leaf', encode(o.leaf, 'base64'), 'outbox', o.id, 'at', o.at, 'sealing', o.sealing,
    'event', to_jsonb(e), 'salt', encode(s.salt, 'base64'),
    'command', to_jsonb(c) || jsonb_build_object('hash', encode(c.hash, 'base64')),
    'log', (select to_jsonb(l) from ledger.log l where l.number = n.log and n.outbox_id is null))::text`

export const journalJoins = `left join ledger.outbox o on o.id = n.outbox_id
  left join core.event e on e.tenant_id = o.tenant and e.stream_id = o.subject and e.version = o.version
  left join private.leaf_salt s on s.tenant_id = o.tenant and s.stream_id = o.subject and s.version = o.version
  left join core.command c on c.tenant_id = e.tenant_id and c.id = e.command_id`

/**
 * The journal: one line of JSON an entry, by index: the event with its command and salt, as the database holds them. It
 * lies in the second folder beside the public tiles, readable by its owner alone, and is what a damaged or removed row is
 * restored from. The line of the leaf by which a log begins after a disaster holds the log's own row instead.
 */
export const journalLines = async (db: Queries, log: number, from: number, to: number): Promise<readonly string[]> => {
  const { rows } = await db.query<{ line: string }>({
    name: 'ledger-journal',
    text: `select ${journalLine} as line from ledger.entry n ${journalJoins}
      where n.log = $1 and n.idx >= $2 and n.idx < $3 order by n.idx`,
    values: [log, from, to],
  })
  return rows.map(({ line }) => line)
}
