import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SecondHome } from '#server/ledger/secondHome.ts'

/** The second folder, read and not written. Read at once and not by turns: a check does nothing else, and files are many. */
export type Folder = {
  /** Every file of a part, `public/…` or `journal/…`; what a broken-off write left beside is passed over. */
  readonly list: (part: 'public' | 'journal') => readonly string[]
  readonly read: (path: string) => Buffer | undefined
  readonly lines: (path: string) => readonly string[]
}

/** Between writing and renaming (see secondHome.ts). */
const unfinished = '.new'

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)

export const readFolder = ({ folder }: Pick<SecondHome, 'folder'>): Folder => {
  const read = (path: string): Buffer | undefined => {
    try {
      return readFileSync(join(folder, path))
    } catch (error) {
      if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR' || codeOf(error) === 'EISDIR') return undefined
      throw error
    }
  }
  return {
    list: (part) => {
      const root = join(folder, part)
      if (!existsSync(root)) return []
      return readdirSync(root, { recursive: true, withFileTypes: true })
        .filter((one) => !one.isDirectory() && !one.name.endsWith(unfinished))
        .map((one) => join(part, one.parentPath.slice(root.length), one.name).replaceAll('\\', '/'))
        .sort()
    },
    read,
    lines: (path) => {
      const content = read(path)?.toString('utf8') ?? ''
      return content.split('\n').slice(0, -1)
    },
  }
}
