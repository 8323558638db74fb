import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { runCli, startCli } from '#tests/support/cli.ts'
import { cloneDatabase } from '#tests/support/database.ts'

const password = 'Shou-ci-qidong-2023'
const setup = ['--bureau', '测试区应急管理局', '--div', '140404', '--account', 'guanliyuan']
const ready = z.object({
  url: z.string(),
  demo: z.boolean(),
  setupCode: z.string().optional(),
  accounts: z.array(z.object({ login: z.string(), title: z.string(), password: z.string() })),
})

let home: string
const running: ReturnType<typeof startCli>[] = []

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'bihuan-serve-'))
})
afterEach(async () => {
  for (const { child, ended } of running.splice(0)) {
    child.kill('SIGTERM')
    await ended
  }
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

const env = () => ({ XDG_CONFIG_HOME: home })
const folder = (name: string) => join(home, name)

const start = async (dataDir: string, ...args: string[]) => {
  const program = startCli(['serve', '--data', dataDir, '--port', '0', '--json', ...args], { env: env() })
  running.push(program)
  await program.says('out', '}\n')
  return { ...program, ...ready.parse(JSON.parse(program.said.out)) }
}

const stop = async ({ child, ended }: Awaited<ReturnType<typeof start>>, signal: NodeJS.Signals = 'SIGINT') => {
  child.kill(signal)
  return ended
}

describe('正式使用：首次启动、设置、登录、备份、恢复', () => {
  test('从空文件夹走一遍', async () => {
    const data = folder('real')
    const first = await start(data)
    expect(first).toMatchObject({ demo: false, accounts: [] })
    expect(first.setupCode).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}$/)
    expect(first.said.err).toContain(`设置码 ${first.setupCode}`)
    expect(await (await fetch(`${first.url}/api/app`)).json()).toMatchObject({ needsSetup: true, demo: false })

    const second = await runCli(['serve', '--data', data, '--port', '0'], { env: env() })
    expect(second.code).toBe(1)
    expect(second.err.trim().split('\n').at(-1)).toMatch(
      /^数据文件夹 \S+ 正由另一个闭环程序使用（进程 \d+，.*起）；请先停止它/,
    )
    expect((await fetch(`${first.url}/api/app`)).status).toBe(200)

    const weak = await runCli(['setup', '--data', data, ...setup], { env: env(), input: '123\n' })
    expect(weak).toMatchObject({ code: 1, out: '' })
    const made = await runCli(['setup', '--data', data, ...setup], { env: env(), input: `${password}\n` })
    expect(made.code, made.err).toBe(0)
    const twice = await runCli(['setup', '--data', data, ...setup], { env: env(), input: `${password}\n` })
    expect(twice).toMatchObject({ code: 1, err: '本系统已经设置过；用已有的管理员账号登录\n' })

    const login = (typed: string) =>
      runCli(['login', '--data', data, '--account', 'guanliyuan', '--json'], { env: env(), input: `${typed}\n` })
    expect(await login('wrong')).toMatchObject({ code: 1, out: '' })
    const signed = await login(password)
    expect(signed.code, signed.err).toBe(0)
    expect(JSON.parse(signed.out)).toMatchObject({ url: first.url, session: { login: 'guanliyuan' } })
    const kept = join(home, 'bihuan', 'session.json')
    expect(statSync(kept).mode & 0o777).toBe(0o600)
    expect(readFileSync(kept, 'utf8')).not.toContain(password)
    expect(await runCli(['login', '--status'], { env: env() })).toMatchObject({ code: 0 })
    expect(await runCli(['login', '--out'], { env: env() })).toMatchObject({ code: 0 })
    expect(await runCli(['login', '--status'], { env: env() })).toMatchObject({ code: 1 })

    const rebuilt = await runCli(['rebuild', '--data', data, '--json'], { env: env() })
    expect(rebuilt.code, rebuilt.err).toBe(0)
    expect(JSON.parse(rebuilt.out)).toMatchObject({ streams: 3, differences: 0 })
    const backup = join(home, 'backup.tar')
    expect(await runCli(['backup', backup, '--data', data], { env: env() })).toMatchObject({ code: 0 })
    const over = await runCli(['backup', backup, '--data', data], { env: env() })
    expect(over.code).toBe(1)
    expect(over.err).toContain('已经存在')
    const used = await runCli(['restore', backup, '--data', data], { env: env() })
    expect(used.code).toBe(1)
    expect(used.err).toContain('正由另一个闭环程序使用')

    const ended = await stop(first)
    expect(ended.code, ended.err).toBe(0)
    expect(ended.err.trim().split('\n').at(-1)).toBe('已停止，数据都已保存')
    expect(existsSync(join(data, 'postgres', 'postmaster.pid'))).toBe(false)

    const again = await runCli(['restore', backup, '--data', data], { env: env() })
    expect(again.code).toBe(1)
    expect(again.err).toContain('这里已经有数据，不能覆盖')
    const restored = await runCli(['restore', backup, '--data', folder('restored'), '--json'], { env: env() })
    expect(restored.code, restored.err).toBe(0)
    expect(JSON.parse(restored.out)).toMatchObject({ checked: { differences: 0 } })
    expect(await runCli(['migrate', '--data', folder('restored'), '--json'], { env: env() })).toMatchObject({
      code: 0,
      out: '{\n  "applied": []\n}\n',
    })
    const moved = await start(folder('restored'))
    expect(moved.setupCode).toBeUndefined()
    const there = await runCli(['login', '--url', moved.url, '--account', 'guanliyuan'], {
      env: env(),
      input: `${password}\n`,
    })
    expect(there.code, there.err).toBe(0)
    expect((await stop(moved, 'SIGTERM')).code).toBe(0)
  }, 120_000)

  test('正式数据不当演示启动', async () => {
    const { code, err } = await runCli(['serve', '--demo', '--data', folder('real'), '--port', '0'], { env: env() })
    expect(code).toBe(1)
    expect(err).toContain('这里存的是正式数据，不能当演示启动')
  })

  test('端口被占用：一行说清，数据库停下', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => taken.once('listening', resolve))
    const address = taken.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const { code, err } = await runCli(['serve', '--data', folder('real'), '--port', String(port)], { env: env() })
    taken.close()
    expect(code).toBe(1)
    expect(err.trim().split('\n').at(-1)).toBe(
      `端口 ${port} 已被别的程序占用；用 --port 换一个，例如 --port ${port + 1}`,
    )
    expect(existsSync(join(folder('real'), 'postgres', 'postmaster.pid'))).toBe(false)
  })
})

describe('用 DATABASE_URL 指定的服务器', () => {
  test('几个进程同用一个库；备份、重建、恢复都走所有者账号', async () => {
    const database = await cloneDatabase()
    const empty = await cloneDatabase()
    const given = ({ appUrl, adminUrl }: typeof database) => ({
      env: { ...env(), DATABASE_URL: appUrl, DATABASE_ADMIN_URL: adminUrl },
    })
    try {
      const data = folder('given')
      const args = (...rest: string[]) => [...rest, '--data', data]
      expect(await runCli(args('migrate', '--json'), given(database))).toMatchObject({ code: 0 })
      const made = await runCli(args('setup', ...setup), { ...given(database), input: `${password}\n` })
      expect(made.code, made.err).toBe(0)
      const web = startCli(args('serve', '--port', '0', '--services', 'web', '--json'), given(database))
      const worker = startCli(args('serve', '--services', 'worker', '--json'), given(database))
      running.push(web, worker)
      await Promise.all([web.says('out', '}\n'), worker.says('out', '}\n')])
      const { url } = ready.parse(JSON.parse(web.said.out))
      expect(await (await fetch(`${url}/api/app`)).json()).toMatchObject({ needsSetup: false })

      const rebuilt = await runCli(args('rebuild', '--json'), given(database))
      expect(JSON.parse(rebuilt.out)).toMatchObject({ streams: 3, differences: 0 })
      const backup = join(home, 'given.tar')
      expect(await runCli(args('backup', backup), given(database))).toMatchObject({ code: 0 })
      expect(await runCli(args('restore', backup), given(database))).toMatchObject({ code: 1, out: '' })
      const restored = await runCli(args('restore', backup, '--json'), given(empty))
      expect(restored.code, restored.err).toBe(0)
      expect(JSON.parse(restored.out)).toMatchObject({ checked: { streams: 3, differences: 0 } })
      for (const program of [web, worker]) {
        program.child.kill('SIGTERM')
        expect((await program.ended).code).toBe(0)
      }
    } finally {
      await database.drop()
      await empty.drop()
    }
  }, 120_000)
})

describe('演示区县在第一次启动时建立', () => {
  test('建到一半被杀掉，下一次从头建立，一样不多、一样不少', async () => {
    const data = folder('demo')
    const killed = startCli(['serve', '--demo', '--data', data, '--port', '0', '--json'], { env: env() })
    running.push(killed)
    await killed.says('err', '演示区县')
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    killed.child.kill('SIGKILL')
    expect(await killed.ended).toMatchObject({ code: null, out: '' })

    const anew = await start(data, '--demo')
    expect(anew.said.err).toContain('上次建立演示区县时中断，重新建立')
    expect(anew.demo).toBe(true)
    const [account] = anew.accounts
    const typed = { env: env(), input: `${account?.password}\n` }
    const signed = await runCli(['login', '--url', anew.url, '--account', account?.login ?? ''], typed)
    expect(signed.code, signed.err).toBe(0)
    await stop(anew)

    const began = performance.now()
    const later = await start(data, '--demo')
    const seconds = (performance.now() - began) / 1000
    expect(later.said.err).not.toContain('演示区县（')
    // Under five seconds on an idle machine; the tests around us share this one.
    expect(seconds).toBeLessThan(15)
    await stop(later)
    const checked = await runCli(['rebuild', '--dry-run', '--data', data, '--json'], { env: env() })
    expect(checked.code, checked.err).toBe(0)
    expect(JSON.parse(checked.out)).toMatchObject({ differences: 0 })
  }, 240_000)
})
