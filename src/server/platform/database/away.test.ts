import pg from 'pg'
import { describe, expect, inject, it } from 'vitest'
import { isAway } from '#server/platform/database/away.ts'
import { createPool } from '#server/platform/database/pool.ts'
import { asOwner } from '#tests/support/database.ts'

const failureOf = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work
  } catch (error) {
    return error
  }
  throw new Error('did not fail')
}

describe('a database that went away', () => {
  it('is known by a connection that ended under a transaction', async () => {
    const server = inject('databaseServer')
    const pool = createPool(server.adminUrl, { max: 1 })
    const client = await pool.connect()
    await client.query('begin')
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    await asOwner(server, (owner) => owner.query('select pg_terminate_backend($1)', [rows[0]?.pid]))
    const failure = await failureOf(client.query('commit'))
    client.release(true)
    await pool.end()
    expect(isAway(failure)).toBe(true)
  })

  it('is known by there being no socket', async () => {
    const client = new pg.Client({ connectionString: 'postgresql://nobody@/none?host=%2Fnowhere' })
    expect(isAway(await failureOf(client.connect()))).toBe(true)
  })

  it('is not what a statement that fails makes it', async () => {
    const pool = createPool(inject('databaseServer').adminUrl, { max: 1 })
    const failure = await failureOf(pool.query('select 1/0'))
    await pool.end()
    expect(isAway(failure)).toBe(false)
  })
})
