import type { PoolClient } from 'pg'
import { createPool, type DatabasePool } from '#server/platform/database/pool.ts'
import { DatabaseTrouble } from '#server/platform/database/trouble.ts'
import { readColumns } from '#server/platform/project.ts'
import type { Capability } from '#server/platform/stream.ts'
import { settleDerived } from './derived.ts'
import { differenceOf, mendTable, suspectDifferences, type TableDifference } from './difference.ts'
import { allStreams, type Replayer, replayStreams, type StreamKey } from './replay.ts'
import { createShadow, dropShadow, shadowSchema } from './shadow.ts'

export type RebuildOptions = {
  /** The owner: a rebuild sees every tenant. */
  readonly adminUrl: string
  readonly capabilities: readonly Capability[]
  /** Tells what differs and changes nothing. */
  readonly dryRun?: boolean
  readonly connections?: number
  readonly onProgress?: (streams: number, of: number) => void
}

export type Rebuilt = {
  readonly streams: number
  readonly tables: readonly TableDifference[]
  /** Rows of tables counted out of these that did not say what a recount says. */
  readonly recounted: number
  /** Missing, extra and different rows of all tables, and what was counted wrong. */
  readonly differences: number
  readonly applied: boolean
}

const countStreams = async (pool: DatabasePool): Promise<number> => {
  const { rows } = await pool.query<{ count: number }>('select count(*)::int as count from core.stream')
  return rows[0]?.count ?? 0
}

const replayAll = async (pool: DatabasePool, replayer: Replayer, options: RebuildOptions): Promise<number> => {
  const total = await countStreams(pool)
  const batches = allStreams(pool)
  let done = 0
  const work = async (): Promise<void> => {
    for (;;) {
      const batch = await batches.next()
      if (batch.done) return
      await replayStreams(pool, replayer, batch.value)
      done += batch.value.length
      options.onProgress?.(done, total)
    }
  }
  const ended = await Promise.allSettled(Array.from({ length: options.connections ?? 3 }, work))
  for (const one of ended) if (one.status === 'rejected') throw one.reason
  return done
}

/** Streams that grew, began or moved since the shadow took them in. */
const grownStreams = async (client: PoolClient): Promise<readonly StreamKey[]> => {
  const { rows } = await client.query<StreamKey>(
    `select s.tenant_id as "tenantId", s.stream_id as "streamId" from core.stream s
     left join ${shadowSchema}.replayed p using (tenant_id, stream_id)
     where p.version is distinct from s.version or p.div is distinct from s.div`,
  )
  return rows
}

const suspectStreams = (client: PoolClient, tables: readonly string[], keys: readonly StreamKey[]) =>
  client.query(
    `insert into ${shadowSchema}.suspect select t, k.tenant_id, k.stream_id
     from unnest($1::text[]) t cross join unnest($2::uuid[], $3::uuid[]) as k(tenant_id, stream_id) on conflict do nothing`,
    [tables, keys.map(({ tenantId }) => tenantId), keys.map(({ streamId }) => streamId)],
  )

/** The last step holds off commands, never readers, and only for what changed since the first pass. */
const settle = async (
  pool: DatabasePool,
  replayer: Replayer,
  tables: readonly string[],
  dryRun: boolean,
): Promise<readonly TableDifference[]> => {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query('lock table core.event in share row exclusive mode')
    const grown = await grownStreams(client)
    for (let from = 0; from < grown.length; from += 400)
      await replayStreams(client, replayer, grown.slice(from, from + 400))
    await suspectStreams(client, tables, grown)
    const found: TableDifference[] = []
    for (const table of tables) {
      const difference = await differenceOf(client, table)
      found.push(difference)
      if (!dryRun && difference.missing + difference.extra + difference.different > 0)
        await mendTable(client, table, replayer.columns)
    }
    await client.query('commit')
    return found
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}

const withLock = async <T>(pool: DatabasePool, work: () => Promise<T>): Promise<T> => {
  const holder = await pool.connect()
  try {
    const { rows } = await holder.query<{ held: boolean }>(
      `select pg_try_advisory_lock(hashtext('bihuan rebuild')) as held`,
    )
    if (!rows[0]?.held) throw new DatabaseTrouble('另一个重建正在进行；请等它结束后再运行')
    return await work()
  } finally {
    // Given back by word: a closed connection gives it back only once its backend has noticed, and the next rebuild may
    // be faster than that.
    await holder.query(`select pg_advisory_unlock(hashtext('bihuan rebuild'))`).catch(() => undefined)
    holder.release(true)
  }
}

/**
 * Folds every stream again and brings the read tables to what the events say, naming what was not so. Touches the
 * tables of acts and registries alone and queues nothing; the program may go on running.
 */
export const rebuild = async (options: RebuildOptions): Promise<Rebuilt> => {
  const pool = createPool(options.adminUrl, {
    max: (options.connections ?? 3) + 2,
    applicationName: 'bihuan-rebuild',
    statementTimeout: 0,
  })
  try {
    return await withLock(pool, async () => {
      const tables = [...new Set(options.capabilities.flatMap((capability) => capability.tables))].sort()
      const replayer: Replayer = {
        capabilities: new Map(options.capabilities.map((capability) => [capability.kind, capability])),
        columns: await readColumns(pool),
      }
      try {
        await createShadow(pool, tables)
        const streams = await replayAll(pool, replayer, options)
        for (const table of tables) await suspectDifferences(pool, table)
        const found = await settle(pool, replayer, tables, options.dryRun === true)
        const recounted = await settleDerived(pool, options.dryRun === true)
        const differences = found.reduce((sum, one) => sum + one.missing + one.extra + one.different, recounted)
        return { streams, tables: found, recounted, differences, applied: options.dryRun !== true && differences > 0 }
      } finally {
        await dropShadow(pool)
      }
    })
  } finally {
    await pool.end()
  }
}
