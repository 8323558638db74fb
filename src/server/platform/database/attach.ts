import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { databaseName, ownerRole } from './cluster.ts'
import { type Database, resolveDatabase } from './connect.ts'
import { FolderInUse } from './folderLock.ts'
import { appRole, sequencerRole } from './roles.ts'
import { keepSecrets } from './secrets.ts'
import { DatabaseTrouble } from './trouble.ts'

/** Where the running server listens, as it wrote it down itself: port, socket folder, address (lines 4 to 6). */
const listeningAt = (dataDir: string): string => {
  const [, , , port, socketFolder, address] = readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split(
    '\n',
  )
  if (!port) throw new DatabaseTrouble('正在运行的程序还没有把数据库启动好；请稍等片刻再试')
  return socketFolder
    ? `@/${databaseName}?host=${encodeURIComponent(socketFolder)}&port=${port}`
    : `@${address}:${port}/${databaseName}`
}

/**
 * The embedded server that another program of ours runs on this folder, for whoever may read its secrets. It is that
 * program's to stop, so `stop` does nothing.
 */
export const attachEmbedded = (dataDir: string): Database => {
  if (!existsSync(join(dataDir, 'postgres', 'postmaster.pid')))
    throw new DatabaseTrouble('正在运行的程序还没有把数据库启动好；请稍等片刻再试')
  const at = listeningAt(dataDir)
  const secrets = keepSecrets(dataDir)
  const url = (user: string, password: string) => `postgresql://${user}:${encodeURIComponent(password)}${at}`
  return {
    kind: 'embedded',
    adminUrl: url(ownerRole, secrets.owner),
    appUrl: url(appRole, secrets.app),
    sequencerUrl: url(sequencerRole, secrets.sequencer),
    stop: async () => undefined,
  }
}

export type ReachOptions = {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly dataDir: string
  readonly log: Logger
}

/** A given database, the embedded one of a running program, or the embedded one started for us. */
export const reachDatabase = async ({ env, dataDir, log }: ReachOptions): Promise<Database> => {
  try {
    return await resolveDatabase({ env, dataDir, log })
  } catch (error) {
    if (error instanceof FolderInUse) return attachEmbedded(dataDir)
    throw error
  }
}
