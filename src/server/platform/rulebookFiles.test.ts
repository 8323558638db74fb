import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { loadRulebook, readRulebookFiles } from './rulebookFiles.ts'

const root = await mkdtemp(join(tmpdir(), 'bihuan-rulebook-'))
afterAll(() => rm(root, { recursive: true }))

describe('reading the rulebook folder', () => {
  it('gives every file below it with forward slashes, hidden ones left out', async () => {
    await mkdir(join(root, 'law'))
    await writeFile(join(root, 'law', 'citations.yaml'), 'citations: []\n')
    await writeFile(join(root, '.DS_Store'), 'x')
    expect(await readRulebookFiles(root)).toEqual([{ path: 'law/citations.yaml', text: 'citations: []\n' }])
  })

  it('tells what an incomplete folder lacks instead of starting with half the rules', async () => {
    const parsed = await loadRulebook(root)
    expect(parsed.ok).toBe(false)
    const missing = parsed.ok ? [] : parsed.problems.map(({ file }) => file)
    expect(missing).toContain('criteria/facts.yaml')
    expect(missing).toContain('standards/settings.yaml')
  })

  it('reads the shipped rulebook quickly, for it is read at every start', async () => {
    const times: number[] = []
    for (let run = 0; run < 3; run += 1) {
      const start = performance.now()
      expect((await loadRulebook()).ok).toBe(true)
      times.push(performance.now() - start)
    }
    // 300 ms is wanted; absolute times gate only beyond twice that.
    expect(Math.min(...times)).toBeLessThan(600)
  })
})
