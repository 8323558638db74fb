import { expect, test } from 'vitest'
import { judgeSm2 } from './sm2.ts'

test('openssl 认我们的国密签名、不认改动过的；我们认 openssl 的；50 份快照', { timeout: 120_000 }, async () => {
  const said: string[] = []
  const { passed, failed } = await judgeSm2((line) => said.push(line), { checkpoints: 50 })
  expect({ passed, failed, said: failed > 0 ? said : [] }).toEqual({ passed: 200 + 4 * 50, failed: 0, said: [] })
})
