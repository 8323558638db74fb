#!/usr/bin/env node
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from './bare/chromium.mjs'
import { ensureDependencies } from './bare/dependencies.mjs'
import { findNode24 } from './bare/node24.mjs'
import { runChild } from './bare/runChild.mjs'
import { root, say } from './bare/tree.mjs'
import { ensureWebBuild } from './bare/webBuild.mjs'

// `npm test [-- vitest arguments]`: types, lint, then every test. The last line is `N passed, N failed`.
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

const tally = { passed: 0, failed: 0 }
const count = (ok) => {
  if (ok) tally.passed += 1
  else tally.failed += 1
}

say('类型检查……')
count((await runChild(node, ['node_modules/typescript/bin/tsc', '-p', '.'])) === 0)
say('代码规范检查……')
count((await runChild(node, ['node_modules/@biomejs/biome/bin/biome', 'check'])) === 0)

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

/** A file that cannot even be loaded has no test to fail: it counts as one. */
const brokenFiles = (result) =>
  result.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length

const before = tally.failed
if (existsSync(report)) {
  const result = JSON.parse(readFileSync(report, 'utf8'))
  tally.passed += result.numPassedTests
  tally.failed += result.numFailedTests + brokenFiles(result)
}
// Errors outside of any test, a run that was broken off, or nothing found to run.
if (code !== 0 && tally.failed === before) tally.failed += 1
rmSync(reports, { recursive: true, force: true })

if (!chromium) say(warning)
process.stdout.write(`${tally.passed} passed, ${tally.failed} failed\n`)
process.exitCode = tally.failed === 0 ? 0 : 1
