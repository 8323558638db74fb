import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { z } from 'zod'

const kept = z.object({ url: z.string(), token: z.string() })

export type KeptSession = z.infer<typeof kept>

const fileName = (): string => join(process.env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'bihuan', 'session.json')

/** Readable by its owner alone, replaced in one step. */
export const keepSession = (session: KeptSession): string => {
  const file = fileName()
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(`${file}.new`, `${JSON.stringify(session)}\n`, { mode: 0o600 })
  chmodSync(`${file}.new`, 0o600)
  renameSync(`${file}.new`, file)
  return file
}

export const keptSession = (): KeptSession | undefined => {
  const file = fileName()
  return existsSync(file) ? kept.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data : undefined
}

export const dropSession = (): void => rmSync(fileName(), { force: true })
