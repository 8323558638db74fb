import { namedFor, type SealedRows } from './promised.ts'
import type { Scene } from './scene.ts'
import type { ActLine, SealedRecord } from './sealedRecord.ts'

/** Whose leaves are closed for ever, because an erasure is on record. */
export type Erasures = {
  readonly isClosed: (event: Pick<ActLine['event'], 'tenant_id' | 'stream_id' | 'version'>) => boolean
  /** A line of the journal about a leaf that is closed, its salt gone, the leaf the right one. */
  readonly isClosedRecord: (record: SealedRecord, hash: string) => boolean
}

type Row = SealedRows & {
  readonly tenant_id: string
  readonly stream_id: string
  readonly version: number
  readonly boxed: string | null
}

/**
 * The erasures that bear a signed receipt; or, carried out while the key file was gone, at least lie sealed in the outbox.
 * Others close nothing: whoever wrote them would have what is missing pass for what the law took out.
 */
export const readErasures = async ({ db, keys }: Scene): Promise<Erasures> => {
  const { rows } = await db.query<Row>({
    name: 'fsck-erasures',
    text: `select e.tenant_id, e.stream_id, e.version, to_jsonb(e) as event, encode(s.salt, 'base64') as salt,
       to_jsonb(c) || jsonb_build_object('hash', encode(c.hash, 'base64')) as command,
       (select encode(o.leaf_hash, 'hex') from ledger.outbox o
         where o.tenant = e.tenant_id and o.subject = e.stream_id and o.version = e.version limit 1) as boxed
     from core.event e
     left join private.leaf_salt s on s.tenant_id = e.tenant_id and s.stream_id = e.stream_id and s.version = e.version
     left join core.command c on c.tenant_id = e.tenant_id and c.id = e.command_id
     where e.type = 'person.erased'`,
  })
  const isOurs = (row: Row): boolean => {
    const named = namedFor(keys, row)
    return named !== undefined && (named.signed || named.leafHash.toString('hex') === row.boxed)
  }
  const erased = new Map<string, number>()
  for (const row of rows.filter(isOurs)) {
    const stream = `${row.tenant_id} ${row.stream_id}`
    erased.set(stream, Math.max(row.version, erased.get(stream) ?? 0))
  }
  const isClosed: Erasures['isClosed'] = ({ tenant_id, stream_id, version }) =>
    version < (erased.get(`${tenant_id} ${stream_id}`) ?? 0)
  return {
    isClosed,
    isClosedRecord: (record, hash) =>
      record.kind === 'act' && record.line.salt === null && record.stated === hash && isClosed(record.line.event),
  }
}
