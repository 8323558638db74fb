import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'

const kept = z.object({ folder: z.string() })

const keptIn = (dataDir: string): string => join(dataDir, 'ledger', 'second-folder.json')

/** In the data folder itself: better than none, and lost with its disk. */
export const defaultSecondFolder = (dataDir: string): string => join(dataDir, 'ledger')

/** Where the log lies a second time: what was last asked for, else the data folder. */
export const secondFolderOf = (dataDir: string): string => {
  const file = keptIn(dataDir)
  if (!existsSync(file)) return defaultSecondFolder(dataDir)
  return kept.parse(JSON.parse(readFileSync(file, 'utf8'))).folder
}

/** From now on every start and every check looks there. */
export const keepSecondFolder = (dataDir: string, folder: string): void => {
  const file = keptIn(dataDir)
  mkdirSync(join(dataDir, 'ledger'), { recursive: true, mode: 0o700 })
  writeFileSync(`${file}.new`, `${JSON.stringify({ folder: resolve(folder) })}\n`, { mode: 0o600, flush: true })
  renameSync(`${file}.new`, file)
}
