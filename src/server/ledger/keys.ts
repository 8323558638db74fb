import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { DatabaseTrouble } from '#server/platform/database/trouble.ts'

export { numberIn } from '#translog/origin.ts'

const seed = z.base64().refine((text) => Buffer.from(text, 'base64').length === 32)

const keys = z.object({
  /** One a log, the last is signed with; the name of the key is the log's origin. */
  logs: z.array(
    z.object({
      origin: z.string(),
      seed,
      /** Of the log's twin, where it has one. */
      sm2: seed.optional(),
    }),
  ),
  /** What this installation co-signs other logs with. */
  witness: z.object({ name: z.string(), seed }),
})

type Keys = z.infer<typeof keys>

export type LogKey = { readonly origin: string; readonly seed: Uint8Array }

export type LedgerKeys = {
  readonly logKey: (origin: string) => LogKey | undefined
  /** The key of the last log, which may not have begun yet. */
  readonly lastLogKey: () => LogKey | undefined
  /** Draws the key of a new log and keeps it before anything is signed with it. */
  readonly drawLogKey: (origin: string) => LogKey
  readonly twinSecret: (origin: string) => Uint8Array | undefined
  /** Keeps the twin's private key beside its log's, before anything is signed with it. */
  readonly keepTwinSecret: (origin: string, secret: Uint8Array) => void
  readonly witness: { readonly name: string; readonly seed: Uint8Array }
}

export const keyFile = (dataDir: string): string => join(dataDir, 'ledger', 'keys.json')

/** A name that no other installation has; whoever runs it may call it as he likes, the log goes by this. */
export const drawOrigin = (): string => `bihuan/${randomBytes(6).toString('hex')}/1`

/** The log that follows after a disaster. */
export const nextOrigin = (origin: string, number: number): string => `${origin.replace(/\/\d+$/, '')}/${number}`

const draw = (): string => randomBytes(32).toString('base64')

const write = (file: string, content: Keys): void => {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(`${file}.new`, `${JSON.stringify(content, undefined, 2)}\n`, { mode: 0o600, flush: true })
  renameSync(`${file}.new`, file)
}

const read = (file: string): Keys => {
  const content = readFileSync(file, 'utf8')
  const parsed = keys.safeParse(parseJson(content))
  if (!parsed.success) throw new DatabaseTrouble(`${file} 已损坏，存证密钥读不出来；请从备份中取回这个文件`)
  return parsed.data
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const drawn = (): Keys => ({
  logs: [],
  witness: { name: `bihuan/${randomBytes(6).toString('hex')}/witness`, seed: draw() },
})

/**
 * The keys in the data folder, readable by its owner alone. The file is written when the first key is used, not when it is
 * looked for: a file that is gone must not be replaced by other keys at the mere start of a program.
 */
export const openKeys = (dataDir: string): LedgerKeys => {
  const file = keyFile(dataDir)
  const isThere = existsSync(file)
  let kept = isThere ? read(file) : drawn()
  let written = isThere
  const keep = (content: Keys): void => {
    kept = content
    write(file, kept)
    written = true
  }
  const opened = (key: Keys['logs'][number] | undefined): LogKey | undefined =>
    key && { origin: key.origin, seed: Buffer.from(key.seed, 'base64') }
  return {
    logKey: (origin) => opened(kept.logs.find((key) => key.origin === origin)),
    lastLogKey: () => opened(kept.logs.at(-1)),
    drawLogKey: (origin) => {
      const key = { origin, seed: draw() }
      keep({ ...kept, logs: [...kept.logs, key] })
      return { origin, seed: Buffer.from(key.seed, 'base64') }
    },
    twinSecret: (origin) => {
      const secret = kept.logs.find((key) => key.origin === origin)?.sm2
      return secret === undefined ? undefined : Buffer.from(secret, 'base64')
    },
    keepTwinSecret: (origin, secret) => {
      const sm2 = Buffer.from(secret).toString('base64')
      keep({ ...kept, logs: kept.logs.map((key) => (key.origin === origin ? { ...key, sm2 } : key)) })
    },
    get witness() {
      if (!written) keep(kept)
      return { name: kept.witness.name, seed: Buffer.from(kept.witness.seed, 'base64') }
    },
  }
}
