import { setTimeout as sleep } from 'node:timers/promises'
import type { PoolClient } from 'pg'
import type { Logger } from 'pino'
import { isAway } from '#server/platform/database/away.ts'
import type { DatabasePool } from '#server/platform/database/pool.ts'
import { type Asked, askWitness, type Witness } from './askWitness.ts'
import { inTransaction } from './inTransaction.ts'
import { clear, raise } from './standing.ts'

export type WitnessAsker = {
  /** A checkpoint was signed just now. */
  readonly wake: () => void
  readonly stop: () => Promise<void>
}

export type AskerOptions = {
  /** Under the sequencer's login. */
  readonly pool: DatabasePool
  readonly log: number
  readonly logger: Logger
  readonly now: () => Date
  /** How long a witness may take to answer. */
  readonly milliseconds?: number
}

/** Any number that nobody else uses: one process of the installation asks. */
const askerLock = 7_201_406_964

const between = 1_000
const firstDelay = 2_000
const longestDelay = 300_000
const patience = 10_000

/** How one witness is doing; never two requests to it at once. */
type Turn = { busy: boolean; failures: number; notBefore: number }

const due = async (db: PoolClient, log: number): Promise<readonly Witness[]> => {
  const { rows } = await db.query<Witness>({
    name: 'ledger-witnesses-due',
    text: `with last as (
        select size from ledger.checkpoint where log = $1 and hash = 'sha256' order by size desc limit 1
      )
      select w.name, w.vkey, w.url, w.size from ledger.witness w, last
      where w.url is not null and not exists (
        select from ledger.cosignature g where g.log = $1 and g.size = last.size and g.witness = w.name
      )`,
    values: [log],
  })
  return rows
}

/** Keeps asking the witnesses beside the sequencer, which never waits for them. */
export const startWitnessAsker = (options: AskerOptions): WitnessAsker => {
  const { pool, log, logger, now } = options
  const stopped = new AbortController()
  const turns = new Map<string, Turn>()
  const running = new Set<Promise<void>>()
  let waker = new AbortController()

  const rest = async (milliseconds: number): Promise<void> => {
    waker = new AbortController()
    await sleep(milliseconds, undefined, { signal: AbortSignal.any([waker.signal, stopped.signal]) }).catch(
      () => undefined,
    )
  }

  const tell = async ({ name }: Witness, asked: Asked): Promise<void> => {
    const text = asked.kind === 'trouble' ? asked.trouble : asked.kind === 'alarm' ? asked.found.message : undefined
    if (text !== undefined) {
      const { rows } = await pool.query<{ before: string | null }>(
        `update ledger.witness w set tried_at = $2, trouble = $3 from (select trouble from ledger.witness where name = $1) old
         where w.name = $1 returning old.trouble as before`,
        [name, now(), text],
      )
      if (rows[0]?.before !== text) logger.warn({ witness: name }, `联署方：${text}`)
    }
    if (asked.kind === 'trouble') return
    const size = asked.kind === 'alarm' ? asked.found.size : asked.size
    const concerning = { log, size, now: now() }
    const changed = await inTransaction(pool, (db) =>
      asked.kind === 'alarm' ? raise(db, asked.found, concerning) : clear(db, name, concerning),
    )
    if (changed && asked.kind === 'alarm')
      logger.error({ witness: name }, `${asked.found.message}。${asked.found.remedy}`)
  }

  /** Whether it went well. */
  const ask = async (witness: Witness): Promise<boolean> => {
    try {
      const milliseconds = options.milliseconds ?? patience
      const asked = await askWitness({ db: pool, log, now, milliseconds, stopped: stopped.signal }, witness)
      if (stopped.signal.aborted) return false
      if (asked) await tell(witness, asked)
      return asked?.kind === 'cosigned'
    } catch (error) {
      if (!stopped.signal.aborted && !isAway(error))
        logger.warn({ err: error, witness: witness.name }, 'asking a witness failed')
      return false
    }
  }

  const takeTurn = async (witness: Witness, turn: Turn): Promise<void> => {
    turn.busy = true
    const well = await ask(witness)
    turn.failures = well ? 0 : turn.failures + 1
    const delay = well ? between : Math.min(longestDelay, firstDelay * 2 ** (turn.failures - 1))
    turn.notBefore = performance.now() + delay
    turn.busy = false
  }

  const round = async (db: PoolClient): Promise<void> => {
    for (const witness of await due(db, log)) {
      // A mended address or key is tried at once.
      const key = `${witness.vkey} ${witness.url}`
      const turn = turns.get(key) ?? { busy: false, failures: 0, notBefore: 0 }
      turns.set(key, turn)
      if (turn.busy || performance.now() < turn.notBefore) continue
      const asked: Promise<void> = takeTurn(witness, turn).finally(() => running.delete(asked))
      running.add(asked)
    }
  }

  const work = async (db: PoolClient): Promise<void> => {
    const { rows } = await db.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [askerLock])
    if (rows[0]?.mine !== true) return rest(5_000)
    while (!stopped.signal.aborted) {
      await round(db)
      await rest(between)
    }
  }

  const run = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      const client = await pool.connect().catch(() => undefined)
      try {
        if (client) await work(client)
        else await rest(between)
      } catch (error) {
        if (!stopped.signal.aborted && !isAway(error)) logger.warn({ err: error }, 'asking witnesses begins again')
        await rest(between)
      } finally {
        // The lock goes with the connection.
        client?.release(true)
      }
    }
  }

  const whole = run()
  return {
    wake: () => waker.abort(),
    stop: async () => {
      stopped.abort()
      await whole
      await Promise.all(running)
    },
  }
}
