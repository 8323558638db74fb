import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))

export type Ran = { readonly code: number | null; readonly out: string; readonly err: string }

export type CliOptions = { readonly input?: string; readonly env?: Readonly<Record<string, string>> }

/** A program of its own; what it says is gathered as it comes. */
export const startCli = (args: readonly string[], { input, env }: CliOptions = {}) => {
  const { DATABASE_URL: _url, DATABASE_ADMIN_URL: _adminUrl, ...clean } = process.env
  const child: ChildProcess = spawn(process.execPath, [main, ...args], { env: { ...clean, ...env } })
  const said = { out: '', err: '' }
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said.out += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said.err += text
  })
  child.stdin?.end(input ?? '')
  const ended: Promise<Ran> = once(child, 'close').then(([code]: (number | null)[]) => ({
    code: code ?? null,
    ...said,
  }))
  return {
    child,
    said,
    ended,
    /** Resolves once `which` holds `text`; a program that ended before is a failure told in full. */
    says: async (which: 'out' | 'err', text: string): Promise<void> => {
      while (!said[which].includes(text)) {
        const over = await Promise.race([
          ended,
          new Promise<undefined>((resolve) => setTimeout(resolve, 20, undefined)),
        ])
        if (over && !said[which].includes(text)) throw new Error(`ended with ${over.code}: ${over.err}${over.out}`)
      }
    },
  }
}

export const runCli = (args: readonly string[], options: CliOptions = {}): Promise<Ran> => startCli(args, options).ended
