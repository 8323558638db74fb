/** What is wrong in a rulebook file, for the person who edits it: where, what, how to mend it (Chinese). */
export type Problem = {
  /** Path inside the rulebook folder, with forward slashes. */
  readonly file: string
  /** Line in that file, counted from 1. */
  readonly line: number
  readonly message: string
  readonly remedy: string
}

/** One problem a line, as a compiler prints them: `criteria/x.yaml:12 …`. */
export const describeProblems = (problems: readonly Problem[]): string =>
  problems.map(({ file, line, message, remedy }) => `${file}:${line} ${message}　改法：${remedy}`).join('\n')
