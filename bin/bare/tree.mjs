import { fileURLToPath } from 'node:url'

/** The folder this program lies in. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Progress goes to stderr: what a command answers on stdout stays clean. */
export const say = (line) => process.stderr.write(`${line}\n`)

/** Ends the program with one line that says what is wrong and how to mend it. */
export const giveUp = (line) => {
  say(line)
  process.exit(1)
}
