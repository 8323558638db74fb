import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listHazards, readHazard } from '#contract/hazard.ts'
import { readHome } from '#contract/home.ts'
import { signIn } from '#contract/session.ts'
import { demoAccounts } from '#demo/accounts.ts'
import { demoId } from '#demo/demoId.ts'
import { posts } from '#demo/posts.ts'
import { sideOf } from '#domain/access/role.ts'
import { homeFigures } from '#server/home/queries.ts'
import { type OpenDemo, openDemo } from '#tests/support/demo.ts'
import { granted } from '#tests/support/district.ts'

let demo: OpenDemo
beforeAll(async () => {
  demo = await openDemo()
})
afterAll(() => demo?.close())

const h12 = demoId('H12')

const accountPosts = posts.filter(({ grants }) => grants.length > 0)
const minesPosts = accountPosts.filter(({ grants }) => grants.some(({ role }) => sideOf(role) === 'mine'))

describe('H12：匿名举报，到场核查之前', () => {
  test.each(minesPosts.filter(({ home }) => home === 'F03').map(({ key }) => key))(
    '%s 在台账、计数、首页都看不到，按编号打开是404',
    async (post) => {
      const person = await demo.as(post)
      for (const query of [{}, { mineId: demoId('F03') }, { status: 'found' as const }, { search: '举报' }]) {
        const { items, total } = granted(await person.call(listHazards, { query: { limit: 200, ...query } }))
        expect(items.map(({ id }) => id)).not.toContain(h12)
        expect(total).toBe(items.length)
      }
      const home = granted(await person.call(readHome, {}))
      expect(home.figures.verifying).toBe(0)
      expect(JSON.stringify(home)).not.toContain(h12)
      for (const tenant of ['局', 'F03']) {
        const answer = await person.call(readHazard, { params: { tenantId: demoId(tenant), id: h12 } })
        expect(answer.ok === false && answer.problem.status).toBe(404)
      }
    },
  )

  test('别的矿的账号也看不到', async () => {
    for (const { key, home } of minesPosts) {
      if (home === 'F03') continue
      const person = await demo.as(key)
      const { items } = granted(await person.call(listHazards, { query: { limit: 200 } }))
      expect(
        items.map(({ id }) => id),
        key,
      ).not.toContain(h12)
    }
  })

  test('F03的台账是3条：H03、H16、H17', async () => {
    const principal = await demo.as('F03/矿长')
    const { items, total } = granted(await principal.call(listHazards, { query: {} }))
    expect(total).toBe(3)
    expect(items.map(({ id }) => id).sort()).toEqual(['H03', 'H16', 'H17'].map(demoId).sort())
  })

  test('应用不查权限时，行级安全也不给：F03范围内的库里没有它', async () => {
    const scope = { kind: 'tenants' as const, ids: [demoId('F03'), demoId('C03')] }
    const figures = await demo.platform.read({ scope }, (within) => homeFigures(within, '2023-09-15'))
    expect(figures.verifying).toBe(0)
    const found = await demo.platform.read({ scope }, async ({ client }) => {
      const { rows } = await client.query('select from core.event where stream_id = $1', [h12])
      return rows.length
    })
    expect(found).toBe(0)
  })

  test.each(['局/三股股长', '局/监管员甲', '局/局长'])('%s 看得到，核查期限2023-09-20', async (post) => {
    const person = await demo.as(post)
    const found = granted(await person.call(readHazard, { params: { tenantId: demoId('局'), id: h12 } }))
    expect(found.state).toMatchObject({
      status: 'found',
      finding: { on: '2023-09-11', source: 'publicReport', verifyBy: '2023-09-20' },
    })
    const home = granted(await person.call(readHome, {}))
    expect(home.figures.verifying).toBe(1)
  })

  test('所在乡镇的应急站长也看不到：举报只在局里密封', async () => {
    const head = await demo.as('西池乡/应急站长')
    const { items } = granted(await head.call(listHazards, { query: { limit: 200 } }))
    expect(items.map(({ id }) => id)).not.toContain(h12)
  })
})

describe('演示账号', () => {
  test.each(demoAccounts.map(({ login, title, password, post }) => ({ login, title, password, post })))(
    '$title（$login）用演示密码登录',
    async ({ login, password, post }) => {
      const { session } = granted(await demo.stranger.call(signIn, { body: { login, password } }))
      const { actor } = await demo.as(post)
      expect(session).toMatchObject({ accountId: actor.accountId, login, grant: { role: actor.role } })
      expect(session.homeName).toMatch(/演示/)
    },
  )

  test('铁矿和尾矿库是同一位主要负责人，一个账号管两座', async () => {
    const principal = await demo.as('F11/主要负责人')
    const { items } = granted(await principal.call(listHazards, { query: {} }))
    expect(items.map(({ id }) => id).sort()).toEqual(['H10', 'H25'].map(demoId).sort())
  })
})
