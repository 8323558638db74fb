import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const ready = z.object({ port: z.number(), adminUrl: z.string(), appUrl: z.string() })

/** One installation: its data folder, and the server that runs on it in a process of its own, now or after a kill. */
export type Program = {
  readonly dataDir: string
  readonly setupCode: string
  readonly url: () => string
  readonly adminUrl: () => string
  readonly appUrl: () => string
  /** Milliseconds from spawn to the first answer over HTTP. */
  readonly start: () => Promise<number>
  /** SIGKILL, nothing else; resolves when the process is gone. */
  readonly kill: () => Promise<void>
  /** SIGKILL to the postmaster and every backend; the program stays. */
  readonly killDatabase: () => void
  readonly stop: () => Promise<void>
  /** Ends whatever still runs and removes the folder. */
  readonly remove: () => Promise<void>
  readonly log: () => string
}

const entry = fileURLToPath(new URL('./serve.ts', import.meta.url))
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

/** Waits for the first of: told that it is ready, or ended. */
const readyOrEnded = (child: ChildProcess, log: () => string) =>
  new Promise<z.infer<typeof ready>>((resolve, reject) => {
    child.once('message', (message) => resolve(ready.parse(message)))
    child.once('exit', (code, signal) => reject(new Error(`the server ended (${signal ?? code}):\n${log()}`)))
  })

export const createProgram = (): Program => {
  const dataDir = mkdtempSync(join(tmpdir(), 'bihuan-load-'))
  const logFile = join(dataDir, 'server.log')
  const setupCode = 'bench-and-faults'
  let child: ChildProcess | undefined
  let told: z.infer<typeof ready> | undefined

  const log = (): string => {
    try {
      return readFileSync(logFile, 'utf8').split('\n').slice(-20).join('\n')
    } catch {
      return ''
    }
  }
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
    rmSync(dataDir, { recursive: true, force: true })
  })

  return {
    dataDir,
    setupCode,
    url: () => `http://127.0.0.1:${known().port}`,
    adminUrl: () => known().adminUrl,
    appUrl: () => known().appUrl,
    start: async () => {
      const began = performance.now()
      // The same port again after a kill: clients find the server where they left it.
      const args = [entry, dataDir, String(told?.port ?? 0), logFile, setupCode]
      const extra = process.env.SERVER_NODE_OPTIONS?.split(' ') ?? []
      child = spawn(process.execPath, [...extra, ...args], { cwd: root, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
      told = await readyOrEnded(child, log)
      const answer = await fetch(`http://127.0.0.1:${told.port}/api/app`)
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
      rmSync(dataDir, { recursive: true, force: true })
    },
    log,
  }
}
