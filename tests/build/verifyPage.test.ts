import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { evidence } from '#tests/support/evidence.ts'
import { fillTrust, policyOfPage } from '#translog/trust.ts'

const repository = fileURLToPath(new URL('../..', import.meta.url))

let folder = ''
let html = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bihuan-verify-'))
  await build({
    configFile: join(repository, 'vite.verify.config.ts'),
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true },
  })
  html = await readFile(join(folder, 'index.html'), 'utf8')
}, 120_000)

afterAll(async () => {
  if (folder) await rm(folder, { recursive: true, force: true })
})

test('the verifier is one file of at most 200 kB gz', async () => {
  expect(await readdir(folder)).toEqual(['index.html'])
  expect(gzipSync(html).length).toBeLessThanOrEqual(200_000)
})

test('the verifier names no address to load anything from, and its policy allows none', () => {
  expect(html.match(/(?:src|href)="(?!data:,")[^"]*"/g)).toBeNull()
  expect(policyOfPage(html)).toMatch(/^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; /)
  expect(html).not.toMatch(/@import|url\(|type="module"/)
})

test('the verifier holds no syntax younger than Chromium 80', () => {
  const [, script = ''] = /<script>([\s\S]+)<\/script>/.exec(html) ?? []
  expect(script.length).toBeGreaterThan(10_000)
  // Logical assignment, class fields and static blocks, private names, `v` patterns: what the build must have lowered.
  expect(script).not.toMatch(/(\?\?|&&|\|\|)=|\bstatic\s*\{|this\.#|\bawait import\(/)
})

test('the built verifier has a place for the keys', () => {
  const { trust } = evidence()
  const filled = fillTrust(html, trust)
  expect(filled).toContain(trust.log)
  expect(policyOfPage(filled)).toBe(policyOfPage(html))
})
