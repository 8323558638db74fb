import { loadavg } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { checkBooks } from '#tests/load/books.ts'
import type { Program } from '#tests/load/program.ts'
import type { Registered } from '#tests/load/register.ts'
import { startLoad, type Told } from './persistentClient.ts'
import type { Tally } from './tally.ts'

export type Ground = {
  readonly program: Program
  readonly registered: Registered
  readonly told: Told
  readonly tally: Tally
}

/** Ready again within five seconds; on a machine so busy that an ordinary start takes long, within twice that start. */
const readyWithin = 5_000
const hangs = 30_000

const between = (least: number, most: number): number => least + Math.random() * (most - least)

const inSeconds = (milliseconds: number): string => `${(milliseconds / 1_000).toFixed(1)} s`

const middle = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN

/** What must hold however the night went: told = kept, once, whole; clients were never told anything untrue. */
export const checkAll = async ({ program, registered, told, tally }: Ground, after: string): Promise<void> => {
  const { acknowledged, strange, denied } = told
  const books = await checkBooks(program, { acknowledged, others: registered.commands })
  tally.check(
    `after ${after}: every acknowledged act kept, none twice, none by halves; streams and numbers gapless; outbox = events; rows = fold`,
    books.complaints.length === 0,
    `${acknowledged.size} acknowledged, ${books.commands} commands, ${books.events} events kept`,
  )
  for (const complaint of books.complaints) tally.say(`       ${complaint}`)
  tally.check(`after ${after}: no client got an answer it cannot understand`, strange.length === 0, strange[0])
  tally.check(`after ${after}: nobody was told “not done” of what was done`, denied.length === 0, denied[0])
  strange.length = 0
  denied.length = 0
}

type Kill = {
  readonly what: string
  /** Kills, and sees to it that the program runs again. Milliseconds until it is ready, where only we know. */
  readonly strike: (program: Program) => Promise<number | undefined>
}

const killServer: Kill = {
  what: 'the server',
  strike: async (program) => {
    await program.kill()
    return program.start()
  },
}

const killDatabase: Kill = {
  what: 'the database with all its backends',
  strike: async (program) => {
    program.killDatabase()
    return undefined
  },
}

/** Milliseconds until an act that was sent after the strike is acknowledged. */
const untilAcknowledged = async (told: Told, struck: number): Promise<number> => {
  const until = performance.now() + 60_000
  while (told.latest <= struck) {
    if (performance.now() > until) return Number.POSITIVE_INFINITY
    await sleep(5)
  }
  return performance.now() - struck
}

/** Kills with SIGKILL at random moments while every mine writes; clients send again under the same id. */
export const killUnderLoad = async (ground: Ground, kind: 'server' | 'database', times: number): Promise<void> => {
  const { program, registered, told, tally } = ground
  const { what, strike } = kind === 'server' ? killServer : killDatabase
  await program.stop()
  const ordinary = await program.start()
  tally.say(`kill -9 of ${what}, ${times} times under load; an ordinary start takes ${inSeconds(ordinary)}`)
  const [resent, unanswered] = [told.resent, told.landedUnanswered]
  const load = startLoad(program, registered.mines, told)
  const readyAfter: number[] = []
  for (let round = 1; round <= times; round += 1) {
    await sleep(between(700, 2_200))
    const before = told.acknowledged.size
    const struck = performance.now()
    const ready = await strike(program)
    const acknowledged = await untilAcknowledged(told, struck)
    readyAfter.push(ready ?? acknowledged)
    tally.say(
      `  ${round}/${times}: ${before} acknowledged so far; ready after ${inSeconds(ready ?? acknowledged)}, first act after ${inSeconds(acknowledged)}`,
    )
  }
  await sleep(500)
  await load.stop()
  tally.check(
    `ready within ${readyWithin / 1_000} s of a kill of ${what}`,
    middle(readyAfter) <= Math.max(readyWithin, 2 * ordinary) && Math.max(...readyAfter) < hangs,
    `p50 ${inSeconds(middle(readyAfter))}, at most ${inSeconds(Math.max(...readyAfter))}, load average ${loadavg()[0]?.toFixed(1)}`,
  )
  tally.say(
    `       ${told.resent - resent} sent again, ${told.landedUnanswered - unanswered} of them had landed before`,
  )
  await checkAll(ground, `${times} kills of ${what}`)
}
