import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Scope } from '#domain/access/actor.ts'
import { cloneDatabase, type TestDatabase } from '#tests/support/database.ts'
import { createPool, type DatabasePool } from './database/pool.ts'
import { scopeBounds, within } from './scope.ts'

const ids = ['018f3f1e-0000-7000-8000-000000000001', '018f3f1e-0000-7000-8000-000000000002']

describe('how far a grant reaches in the database', () => {
  test('a division is a half-open range of codes; a list of tenants has no range', () => {
    expect(scopeBounds({ kind: 'division', code: '140404' })).toEqual({ lo: '140404', hi: '140405', tenants: [] })
    expect(scopeBounds({ kind: 'tenants', ids })).toEqual({ lo: '', hi: '', tenants: ids })
  })

  describe('in a transaction', () => {
    let database: TestDatabase
    let pool: DatabasePool
    beforeAll(async () => {
      database = await cloneDatabase()
      pool = createPool(database.appUrl, { max: 1 })
    })
    afterAll(async () => {
      await pool.end()
      await database.drop()
    })

    const settings = `select current_setting('bihuan.div_lo', true) as lo, current_setting('bihuan.div_hi', true) as hi,
      core.scope_tenants() as tenants`

    const seenWithin = async (scope: Scope, mode: 'read only' | 'read write', sql = settings) => {
      const client = await pool.connect()
      try {
        return await within(client, scope, mode, async () => {
          const { rows } = await client.query(sql)
          await client.query('commit')
          return rows[0]
        })
      } catch (error) {
        await client.query('rollback')
        throw error
      } finally {
        client.release()
      }
    }

    test('the scope is set before the first statement of the work', async () => {
      expect(await seenWithin({ kind: 'division', code: '1404' }, 'read only')).toEqual({
        lo: '1404',
        hi: '1405',
        tenants: null,
      })
      expect(await seenWithin({ kind: 'tenants', ids }, 'read only')).toMatchObject({ lo: '', hi: '' })
      expect(await seenWithin({ kind: 'tenants', ids }, 'read only', 'select core.scope_tenants()::text as t')).toEqual(
        {
          t: `{${ids.join(',')}}`,
        },
      )
    })

    test('the scope ends with the transaction: the next user of the connection reaches nothing', async () => {
      await seenWithin({ kind: 'division', code: '1404' }, 'read only')
      const { rows } = await pool.query(settings)
      expect(rows[0]).toEqual({ lo: '', hi: '', tenants: null })
    })

    test('a read writes nothing, whatever it says', async () => {
      const write = seenWithin(
        { kind: 'division', code: '1404' },
        'read only',
        `insert into core.counter (tenant_id, series, div, value) values ('${ids[0]}', 'x', '1404', 1)`,
      )
      await expect(write).rejects.toMatchObject({ code: '25006' })
    })

    test('a scope that would break out of its setting is only text', async () => {
      const odd: Scope = { kind: 'tenants', ids: [`'); drop schema core cascade; --`] }
      await expect(seenWithin(odd, 'read only')).rejects.toMatchObject({ code: '22P02' })
      expect((await pool.query('select count(*)::int as n from core.event')).rows[0]).toEqual({ n: 0 })
    })
  })
})
