import type { Scene } from './scene.ts'
import type { ActLine, SealedRecord } from './sealedRecord.ts'

/** Whose leaves are closed for ever, because an erasure is on record. */
export type Erasures = {
  readonly isClosed: (event: Pick<ActLine['event'], 'tenant_id' | 'stream_id' | 'version'>) => boolean
  /** A line of the journal about a leaf that is closed, its salt gone, the leaf the right one. */
  readonly isClosedRecord: (record: SealedRecord, hash: string) => boolean
}

export const readErasures = async ({ db }: Scene): Promise<Erasures> => {
  const { rows } = await db.query<{ tenant_id: string; stream_id: string; version: number }>({
    name: 'fsck-erasures',
    text: `select tenant_id, stream_id, max(version) as version from core.event where type = 'person.erased' group by 1, 2`,
  })
  const erased = new Map(rows.map(({ tenant_id, stream_id, version }) => [`${tenant_id} ${stream_id}`, version]))
  const isClosed: Erasures['isClosed'] = ({ tenant_id, stream_id, version }) =>
    version < (erased.get(`${tenant_id} ${stream_id}`) ?? 0)
  return {
    isClosed,
    isClosedRecord: (record, hash) =>
      record.kind === 'act' && record.line.salt === null && record.stated === hash && isClosed(record.line.event),
  }
}
