import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { Failed } from './failure.ts'

const silent = new Writable({ write: (_chunk, _encoding, done) => done() })

const fromTerminal = async (prompt: string): Promise<string> => {
  process.stderr.write(prompt)
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true })
  // Ctrl-C while typing means: leave everything as it is.
  lines.once('SIGINT', () => process.exit(1))
  try {
    return await lines.question('')
  } finally {
    lines.close()
    process.stderr.write('\n')
  }
}

const fromPipe = async (): Promise<string> => {
  let text = ''
  for await (const chunk of process.stdin.setEncoding('utf8')) text += chunk
  return text.split(/\r?\n/)[0] ?? ''
}

/** One line from standard input; at a terminal without showing it. Never an argument: those stand in the process list. */
export const readPassword = async (prompt: string): Promise<string> => {
  const password = process.stdin.isTTY ? await fromTerminal(prompt) : await fromPipe()
  if (password === '') throw new Failed('没有读到密码；在键盘上输入，或者用管道送入，例如 echo 密码 | bihuan …')
  return password
}

/** A new password is typed twice at a terminal: nobody sees what he types. */
export const readNewPassword = async (): Promise<string> => {
  const password = await readPassword('密码：')
  if (!process.stdin.isTTY) return password
  if ((await readPassword('再输一次：')) !== password) throw new Failed('两次输入的密码不一样；请重新运行')
  return password
}
