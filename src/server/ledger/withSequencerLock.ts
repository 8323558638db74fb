import { createPool } from '#server/platform/database/pool.ts'
import { sequencerLock } from './sequencer.ts'
import type { Queries } from './tiles.ts'
import { LedgerTrouble } from './trouble.ts'

/** Works as the owner while nobody puts leaves into order. */
export const withSequencerLock = async <T>(adminUrl: string, work: (db: Queries) => Promise<T>): Promise<T> => {
  const pool = createPool(adminUrl, { max: 1, applicationName: 'bihuan-ledger', statementTimeout: 0 })
  const client = await pool.connect()
  try {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [sequencerLock])
    if (!rows[0]?.mine) throw new LedgerTrouble('rolledBack', '系统正在运行，正在写存证', '先停止程序，再运行一次')
    return await work(client)
  } finally {
    client.release(true)
    await pool.end()
  }
}
