import { codeOf } from './trouble.ts'

/** No socket there, refused, cut off; and PostgreSQL's own: shut down, crashed, starting, out of connections. */
const codes = new Set(['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '57P02', '57P03', '53300'])

/** The driver gives no code to a connection that ended under a query, or could not be had in time. */
const words = /connection terminated|connection error|timeout exceeded when trying to connect/i

/**
 * Whether the database went away, or was not there: what was under way may have been committed or not, and nobody here
 * knows. Sending the same command again settles it.
 */
export const isAway = (error: unknown): boolean =>
  error instanceof Error && (codes.has(codeOf(error) ?? '') || words.test(error.message))
