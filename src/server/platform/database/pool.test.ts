import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloneDatabase, type TestDatabase } from '#tests/support/database.ts'
import { createPool } from './pool.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await cloneDatabase()
})
afterAll(() => database?.drop())

describe('what the pool reads', () => {
  it('keeps a legal date a date, in single and in list', async () => {
    const pool = createPool(database.appUrl)
    const { rows } = await pool.query(
      `select date '2023-09-15' as day, array[date '2023-09-15', null] as days, null::date as none`,
    )
    expect(rows).toEqual([{ day: '2023-09-15', days: ['2023-09-15', null], none: null }])
    await pool.end()
  })

  it('reads counts as numbers, and loses no digit of what is no safe number', async () => {
    const pool = createPool(database.appUrl)
    const { rows } = await pool.query(
      `select 9007199254740991::int8 as safe, 9007199254740993::int8 as large, array[1::int8, null] as list, 1::int8 as prepared`,
    )
    expect(rows).toEqual([{ safe: 9007199254740991, large: '9007199254740993', list: [1, null], prepared: 1 }])
    await pool.end()
  })

  it('reads an instant as one', async () => {
    const pool = createPool(database.appUrl)
    const { rows } = await pool.query(`select timestamptz '2023-09-15 09:00+08' as at`)
    expect(rows).toEqual([{ at: new Date('2023-09-15T01:00:00Z') }])
    await pool.end()
  })
})

describe('a pool', () => {
  it('ends a statement that runs too long', async () => {
    const pool = createPool(database.appUrl, { statementTimeout: 50 })
    await expect(pool.query('select pg_sleep(5)')).rejects.toMatchObject({ code: '57014' })
    await pool.end()
  })

  it('outlives connections that break, idle or in the middle of a transaction', async () => {
    const broken: Error[] = []
    const pool = createPool(database.appUrl, { onBroken: (error) => broken.push(error) })
    const owner = createPool(database.adminUrl)
    const held = await pool.connect()
    await held.query('begin')
    await Promise.all([pool.query('select 1'), pool.query('select 2')])
    await owner.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'bihuan_app' and datname = current_database()`,
    )
    await sleep(100)
    await expect(held.query('select 1')).rejects.toThrow()
    held.release(true)
    expect(broken.length).toBeGreaterThanOrEqual(3)
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await Promise.all([pool.end(), owner.end()])
  })
})
