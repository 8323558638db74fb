import type { PoolClient } from 'pg'
import type { DatabasePool } from '#server/platform/database/pool.ts'

/** All of it or nothing. */
export const inTransaction = async <T>(pool: DatabasePool, work: (client: PoolClient) => Promise<T>): Promise<T> => {
  const client = await pool.connect()
  let broken = false
  try {
    await client.query('begin')
    const done = await work(client)
    await client.query('commit')
    return done
  } catch (error) {
    await client.query('rollback').catch(() => {
      broken = true
    })
    throw error
  } finally {
    client.release(broken)
  }
}
