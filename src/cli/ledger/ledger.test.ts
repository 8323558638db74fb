import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { runCli, startCli } from '#tests/support/cli.ts'
import { eventually } from '#tests/support/eventually.ts'

let home: string
let data: string
const running: ReturnType<typeof startCli>[] = []
const env = () => ({ XDG_CONFIG_HOME: home })
const setup = ['--bureau', '测试区应急管理局', '--div', '140404', '--account', 'guanliyuan']

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'bihuan-ledger-'))
  data = join(home, 'real')
})
afterEach(async () => {
  for (const { child, ended } of running.splice(0)) {
    child.kill('SIGTERM')
    await ended
  }
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

const start = async () => {
  const program = startCli(['serve', '--data', data, '--port', '0', '--json'], { env: env() })
  running.push(program)
  await program.says('out', '}\n')
  return program
}
const stop = async ({ child, ended }: ReturnType<typeof startCli>) => {
  child.kill('SIGINT')
  expect((await ended).code).toBe(0)
}
const cli = (...args: string[]) => runCli([...args, '--data', data], { env: env() })

/** With owners and rights: the database server insists on its own. */
const copy = (from: string, to: string) => execFileSync('cp', ['-a', from, to])

const signed = async (atLeast: number) =>
  eventually(async () => {
    const file = join(data, 'ledger', 'public', 'checkpoint')
    if (!existsSync(file)) return undefined
    const [origin, size] = readFileSync(file, 'utf8').split('\n')
    return Number(size) >= atLeast ? { origin, size: Number(size) } : undefined
  })

const replaying = z.object({ kind: z.string(), replayed: z.object({ from: z.number(), to: z.number() }).optional() })

describe('数据库文件夹被换成旧的', () => {
  test('启动时从第二存放处补回，说明补了多少；两个岗位可以决定另起', async () => {
    const first = await start()
    await stop(first)
    copy(join(data, 'postgres'), join(home, 'a-week-ago'))
    const second = await start()
    const made = await runCli(['setup', '--data', data, ...setup], { env: env(), input: 'Shou-ci-qidong-2023\n' })
    expect(made.code, made.err).toBe(0)
    const { size } = await signed(3)
    await stop(second)

    renameSync(join(data, 'postgres'), join(home, 'lost'))
    copy(join(home, 'a-week-ago'), join(data, 'postgres'))
    const tried = await cli('ledger', 'replay', '--dry-run', '--json')
    expect(tried.code, tried.err).toBe(0)
    expect(replaying.parse(JSON.parse(tried.out))).toEqual({ kind: 'wouldBring', replayed: { from: 0, to: size } })

    const third = await start()
    expect(third.said.err).toContain(`数据库比第二存放处的存证旧，少 ${size} 条`)
    expect(third.said.err).toContain(`已从第二存放处补到第 ${size} 条`)
    expect(third.said.err).toContain('!! 1 个账号的账号名或密码后来设过，补不回来')
    const early = await cli('ledger', 'begin', '--reason', '系统还在运行', '--by', '局长', '--by', '系统管理员')
    expect(early).toMatchObject({ code: 1, err: '系统正在运行，正在写存证；先停止程序，再运行一次\n' })
    await stop(third)

    const named = await cli('ledger', 'begin', '--reason', '旧的不再接着用', '--by', '张三', '--by', '局长')
    expect(named.code).toBe(2)
    expect(named.err).toContain('--by 写岗位，不写姓名')
    const alone = await cli('ledger', 'begin', '--reason', '旧的不再接着用', '--by', '局长', '--by', '局长')
    expect(alone).toMatchObject({ code: 2 })
    const begun = await cli('ledger', 'begin', '--reason', '旧的不再接着用', '--by', '局长', '--by', '系统管理员')
    expect(begun.code, begun.err).toBe(0)
    await start()
    expect((await signed(size + 1)).origin).toMatch(/\/2$/)
  }, 300_000)
})
