import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, readlinkSync, realpathSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { NativeFiles } from './nativeFiles.ts'
import { codeOf, DatabaseTrouble } from './trouble.ts'
import type { Account } from './unprivileged.ts'

export type PostmasterOptions = {
  readonly native: NativeFiles
  readonly account: Account | undefined
  /** PostgreSQL's own data folder. */
  readonly folder: string
  readonly logFile: string
  readonly settings: Readonly<Record<string, string>>
  /** As the owner, to see whether it answers. */
  readonly probeUrl: string
  /** Told now and then while a long crash recovery keeps it from answering. */
  readonly onSlow: (seconds: number) => void
}

export type Postmaster = {
  readonly pid: number
  readonly ended: Promise<string>
  readonly stop: () => Promise<void>
}

/**
 * How a process that may be closed out of the folders above (root's home, say) still gets at one folder: the parent
 * opens it and hands it down as descriptor 3; a path through /proc then starts at the folder itself.
 */
export const throughDescriptor = (folder: string, account: Account | undefined) => {
  if (!account || process.platform !== 'linux') return { path: folder, stdio: [], close: () => undefined }
  const descriptor = openSync(folder, 'r')
  return { path: '/proc/self/fd/3', stdio: [descriptor], close: () => closeSync(descriptor) }
}

const endOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`))
  })

const tailOf = (logFile: string, from: number): string => {
  const lines = readFileSync(logFile).subarray(from).toString('utf8').trim().split('\n')
  return lines
    .filter((line) => /FATAL|PANIC|ERROR|HINT|postgres:/.test(line))
    .slice(-3)
    .join(' | ')
}

/** Not yet listening, starting up, recovering, shutting down: it may answer a moment later. */
const notYet = new Set(['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P03', '53300'])

/** Its own word on whether it is ready: the eighth line of postmaster.pid. Asking too early only fills its log. */
const saysReady = (folder: string): boolean => {
  try {
    return readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[7]?.trim() === 'ready'
  } catch {
    return false
  }
}

const answers = async (folder: string, url: string): Promise<boolean> => {
  if (!saysReady(folder)) return false
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch (error) {
    if (codeOf(error) === '28P01')
      throw new DatabaseTrouble('数据文件夹里的 secrets.json 与数据库不是一套，口令不对；请从同一份备份中取回两者')
    if (notYet.has(codeOf(error) ?? '') || /timeout|terminated/i.test(String(error))) return false
    throw error
  } finally {
    await client.end().catch(() => undefined)
  }
}

const stopBy = async (signal: (name: NodeJS.Signals) => void, ended: Promise<unknown>): Promise<void> => {
  // SIGINT is PostgreSQL's fast shutdown (what `pg_ctl -m fast` sends), SIGQUIT its immediate one: crash recovery follows.
  const steps: [NodeJS.Signals, number][] = [
    ['SIGINT', 30_000],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 10_000],
  ]
  for (const [name, wait] of steps) {
    signal(name)
    const gone = await Promise.race([ended.then(() => true), sleep(wait, false, { ref: false })])
    if (gone) return
  }
}

/** Starts the server and resolves once it answers. Throws with the server's own last words when it ends instead. */
export const startPostmaster = async (options: PostmasterOptions): Promise<Postmaster> => {
  const { native, account, folder, logFile } = options
  const data = throughDescriptor(folder, account)
  const log = openSync(logFile, 'a', 0o600)
  const logStart = statSync(logFile).size
  const settings = Object.entries(options.settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  // Detached: a Ctrl-C at the terminal reaches us alone, and we stop it after the last request is answered.
  const child = spawn(native.postgres, ['-D', data.path, ...settings], {
    ...account,
    cwd: '/',
    env: { LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', TZ: 'UTC', PATH: '/usr/bin:/bin', ...windowsNeeds() },
    stdio: ['ignore', log, log, ...data.stdio],
    detached: true,
    windowsHide: true,
  })
  const ended = endOf(child)
  closeSync(log)
  data.close()
  // Our own exit without stop() (an uncaught error, process.exit) must not leave it behind.
  const onExit = (): void => {
    child.kill('SIGINT')
  }
  process.once('exit', onExit)
  let end: string | undefined
  void ended.then((how) => {
    end = how
    process.removeListener('exit', onExit)
  })
  const stop = () => stopBy((name) => child.kill(name), ended)

  const began = Date.now()
  let told = began
  try {
    while (!(await answers(folder, options.probeUrl))) {
      if (end !== undefined)
        throw new DatabaseTrouble(`数据库没有启动起来（${end}）：${tailOf(logFile, logStart)}；详见 ${logFile}`)
      if (Date.now() - told > 10_000) {
        told = Date.now()
        options.onSlow(Math.round((told - began) / 1000))
      }
      await sleep(10)
    }
  } catch (error) {
    await stop()
    throw error
  }
  return { pid: child.pid ?? 0, ended, stop }
}

const windowsNeeds = (): Record<string, string> =>
  process.platform === 'win32'
    ? { SystemRoot: process.env.SystemRoot ?? 'C:\\Windows', PATH: process.env.PATH ?? '' }
    : {}

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

/** A pid alone may since belong to another program: a postmaster stands in its data folder. */
const standsIn = (pid: number, folder: string): boolean => {
  if (process.platform !== 'linux') return alive(pid)
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(folder)
  } catch {
    return false
  }
}

/**
 * Stops the server that a killed program left running on this folder. The caller holds the folder's lock, so nobody
 * else uses it. True if there was one.
 */
export const stopOrphan = async (folder: string): Promise<boolean> => {
  const pidFile = join(folder, 'postmaster.pid')
  if (!existsSync(pidFile)) return false
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0])
  if (!Number.isInteger(pid) || pid <= 1 || !standsIn(pid, folder)) {
    rmSync(pidFile, { force: true })
    return false
  }
  const gone = (async () => {
    while (standsIn(pid, folder)) await sleep(20)
  })()
  await stopBy((name) => {
    if (standsIn(pid, folder)) process.kill(pid, name)
  }, gone)
  return true
}
