/** Something the person at the keyboard can mend. The message is Chinese, one line, and says what, where and how; no stack is shown. */
export class DatabaseTrouble extends Error {
  override readonly name = 'DatabaseTrouble'
}

/** The code of a PostgreSQL or system error ('57P03', 'ENOENT'), if it has one. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined

export const messageOf = (error: unknown): string => {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}
