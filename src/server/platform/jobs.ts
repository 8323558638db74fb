import type { PoolClient } from 'pg'
import { PgBoss } from 'pg-boss'
import type { Logger } from 'pino'

/** Queues an effect inside the transaction of the act: it runs if and only if the act stands. */
export type JobSender = {
  readonly send: (
    client: Pick<PoolClient, 'query'>,
    queue: string,
    data: Readonly<Record<string, unknown>>,
  ) => Promise<void>
}

export type Job = { readonly id: string; readonly data: unknown }

/** A worker of one queue; it must be idempotent by the event id in its data. */
export type Worker = {
  readonly queue: string
  readonly run: (job: Job) => Promise<void>
  /** How many are fetched at once where many come together; where one of them fails, all of them are run again. */
  readonly atOnce?: number
}

export type Jobs = JobSender & {
  readonly work: (workers: readonly Worker[]) => Promise<void>
  readonly stop: () => Promise<void>
}

/** The queues of this installation; created by the owner when it migrates. */
export const queues = [
  'file.publish',
  'mine.moveDivision',
  'hazard.openInMine',
  'handover.reassign',
  'person.forget',
  'importing.carryOut',
  'board.recordPosting',
] as const

/** An effect is part of an act that stands: it is tried again for some days, at last once an hour. */
const patience = { retryLimit: 100, retryDelay: 1, retryBackoff: true, retryDelayMax: 3_600 }

export const startJobs = async (url: string, log: Logger): Promise<Jobs> => {
  const boss = new PgBoss({
    connectionString: url,
    schema: 'pgboss',
    migrate: false,
    max: 4,
    application_name: 'bihuan-jobs',
  })
  let stopping = false
  boss.on('error', (error) => {
    // Its connections may still hear the server's goodbye after they were closed.
    if (!stopping) log.error({ err: error }, 'jobs')
  })
  await boss.start()
  return {
    send: async (client, queue, data) => {
      const db = { executeSql: async (text: string, values?: unknown[]) => client.query(text, values) }
      await boss.send(queue, { ...data }, { db, ...patience })
    },
    work: async (workers) => {
      for (const { queue, run, atOnce = 1 } of workers)
        await boss.work(queue, { pollingIntervalSeconds: 1, batchSize: atOnce }, async (fetched) => {
          for (const job of fetched)
            try {
              await run({ id: job.id, data: job.data })
            } catch (error) {
              log.error({ err: error, queue, job: job.id }, `后台任务 ${queue} 没有办成，稍后自动再办`)
              throw error
            }
        })
    },
    stop: async () => {
      stopping = true
      await boss.stop({ graceful: true, timeout: 5_000 })
    },
  }
}
