/** What a person reads as a command goes along: stderr, so that what it answers on stdout stays clean. */
export const say = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

/** What a command answers. */
export const answer = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

export const answerJson = (value: unknown): void => answer(JSON.stringify(value, undefined, 2))
