import type { TestServer } from '#tests/support/district.ts'
import { eventually } from '#tests/support/eventually.ts'

/** Waits until whatever has been done so far is in a signed checkpoint; gives its size. The server runs its sequencer. */
export const signedFor = async ({ owner }: Pick<TestServer, 'owner'>): Promise<number> => {
  const { rows } = await owner.query<{ last: string | null }>('select max(id) as last from ledger.outbox')
  const last = rows[0]?.last ?? 0
  return eventually(async () => {
    const { rows: signed } = await owner.query<{ size: string }>(
      `select max(c.size) as size from ledger.checkpoint c join ledger.entry n on n.log = c.log and n.idx < c.size
       where c.hash = 'sha256' and n.outbox_id = $1 having max(c.size) is not null`,
      [last],
    )
    return signed[0] ? Number(signed[0].size) : undefined
  })
}
