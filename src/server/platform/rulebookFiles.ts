import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ParsedRulebook, parseRulebook } from '#rulebook/parse.ts'
import type { RulebookFile } from '#rulebook/yamlFile.ts'

const defaultRoot = fileURLToPath(new URL('../../../rulebook', import.meta.url))

/** Every file below `root`, paths relative to it with forward slashes; hidden files are left out. */
export const readRulebookFiles = async (root: string = defaultRoot): Promise<RulebookFile[]> => {
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
  return Promise.all(
    files.map(async (entry) => {
      const path = join(entry.parentPath, entry.name)
      return { path: relative(root, path).split(sep).join('/'), text: await readFile(path, 'utf8') }
    }),
  )
}

export const loadRulebook = async (root: string = defaultRoot): Promise<ParsedRulebook> =>
  parseRulebook(await readRulebookFiles(root))
