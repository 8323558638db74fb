import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import pino, { type Logger } from 'pino'
import { say } from '../say.ts'

const largest = 10 * 1024 * 1024
const error = 50

type Written = { readonly level: number; readonly msg?: string; readonly err?: { readonly message?: string } }

/** What was written for people is shown as it comes; a flood of the machine's own errors once a minute, by its place. */
const toConsole = (file: string) => {
  let hinted = Number.NEGATIVE_INFINITY
  return (text: string): void => {
    const { level, msg = '', err }: Written = JSON.parse(text)
    if (/\p{Script=Han}/u.test(msg)) {
      say(`  ${level >= error ? '!! ' : ''}${msg}${err?.message ? `：${err.message}` : ''}`)
      return
    }
    if (level < error || performance.now() - hinted < 60_000) return
    hinted = performance.now()
    say(`  !! 有错误（${err?.message ?? msg}），详见 ${file}`)
  }
}

/** The whole log in the data folder, and on the console what the person at it should know. */
export const openLog = (dataDir: string, verbose: boolean): Logger => {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const file = join(dataDir, 'bihuan.log')
  if (existsSync(file) && statSync(file).size > largest) renameSync(file, `${file}.1`)
  return pino(
    { level: verbose ? 'debug' : 'info', base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.multistream([
      { level: 'debug', stream: pino.destination({ dest: file, sync: true, mode: 0o600 }) },
      { level: 'info', stream: { write: toConsole(file) } },
    ]),
  )
}
