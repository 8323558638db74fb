import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { attachEmbedded } from '#server/platform/database/attach.ts'
import type { Database } from '#server/platform/database/connect.ts'

const welcome = z.object({ url: z.string(), setupCode: z.string().optional() })
type Welcome = z.infer<typeof welcome>

/**
 * One installation: its data folder, and `bihuan serve` on it in a process of its own, with the embedded database as
 * shipped, now or after a kill.
 */
export type Program = {
  readonly dataDir: string
  /** For the first-run setup, as the program printed it. */
  readonly setupCode: () => string
  readonly url: () => string
  /** Logins to its embedded database. */
  readonly database: () => Database
  /** Milliseconds from spawn to the first answer over HTTP. */
  readonly start: () => Promise<number>
  /** Process id of the server, while it runs. */
  readonly pid: () => number
  /** SIGKILL, nothing else; resolves when the process is gone. */
  readonly kill: () => Promise<void>
  /** SIGKILL to the postmaster and every backend; the program stays. */
  readonly killDatabase: () => void
  readonly stop: () => Promise<void>
  /** Ends whatever still runs and removes the folder. */
  readonly remove: () => Promise<void>
  readonly log: () => string
}

const entry = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const preload = new URL('./endsWithParent.ts', import.meta.url).href
const root = fileURLToPath(new URL('../..', import.meta.url))

const running = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Linux: the processes whose parent is `pid`, read from /proc. */
const childrenOf = (pid: number): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((one) => {
      try {
        const stat = readFileSync(`/proc/${one}/stat`, 'utf8')
        // The name in brackets may hold anything: what follows the last bracket is state, then parent.
        return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid
      } catch {
        return false
      }
    })

const killAll = (pids: readonly number[]): void => {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // Gone already.
    }
  }
}

const untilGone = async (pid: number, milliseconds: number): Promise<boolean> => {
  const until = Date.now() + milliseconds
  while (running(pid)) {
    if (Date.now() > until) return false
    await sleep(20)
  }
  return true
}

/** The line that `serve --json` prints once it answers; or it ended instead. */
const welcomeOf = (child: ChildProcess, log: () => string) =>
  new Promise<Welcome>((resolve, reject) => {
    let said = ''
    child.stdout?.on('data', (part: Buffer) => {
      said += part.toString('utf8')
      if (said.includes('\n')) resolve(welcome.parse(JSON.parse(said)))
    })
    child.once('exit', (code, signal) => reject(new Error(`the server ended (${signal ?? code}):\n${log()}`)))
  })

/** `kept`: a folder of the caller's, that outlives the program; left out, one that goes with it. */
export const createProgram = (kept?: string): Program => {
  const dataDir = kept ?? mkdtempSync(join(tmpdir(), 'bihuan-load-'))
  const removeFolder = (): void => {
    if (kept === undefined) rmSync(dataDir, { recursive: true, force: true })
  }
  let child: ChildProcess | undefined
  let told: Welcome | undefined
  let errors = ''

  const log = (): string => errors.split('\n').slice(-20).join('\n')
  const known = () => {
    if (!told) throw new Error('the server was not started yet')
    return told
  }
  const postmaster = (): number | undefined => {
    try {
      return Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
    } catch {
      return undefined
    }
  }
  const ended = (): boolean => !child || child.exitCode !== null || child.signalCode !== null

  const kill = async (): Promise<void> => {
    if (!child || ended()) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
  const stop = async (): Promise<void> => {
    if (!child || ended()) return
    const gone = once(child, 'exit')
    child.kill('SIGTERM')
    await Promise.race([gone, sleep(20_000, undefined, { ref: false })])
    await kill()
  }
  const endNow = (): void => {
    if (!ended()) child?.kill('SIGKILL')
    const pid = postmaster()
    if (pid) killAll([pid, ...childrenOf(pid)])
  }
  process.once('exit', () => {
    endNow()
    removeFolder()
  })

  return {
    dataDir,
    setupCode: () => known().setupCode ?? '',
    url: () => known().url,
    database: () => attachEmbedded(dataDir),
    pid: () => {
      if (child?.pid === undefined || ended()) throw new Error('the server does not run')
      return child.pid
    },
    start: async () => {
      const began = performance.now()
      // The same port again after a kill: clients find the server where they left it.
      const port = told ? new URL(told.url).port : '0'
      const extra = process.env.SERVER_NODE_OPTIONS?.split(' ') ?? []
      const args = ['--import', preload, ...extra, entry, 'serve', '--json', '--data', dataDir, '--port', port]
      const { DATABASE_URL: _, ...env } = process.env
      errors = ''
      child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
      child.stderr?.on('data', (part: Buffer) => {
        errors = (errors + part.toString('utf8')).slice(-100_000)
      })
      const first = await welcomeOf(child, log)
      told = { ...first, setupCode: first.setupCode ?? told?.setupCode }
      const answer = await fetch(`${told.url}/api/app`)
      if (!answer.ok) throw new Error(`the server answers ${answer.status}:\n${log()}`)
      return performance.now() - began
    },
    kill,
    killDatabase: () => {
      const pid = postmaster()
      if (!pid) throw new Error('no database is running')
      killAll([pid, ...childrenOf(pid)])
    },
    stop,
    remove: async () => {
      await stop()
      const pid = postmaster()
      endNow()
      if (pid) await untilGone(pid, 10_000)
      removeFolder()
    },
    log,
  }
}
