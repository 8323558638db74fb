import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, type Rolldown } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'

const repository = fileURLToPath(new URL('../..', import.meta.url))
const kB = 1000
const entry = 'field/index.html'

type Chunk = {
  readonly name: string
  readonly code: string
  readonly imports: readonly string[]
  readonly modules: readonly string[]
}

let folder = ''
let chunks: readonly Chunk[] = []
let html = ''
let styles: readonly string[] = []

const outputsOf = (result: Awaited<ReturnType<typeof build>>): readonly Rolldown.RolldownOutput[] => {
  if (Array.isArray(result)) return result
  return 'output' in result ? [result] : []
}

/** Everything the phone can come to load: the entry, what it imports at once and what it imports later. */
const reachable = (): readonly Chunk[] => {
  const byName = new Map(chunks.map((chunk) => [chunk.name, chunk]))
  const waiting = [...html.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].flatMap(([, name]) => name ?? [])
  const found = new Map<string, Chunk>()
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const chunk = byName.get(name)
    if (!chunk || found.has(name)) continue
    found.set(name, chunk)
    waiting.push(...chunk.imports)
  }
  return [...found.values()]
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bihuan-web-'))
  const result = await build({
    root: join(repository, 'src/web'),
    configFile: join(repository, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true },
  })
  chunks = outputsOf(result).flatMap(({ output }) =>
    output.flatMap((file): Chunk[] =>
      file.type === 'chunk'
        ? [
            {
              name: file.fileName,
              code: file.code,
              imports: [...file.imports, ...file.dynamicImports],
              modules: Object.keys(file.modules),
            },
          ]
        : [],
    ),
  )
  html = await readFile(join(folder, entry), 'utf8')
  styles = [...html.matchAll(/href="\/([^"]+\.css)"/g)].flatMap(([, name]) => name ?? [])
}, 300_000)

afterAll(async () => {
  if (folder) await rm(folder, { recursive: true, force: true })
})

test('the phone entry, scripts and styles together, stays within 300 kB gz', async () => {
  const scripts = reachable()
  expect(scripts.length).toBeGreaterThan(0)
  expect(styles.length).toBeGreaterThan(0)
  const sheets = await Promise.all(styles.map((name) => readFile(join(folder, name))))
  const parts = [...scripts.map(({ code }) => Buffer.from(code)), ...sheets]
  const total = parts.reduce((sum, part) => sum + gzipSync(part).length, 0)
  expect(total).toBeLessThanOrEqual(300 * kB)
})

test('the phone entry carries no Ant Design and nothing of the desk', () => {
  const modules = reachable().flatMap((chunk) => chunk.modules)
  expect(modules.some((name) => name.includes('/web/field/'))).toBe(true)
  expect(modules.filter((name) => /node_modules\/(antd|@ant-design|@rc-component|rc-[a-z-]+)\//.test(name))).toEqual([])
  expect(modules.filter((name) => name.includes('/web/desk/'))).toEqual([])
})
