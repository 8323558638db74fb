import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { runCli, startCli } from '#tests/support/cli.ts'
import { eventually } from '#tests/support/eventually.ts'
import { openCheckpoint } from '#translog/checkpoint.ts'
import { readVkey } from '#translog/signedNote.ts'
import { sm2Verifier } from '#translog/sm2.ts'

let home: string
let program: ReturnType<typeof startCli>

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'bihuan-sm-'))
  program = startCli(['serve', '--data', join(home, 'real'), '--port', '0', '--json'], {
    env: { XDG_CONFIG_HOME: home },
  })
  await program.says('out', '}\n')
})
afterAll(async () => {
  program.child.kill('SIGTERM')
  await program.ended
  rmSync(home, { recursive: true, force: true })
})

const sm = (...args: string[]) =>
  runCli(['ledger', 'sm', ...args, '--data', join(home, 'real')], { env: { XDG_CONFIG_HOME: home } })

const state = z.object({ on: z.boolean(), size: z.number(), logSize: z.number(), vkey: z.string().optional() })

test('运行中开启国密存证，马上签出第一份快照，公钥可查；off 停下；写错的不认', { timeout: 60_000 }, async () => {
  expect((await sm()).out).toBe('国密存证（SM3、SM2）没有开启\n')
  const wrong = await sm('yes')
  expect(wrong).toMatchObject({ code: 2, out: '' })
  expect(wrong.err).toContain('写 on 开启，写 off 停下')

  expect((await sm('on')).code).toBe(0)
  const file = join(home, 'real', 'ledger', 'public', 'sm3', 'checkpoint')
  const written = await eventually(async () => (existsSync(file) ? readFileSync(file, 'utf8') : undefined))
  const told = await sm('--json')
  const { on, size, logSize, vkey } = state.parse(JSON.parse(told.out))
  expect({ on, size }).toEqual({ on: true, size: logSize })
  const key = readVkey(vkey ?? '')
  const verifier = key && sm2Verifier(key)
  expect(verifier && openCheckpoint(written, verifier)).toBeDefined()

  expect((await sm('off')).out).toMatch(/^国密存证（SM3、SM2）没有开启/)
})
