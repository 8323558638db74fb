import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cloneDatabase, type TestDatabase } from '#tests/support/database.ts'
import { claimNames } from './claims.ts'
import { createPool, type DatabasePool } from './database/pool.ts'
import { within } from './scope.ts'

const tenant = (digit: number) => `018f3f1e-0000-7000-8000-00000000000${digit}`
const taken = { message: '已经有人使用', remedy: '换一个' }
const claim = (value: string) => ({ kind: 'login', value, taken })

describe('names that are unique across all tenants', () => {
  let database: TestDatabase
  let pool: DatabasePool
  beforeAll(async () => {
    database = await cloneDatabase()
    pool = createPool(database.appUrl)
  })
  afterAll(async () => {
    await pool.end()
    await database.drop()
  })

  const claiming = async (digit: number, ...values: string[]) => {
    const client = await pool.connect()
    const place = { tenantId: tenant(digit), streamId: tenant(digit), div: `14040410${digit}` }
    try {
      return await within(client, { kind: 'tenants', ids: [place.tenantId] }, 'read write', async () => {
        const outcome = await claimNames(client, values.map(claim), place)
        await client.query(outcome.ok ? 'commit' : 'rollback')
        return outcome.ok ? 'claimed' : outcome.refusal
      })
    } finally {
      client.release()
    }
  }

  test('the first to come has it; a tenant that cannot even see it is refused, not failed', async () => {
    expect(await claiming(1, 'a')).toBe('claimed')
    expect(await claiming(2, 'a')).toEqual({ code: 'already-taken', ...taken })
  })

  test('claiming again what is one’s own is no conflict', async () => {
    expect(await claiming(1, 'a')).toBe('claimed')
  })

  test('what is not named any more is released, and free for others', async () => {
    expect(await claiming(1, 'b')).toBe('claimed')
    expect(await claiming(2, 'a')).toBe('claimed')
    expect(await claiming(1)).toBe('claimed')
    expect(await claiming(2, 'a', 'b')).toBe('claimed')
  })

  test('a refused claim releases nothing', async () => {
    expect(await claiming(3, 'c')).toBe('claimed')
    expect(await claiming(3, 'a')).toMatchObject({ code: 'already-taken' })
    expect(await claiming(4, 'c')).toMatchObject({ code: 'already-taken' })
  })

  test('eight at once: one has it', async () => {
    const answers = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((digit) => claiming(digit, 'rush')))
    expect(answers.filter((answer) => answer === 'claimed')).toHaveLength(1)
  })
})
