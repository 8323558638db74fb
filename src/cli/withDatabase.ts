import { existsSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import { reachDatabase } from '#server/platform/database/attach.ts'
import type { Database } from '#server/platform/database/connect.ts'
import { Failed } from './failure.ts'

export type OwnedDatabase = Database & { readonly adminUrl: string }

/** Runs `work` on the database of an installation that exists, running or not, and lets go of it, whatever happens. */
export const withDatabase = async <T>(dataDir: string, work: (database: Database) => Promise<T>): Promise<T> => {
  const { DATABASE_URL, DATABASE_ADMIN_URL } = process.env
  if (!DATABASE_URL && !DATABASE_ADMIN_URL && !existsSync(join(dataDir, 'postgres')))
    throw new Failed(`${dataDir} 里没有数据库；请核对 --data，或者先运行 bihuan serve 建立`)
  const database = await reachDatabase({ env: process.env, dataDir, log: pino({ level: 'silent' }) })
  try {
    return await work(database)
  } finally {
    await database.stop()
  }
}

export const asOwner = <T>(dataDir: string, work: (database: OwnedDatabase) => Promise<T>): Promise<T> =>
  withDatabase(dataDir, async (database) => {
    const { adminUrl } = database
    if (adminUrl === undefined) throw new Failed('要用数据库的所有者账号；请设置 DATABASE_ADMIN_URL 后再运行')
    return work({ ...database, adminUrl })
  })
