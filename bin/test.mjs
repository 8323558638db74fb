#!/usr/bin/env node
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from './bare/chromium.mjs'
import { ensureDependencies } from './bare/dependencies.mjs'
import { failuresOf } from './bare/failures.mjs'
import { findNode24 } from './bare/node24.mjs'
import { runChild } from './bare/runChild.mjs'
import { root, say } from './bare/tree.mjs'
import { ensureWebBuild } from './bare/webBuild.mjs'

// `npm test [-- vitest arguments]`: types, lint, then every test. At the end each failure by
// name with the beginning of what it said; the last line is `N passed, N failed`.
await ensureDependencies()
const node = findNode24()

const chromium = findChromium()
const warning = [
  '',
  '!! 没有找到 Chromium：浏览器里的测试（tests/browser/**）这次都没有运行。',
  '!! 安装后重新运行：apt-get install --no-install-recommends chromium fonts-noto-cjk',
  '!! 装在别处的，用 CHROMIUM_PATH 指出它的位置。',
  '',
].join('\n')
if (!chromium) say(warning)
if (chromium && existsSync(join(root, 'tests/browser'))) await ensureWebBuild(node)

let passed = 0
/** The lines that tell of each failure. */
const failures = []

const check = async (title, program) => {
  say(`${title}……`)
  if ((await runChild(node, program)) === 0) passed += 1
  else failures.push([`✗ ${title}`])
}
await check('类型检查', ['node_modules/typescript/bin/tsc', '-p', '.'])
await check('代码规范检查', ['node_modules/@biomejs/biome/bin/biome', 'check'])

const reports = mkdtempSync(join(tmpdir(), 'bihuan-tests-'))
const report = join(reports, 'report.json')
const code = await runChild(
  node,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  { env: { ...process.env, ...(chromium ? { CHROMIUM_PATH: chromium } : { TEST_WITHOUT_BROWSER: '1' }) } },
)

const before = failures.length
if (existsSync(report)) {
  const result = JSON.parse(readFileSync(report, 'utf8'))
  passed += result.numPassedTests
  failures.push(...failuresOf(result, root))
}
if (code !== 0 && failures.length === before)
  failures.push([`✗ 测试运行器退出码 ${code}：测试以外出错、中途断了，或者没有找到要运行的测试`])
rmSync(reports, { recursive: true, force: true })

if (!chromium) say(warning)
for (const line of failures.flat()) process.stdout.write(`${line}\n`)
process.stdout.write(`${passed} passed, ${failures.length} failed\n`)
process.exitCode = failures.length === 0 ? 0 : 1
