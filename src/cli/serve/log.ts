import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import pino, { type Logger } from 'pino'
import { say } from '../say.ts'

const largest = 10 * 1024 * 1024

const line = (written: string): string => {
  const { msg, err }: { msg?: string; err?: { message?: string } } = JSON.parse(written)
  return [msg, err?.message].filter(Boolean).join('：')
}

/** The whole log in the data folder; what is an error also on the console, in one line. */
export const openLog = (dataDir: string, verbose: boolean): Logger => {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const file = join(dataDir, 'bihuan.log')
  if (existsSync(file) && statSync(file).size > largest) renameSync(file, `${file}.1`)
  return pino(
    { level: verbose ? 'debug' : 'info', base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.multistream([
      { level: 'debug', stream: pino.destination({ dest: file, sync: true, mode: 0o600 }) },
      { level: 'error', stream: { write: (written) => say(`  !! ${line(written)}`) } },
    ]),
  )
}
