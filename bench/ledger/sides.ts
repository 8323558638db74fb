import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pino from 'pino'
import { z } from 'zod'
import { startEmbedded } from '#server/platform/database/embedded.ts'
import { migrate } from '#server/platform/database/migrate.ts'
import { createPool } from '#server/platform/database/pool.ts'
import { queues } from '#server/platform/jobs.ts'

const round = z.object({
  seconds: z.number(),
  milliseconds: z.array(z.number()),
  signed: z.array(z.number().nullable()).default([]),
})

export type Round = {
  readonly seconds: number
  /** Until each command was acknowledged. */
  readonly milliseconds: readonly number[]
  /** Until each was in a signed checkpoint; `null` on the wire, and infinite here, for one that never was. */
  readonly signed: readonly number[]
}

export type Side = {
  readonly run: (seconds: number) => Promise<Round>
  readonly pace: (seconds: number, perSecond: number) => Promise<Round>
  readonly end: () => Promise<void>
}

export type Sides = { readonly withLog: Side; readonly withoutLog: Side; readonly close: () => Promise<void> }

const entry = fileURLToPath(new URL('./side.ts', import.meta.url))
const preload = new URL('./withoutLog.ts', import.meta.url).href

const inDatabase = (url: string, name: string): string => url.replace(/\/[^/?]*(?=\?)/, `/${name}`)

const answerOf = (child: ChildProcess): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`a side of the bench ended with ${code}`))
    child.once('exit', ended)
    child.once('message', (message) => {
      child.off('exit', ended)
      resolve(message)
    })
  })

const roundOf = (message: unknown): Round => {
  const { seconds, milliseconds, signed } = round.parse(message)
  return { seconds, milliseconds, signed: signed.map((value) => value ?? Number.POSITIVE_INFINITY) }
}

const openSide = async (
  urls: { appUrl: string; sequencerUrl: string },
  log: boolean,
  clients: number,
): Promise<Side> => {
  const child = fork(entry, [JSON.stringify({ ...urls, log, clients })], {
    execArgv: log ? [] : ['--import', preload],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  await answerOf(child)
  const ask = async (order: Record<string, unknown>): Promise<Round> => {
    const answer = answerOf(child)
    child.send(order)
    return roundOf(await answer)
  }
  return {
    run: (seconds) => ask({ do: 'run', seconds }),
    pace: (seconds, perSecond) => ask({ do: 'pace', seconds, perSecond }),
    end: async () => {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.send({ do: 'end' })
      await gone
    },
  }
}

/** Two houses on one embedded server as shipped (fsync on), each with its own database and process; one has no log. */
export const openSides = async (clients: number): Promise<Sides> => {
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-bench-'))
  const server = await startEmbedded({ dataDir: folder, log: pino({ level: 'silent' }) })
  const owner = createPool(server.adminUrl, { max: 1 })
  const open = async (name: string, log: boolean): Promise<Side> => {
    await owner.query(`create database ${name}`)
    await migrate(inDatabase(server.adminUrl, name), { queues })
    const urls = { appUrl: inDatabase(server.appUrl, name), sequencerUrl: inDatabase(server.sequencerUrl, name) }
    return openSide(urls, log, clients)
  }
  const withLog = await open('with_log', true)
  const withoutLog = await open('without_log', false)
  await owner.end()
  return {
    withLog,
    withoutLog,
    close: async () => {
      await Promise.all([withLog.end(), withoutLog.end()])
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
