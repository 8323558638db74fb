import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browser, logKey, makeForks, printedSlip, showForks, slipWitness, verifierFor } from '#tests/faults/forks.ts'
import { witness } from '#tests/faults/forkWitness.ts'
import { startServer, type TestServer } from '#tests/support/district.ts'

let city: TestServer

beforeAll(async () => {
  city = await startServer({ empty: true })
})
afterAll(() => city.close())

const signer = logKey()
const log = verifierFor(signer.vkey)
const forks = makeForks(20, 20_230_915, signer)

const caughtBy = async (watcher: Parameters<typeof showForks>[2][number]) => {
  const [caught] = await showForks(forks, signer, [watcher])
  return { caught: caught?.caught, missed: caught?.missed, falseAlarms: caught?.falseAlarms }
}

const all = { caught: 20, missed: [], falseAlarms: 0 }

describe('拿着存证私钥改写历史、重新签名，做出二十个分叉', () => {
  test('登录过的浏览器凭它记住的快照，个个识破；如实增长的不误报', async () => {
    expect(await caughtBy(browser(log))).toEqual(all)
  })

  test('联署方一个也不联署；如实增长的都联署', async () => {
    expect(await caughtBy(witness({ url: city.baseUrl, db: city.owner }, signer))).toEqual(all)
  })

  test('墙上小条的二维码，拍下来一对，个个识破', { timeout: 120_000 }, async () => {
    expect(await caughtBy(printedSlip(log, slipWitness()))).toEqual(all)
  })

  test('什么都信的人一个也识不破：这些分叉本身挑不出毛病', async () => {
    const trusting = {
      name: 'nobody',
      judge: async (_before: unknown, { note }: { note: string }) => ({
        accepted: note.includes(signer.name),
        how: '',
      }),
    }
    expect(await caughtBy(trusting)).toMatchObject({ caught: 0 })
  })
})
