import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { runCli } from '#tests/support/cli.ts'
import { copiedPlan } from '#tests/support/plans/copiedPlan.ts'
import { honestPlan } from '#tests/support/plans/honestPlan.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bihuan-cli-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const commands = [
  ['serve'],
  ['setup'],
  ['login'],
  ['import'],
  ['migrate'],
  ['rulebook', 'check'],
  ['rulebook', 'coverage'],
  ['rulebook', 'life-cycle'],
  ['plans', 'compare'],
  ['rebuild'],
  ['backup'],
  ['restore'],
  ['ledger', 'fsck'],
  ['ledger', 'keys'],
  ['ledger', 'witness', 'add'],
  ['ledger', 'witness', 'list'],
  ['ledger', 'witness', 'remove'],
  ['ledger', 'witness', 'settle'],
  ['ledger', 'witness-for', 'add'],
  ['ledger', 'witness-for', 'list'],
  ['ledger', 'witness-for', 'remove'],
  ['ledger', 'request'],
  ['ledger', 'cosign'],
  ['ledger', 'accept'],
]

describe('bihuan --help', () => {
  test('列出每个命令，各用一行中文说明', async () => {
    const { code, out } = await runCli(['--help'])
    expect(code).toBe(0)
    for (const [name] of commands) expect(out).toMatch(new RegExp(`^ {2}${name} .*\\p{Script=Han}`, 'mu'))
  })

  test.each(commands.map((name) => name.join(' ')))('%s：说明、例子、退出码，没有英文', async (name) => {
    const { code, out, err } = await runCli([...name.split(' '), '--help'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain(`用法： bihuan ${name}`)
    expect(out).toMatch(new RegExp(`例：\n {2}.*bihuan ${name}`))
    expect(out).toMatch(/退出码：\n {2}0 {2}\S.*\n {2}1 {2}\S.*\n {2}2 {2}用法不对/)
    expect(out).toContain('--json')
    expect(out).not.toMatch(/Usage|Options|Arguments|default|display help/)
  })
})

describe('用法不对，退出码 2，一行说清', () => {
  test.each([
    [[], '用法： bihuan'],
    [['fly'], '没有 fly 这个命令'],
    [['serve', '--fast'], '不认识的选项 --fast'],
    [['serve', '--port', 'web'], '端口 web 不对'],
    [['serve', '--services', 'web,mail'], '没有“mail”这种服务'],
    [['setup', '--div', '140404', '--account', 'a'], '要写选项 --bureau'],
    [['login'], '要写选项 --account'],
    [['import', 'mines'], '缺少参数 <文件>'],
    [['import', 'cars', 'a.xlsx'], '没有“cars”这种导入'],
    [['import', 'mines', 'a.xlsx', '--take', 'some'], '没有“some”这种收法'],
    [['backup'], '缺少参数 <目标>'],
    [['restore', 'a.tar', 'b.tar'], '参数太多'],
  ])('bihuan %j', async (args, line) => {
    const { code, out, err } = await runCli(args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(line)
    expect(err).not.toMatch(/ {4}at |error:/)
  })
})

describe('办不成，退出码 1，一行说清，不给调用栈', () => {
  test.each([
    [['rebuild', '--data', '/nonexistent/bihuan'], '里没有数据库；请核对 --data'],
    [['backup', 'x.tar', '--data', '/nonexistent/bihuan'], '里没有数据库'],
    [['restore', '/nonexistent.tar'], '没有 /nonexistent.tar 这个文件'],
    [['rulebook', 'check', '/nonexistent'], '没有这个文件或文件夹'],
    [['login', '--account', 'a', '--url', 'http://127.0.0.1:9'], '没有读到密码'],
    [['login', '--status'], '还没有登录'],
  ])('bihuan %j', async (args, line) => {
    const { code, out, err } = await runCli(args, { env: { XDG_CONFIG_HOME: folder } })
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain(line)
    expect(err.trim().split('\n')).toHaveLength(1)
  })

  test('只设了所有者账号，没有设程序账号：不会另起一个内置数据库', async () => {
    const given = { env: { DATABASE_ADMIN_URL: 'postgresql://owner@127.0.0.1:9/bihuan' } }
    for (const args of [['migrate'], ['rebuild'], ['serve', '--data', join(folder, 'none'), '--port', '0']]) {
      const { code, err } = await runCli(args, given)
      expect(code).toBe(1)
      expect(err).toContain('没有设 DATABASE_URL')
    }
  })

  test('连不上的系统', async () => {
    const { code, err } = await runCli(['login', '--account', 'a', '--url', 'http://127.0.0.1:9'], { input: 'x\n' })
    expect(code).toBe(1)
    expect(err).toContain('连不上服务器；核对 --url')
  })

  test('--verbose 才给详情', async () => {
    const { err } = await runCli(['rulebook', 'check', '/nonexistent', '--verbose'])
    expect(err).toMatch(/ {4}at /)
  })
})

describe('bihuan rulebook check', () => {
  const shipped = fileURLToPath(new URL('../../rulebook', import.meta.url))

  test('程序自带的规则库没有错误', async () => {
    const { code, out } = await runCli(['rulebook', 'check', '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ ok: true })
  })

  test('引文不在通知里：指出文件、行号、改法', async () => {
    const broken = join(folder, 'rulebook')
    cpSync(shipped, broken, { recursive: true })
    const file = join(broken, 'notices', 'shangdang-2023-37', 'obligations.yaml')
    const lines = readFileSync(file, 'utf8').split('\n')
    const quote = '      - 组织制定本单位专项行动具体方案，'
    const at = lines.indexOf(quote)
    expect(at).toBeGreaterThan(0)
    lines[at] = '      - 通知里没有这一句话，'
    writeFileSync(file, lines.join('\n'))

    const told = await runCli(['rulebook', 'check', broken])
    expect(told.code).toBe(1)
    expect(told.out).toMatch(new RegExp(`^notices/shangdang-2023-37/obligations\\.yaml:${at + 1} .*改法：\\S+`, 'm'))
    const json = await runCli(['rulebook', 'check', broken, '--json'])
    expect(json.code).toBe(1)
    const problem = z.object({ file: z.string(), line: z.number(), message: z.string(), remedy: z.string().min(1) })
    const { problems } = z
      .object({ ok: z.literal(false), problems: z.array(problem).min(1) })
      .parse(JSON.parse(json.out))
    expect(problems[0]).toMatchObject({ file: 'notices/shangdang-2023-37/obligations.yaml', line: at + 1 })
  })
})

describe('bihuan rulebook coverage --json', () => {
  test('逐句给出由什么落实；不产生义务的给出理由；剩下的列出来；合起来就是全文', async () => {
    const { code, out } = await runCli(['rulebook', 'coverage', '--json'])
    expect(code).toBe(0)
    const span = z.object({ start: z.number(), end: z.number(), text: z.string() })
    const by = z.array(z.object({ kind: z.string(), id: z.string() }))
    const [notice] = z
      .array(
        z.object({
          sentences: z.array(span.extend({ reading: z.enum(['covered', 'noDuty', 'rest']), by })),
          covered: z.array(span.extend({ by: by.min(1) })),
          noDuty: z.array(span.extend({ reason: z.string().min(1) })),
          rest: z.array(span),
          characters: z.object({
            covered: z.number(),
            noDuty: z.number(),
            rest: z.number(),
            blank: z.number(),
            total: z.number(),
          }),
        }),
      )
      .parse(JSON.parse(out))
    const characters = notice?.characters
    expect(notice?.sentences.length).toBeGreaterThan(100)
    expect(characters && characters.covered + characters.noDuty + characters.rest + characters.blank).toBe(
      characters?.total,
    )
  })
})

describe('bihuan rulebook life-cycle', () => {
  test('打印办理规则表，每个事项一行', async () => {
    const { out } = await runCli(['rulebook', 'life-cycle'])
    const { out: json } = await runCli(['rulebook', 'life-cycle', '--json'])
    const rows = z
      .array(z.object({ act: z.string(), title: z.string() }))
      .min(20)
      .parse(JSON.parse(json))
    for (const { act, title } of rows) expect(out).toContain(`\n| ${title} \`${act}\` |`)
  })
})

describe('bihuan plans compare', () => {
  const written = (name: string, text: string): string => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return path
  }
  const noticePath = new URL('../../rulebook/notices/shangdang-2023-37/notice.txt', import.meta.url)
  const notice = readFileSync(noticePath, 'utf8')

  test('照抄的列出来并附原文，只引用通知的不列；读不出的逐个说明，退出码 1', async () => {
    const one = honestPlan('cli one', notice, 6_000)
    const other = honestPlan('cli other', notice, 6_000)
    const copy = copiedPlan(other, one, 0.4, 'none', 'cli copy')
    const files = [
      written('甲矿.txt', one.text),
      written('乙矿.txt', other.text),
      written('丙矿.txt', copy.text),
      written(
        '扫描.pdf',
        '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF',
      ),
    ]
    const { code, out } = await runCli(['plans', 'compare', ...files, '--json'])
    expect(code).toBe(1)
    const found = z
      .object({
        refused: z.array(z.object({ file: z.string(), code: z.string() })),
        pairs: z.array(
          z.object({
            a: z.string(),
            b: z.string(),
            listed: z.boolean(),
            passages: z.array(z.object({ a: z.object({ start: z.number(), end: z.number(), text: z.string() }) })),
          }),
        ),
      })
      .parse(JSON.parse(out))
    expect(found.refused).toEqual([{ file: files[3], code: 'plan-without-text' }])
    const ofCopy = found.pairs.find(({ a, b }) => a === files[0] && b === files[2])
    expect(ofCopy?.listed).toBe(true)
    for (const { a } of ofCopy?.passages ?? []) expect(one.text.slice(a.start, a.end)).toBe(a.text)

    const told = await runCli(['plans', 'compare', ...files.slice(0, 3)])
    expect(told.code).toBe(0)
    expect(told.out).toContain('甲矿.txt 与 丙矿.txt')
    expect(told.out).toContain('供人工核对')
    expect(told.out).not.toContain('甲矿.txt 与 乙矿.txt')
  })

  test('只有一份，退出码 2', async () => {
    const { code, err } = await runCli(['plans', 'compare', written('一份.txt', '一份')])
    expect({ code, err }).toEqual({ code: 2, err: '至少要两份方案才能比对\n' })
  })
})
