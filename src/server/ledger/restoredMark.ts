import { z } from 'zod'
import { businessDate, businessTime } from '#server/platform/clock.ts'
import type { Queries } from './tiles.ts'

/** Left by a restore: the database is as old as its backup, and more may have been signed since. */
const restored = z.object({
  backupTakenAt: z.string(),
  /** The last log that the restored database knows; 0 for none. Once a later one has begun the mark is spent. */
  log: z.number().int(),
})

export type Restored = z.infer<typeof restored>

const key = 'restored'

const lastNumber = async (db: Queries): Promise<number> => {
  // A backup may be older than the log.
  const { rows: there } = await db.query<{ there: boolean }>(`select to_regclass('ledger.log') is not null as there`)
  if (!there[0]?.there) return 0
  const { rows } = await db.query<{ last: number }>('select coalesce(max(number), 0)::int as last from ledger.log')
  return rows[0]?.last ?? 0
}

/** In the restore's own transaction. */
export const markRestored = async (db: Queries, backupTakenAt: string): Promise<void> => {
  await db.query(
    'insert into machinery.setting (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value',
    [key, JSON.stringify({ backupTakenAt, log: await lastNumber(db) } satisfies Restored)],
  )
}

/** Undefined where the database was not restored, or a new log has begun since. */
export const readRestored = async (db: Queries, lastLog: number): Promise<Restored | undefined> => {
  const { rows } = await db.query<{ value: unknown }>('select value from machinery.setting where key = $1', [key])
  const mark = rows[0] && restored.parse(rows[0].value)
  return mark?.log === lastLog ? mark : undefined
}

export const forgetRestored = async (db: Queries): Promise<void> => {
  await db.query('delete from machinery.setting where key = $1', [key])
}

export const restoredFrom = ({ backupTakenAt }: Restored): string => {
  const taken = new Date(backupTakenAt)
  return `数据库是从 ${businessDate(taken)} ${businessTime(taken)} 的备份恢复的`
}
