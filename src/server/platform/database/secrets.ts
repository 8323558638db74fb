import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { DatabaseTrouble } from './trouble.ts'

const secrets = z.object({ owner: z.string().min(20), app: z.string().min(20), sequencer: z.string().min(20) })

/** Passwords of the embedded server's three roles. */
export type Secrets = z.infer<typeof secrets>

const draw = (): string => randomBytes(24).toString('base64url')

/** Read from the data folder, or drawn at random once and kept there, readable by its owner alone. */
export const keepSecrets = (dataDir: string): Secrets => {
  const file = join(dataDir, 'secrets.json')
  if (existsSync(file)) {
    const kept = secrets.safeParse(parseJson(readFileSync(file, 'utf8')))
    if (!kept.success) throw new DatabaseTrouble(`${file} 已损坏，数据库口令读不出来；请从备份中取回这个文件`)
    return kept.data
  }
  if (existsSync(join(dataDir, 'postgres')))
    throw new DatabaseTrouble(`${file} 不见了，没有口令打不开数据库；请从备份中取回这个文件`)
  const drawn: Secrets = { owner: draw(), app: draw(), sequencer: draw() }
  writeFileSync(`${file}.new`, `${JSON.stringify(drawn, undefined, 2)}\n`, { mode: 0o600, flush: true })
  renameSync(`${file}.new`, file)
  return drawn
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
