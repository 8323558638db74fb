import { existsSync } from 'node:fs'
import type { LedgerKeys } from '#server/ledger/keys.ts'
import type { DatabasePool } from '#server/platform/database/pool.ts'
import { type DataOptions, dataFolderOf } from '../dataFolder.ts'
import { Failed } from '../failure.ts'

export type OpenedLedger = {
  /** Under the sequencer's login, which may write what belongs to the log and nothing else. */
  readonly pool: DatabasePool
  readonly keys: LedgerKeys
  /** The last log of this installation. */
  readonly log: { readonly number: number; readonly origin: string; readonly vkey: string }
}

/** Works on the log of an installation that exists, whether its server runs or not. */
export const withLedger = async <T>(options: DataOptions, work: (ledger: OpenedLedger) => Promise<T>): Promise<T> => {
  const [{ createPool }, { keyFile, openKeys }, { lastLog }, { unbegunLog }, { withDatabase }] = await Promise.all([
    import('#server/platform/database/pool.ts'),
    import('#server/ledger/keys.ts'),
    import('#server/ledger/identity.ts'),
    import('#server/ledger/witness/vkeys.ts'),
    import('../withDatabase.ts'),
  ])
  const dataDir = dataFolderOf(options)
  return withDatabase(dataDir, async ({ sequencerUrl, adminUrl }) => {
    const url = sequencerUrl ?? adminUrl
    if (url === undefined)
      throw new Failed('要用排序者或所有者的数据库账号；请设置 DATABASE_SEQUENCER_URL 或 DATABASE_ADMIN_URL 后再运行')
    if (!existsSync(keyFile(dataDir)))
      throw new Failed(`${keyFile(dataDir)} 不在；请核对 --data，密钥由第一次 bihuan serve 生成`)
    const pool = createPool(url, { max: 2, applicationName: 'bihuan-ledger' })
    try {
      const keys = openKeys(dataDir)
      const log = (await lastLog(pool)) ?? unbegunLog(keys)
      if (!log) throw new Failed('存证还没有密钥；先运行一次 bihuan serve')
      return await work({ pool, keys, log })
    } finally {
      await pool.end()
    }
  })
}
