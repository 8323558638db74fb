import { existsSync, realpathSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Logger } from 'pino'
import { databaseName, makeCluster, ownerRole, settings } from './cluster.ts'
import { openEndpoint } from './endpoint.ts'
import { lockFolder } from './folderLock.ts'
import { nativeFiles } from './nativeFiles.ts'
import { type Postmaster, startPostmaster, stopOrphan } from './postmaster.ts'
import { appRole, ensureRoles, sequencerRole } from './roles.ts'
import { keepSecrets } from './secrets.ts'
import { unprivileged } from './unprivileged.ts'

export type EmbeddedOptions = {
  readonly dataDir: string
  readonly log: Logger
  /** Called when the server went away and would not come back: the program can only end. */
  readonly onLost?: (error: unknown) => void
  /** Over the house's own settings. */
  readonly settings?: Readonly<Record<string, string>>
}

export type Embedded = {
  readonly adminUrl: string
  readonly appUrl: string
  readonly sequencerUrl: string
  /** Process id of the running server; another one after a restart. */
  readonly pid: () => number
  readonly stop: () => Promise<void>
}

const largestLog = 10 * 1024 * 1024
const attempts = 8
/** Waits 0.1, 0.2, 0.4 … at most 5 seconds. */
const backOff = (attempt: number): number => Math.min(100 * 2 ** attempt, 5_000)

const createDatabase = async (url: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [databaseName])
    if (rowCount === 0) await client.query(`create database ${databaseName}`)
  } finally {
    await client.end()
  }
}

/**
 * Our own PostgreSQL in the data folder: made on the first start, held by this process alone, restarted with crash
 * recovery when it dies. Throws DatabaseTrouble with one line for the person at the keyboard.
 */
export const startEmbedded = async (options: EmbeddedOptions): Promise<Embedded> => {
  const { log } = options
  const lock = lockFolder(options.dataDir)
  try {
    return await startLocked({ ...options, dataDir: realpathSync(options.dataDir) }, lock.release)
  } catch (error) {
    lock.release()
    log.debug({ err: error }, 'embedded database did not start')
    throw error
  }
}

const startLocked = async (options: EmbeddedOptions, release: () => void): Promise<Embedded> => {
  const { dataDir, log } = options
  const account = unprivileged()
  const native = nativeFiles(account)
  const folder = join(dataDir, 'postgres')
  const logFile = join(dataDir, 'postgres.log')
  if (existsSync(logFile) && statSync(logFile).size > largestLog) renameSync(logFile, `${logFile}.1`)
  if (await stopOrphan(folder)) log.warn('上次没有正常停止：已先停下遗留的数据库进程')
  const secrets = keepSecrets(dataDir)
  if (makeCluster({ native, account, dataDir, password: secrets.owner })) log.info('已建立内置数据库')
  const endpoint = await openEndpoint(dataDir, account)
  const urlOf = (user: string, password: string, database: string) => endpoint.url({ user, password, database })
  const maintenanceUrl = urlOf(ownerRole, secrets.owner, 'postgres')

  let stopping = false
  const start = async (): Promise<Postmaster> => {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await startPostmaster({
          native,
          account,
          folder,
          logFile,
          settings: { ...settings, ...options.settings, ...endpoint.settings },
          probeUrl: maintenanceUrl,
          onSlow: (seconds) => log.info(`数据库正在恢复，已 ${seconds} 秒`),
        })
      } catch (error) {
        // Children of a killed server hold its shared memory for a moment longer: worth another try.
        if (stopping || attempt + 1 >= attempts) throw error
        log.debug({ err: error }, 'embedded database did not start, trying again')
        await sleep(backOff(attempt))
      }
    }
  }

  let current = await start()
  const watch = async (): Promise<void> => {
    while (!stopping) {
      const how = await current.ended
      if (stopping) return
      log.error(`数据库进程意外结束（${how}），正在重新启动`)
      current = await start()
      log.info('数据库已恢复')
    }
  }

  const adminUrl = urlOf(ownerRole, secrets.owner, databaseName)
  try {
    await createDatabase(maintenanceUrl)
    await ensureRoles(adminUrl, { app: secrets.app, sequencer: secrets.sequencer })
  } catch (error) {
    await current.stop()
    throw error
  }

  const watching = watch().catch((error: unknown) => {
    if (stopping) return
    log.fatal({ err: error }, '数据库没有恢复，程序不能继续')
    options.onLost?.(error)
  })

  let stopped: Promise<void> | undefined
  const stop = async (): Promise<void> => {
    stopping = true
    await current.stop()
    await watching
    // A restart may have been under way when we were asked to stop.
    await current.stop()
    endpoint.remove()
    release()
  }
  return {
    adminUrl,
    appUrl: urlOf(appRole, secrets.app, databaseName),
    sequencerUrl: urlOf(sequencerRole, secrets.sequencer, databaseName),
    pid: () => current.pid,
    stop: () => {
      stopped ??= stop()
      return stopped
    },
  }
}
