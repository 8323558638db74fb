import pino from 'pino'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { plain, route } from '#contract/route.ts'
import { ok } from '#domain/refusal.ts'
import { createApp } from '#server/platform/http/app.ts'
import { open } from '#server/platform/http/mounted.ts'

const guess = route({
  ...plain,
  method: 'POST',
  path: '/api/guess',
  summary: 'a door where something can be guessed',
  tag: 'test',
  access: 'public',
  reply: z.object({}),
})

const doorOf = (secure: boolean) =>
  createApp({
    mounted: [open(guess, async () => ok({}))],
    log: pino({ level: 'silent' }),
    secure,
    checkAccess: true,
    authenticate: async () => undefined,
  })

/** How the last is answered, when the pace of one address has been used up. */
const afterManyFrom = async (secure: boolean, last: string): Promise<number> => {
  const app = await doorOf(secure)
  const from = (address: string) =>
    app.inject({ method: 'POST', url: '/api/guess', headers: { 'x-forwarded-for': address } })
  for (let count = 0; count < 120; count += 1) expect((await from('203.0.113.7')).statusCode).toBe(200)
  const { statusCode } = await from(last)
  await app.close()
  return statusCode
}

test('behind a proxy one guesser does not shut the door on everybody', async () => {
  expect(await afterManyFrom(true, '203.0.113.7')).toBe(429)
  expect(await afterManyFrom(true, '203.0.113.8')).toBe(200)
})

test('without a proxy nobody escapes the pace by claiming another address', async () => {
  expect(await afterManyFrom(false, '203.0.113.8')).toBe(429)
})
