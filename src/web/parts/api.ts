import { createClient } from '#contract/client.ts'
import type { Problem } from '#contract/problem.ts'

/** Same origin; the session travels in its cookie. */
export const api = createClient({ baseUrl: '' })

/** What went wrong, how to mend it, by which clause: in one paragraph, as a person reads it. */
export const problemText = ({ title, detail, remedy, clause }: Problem): string =>
  [detail || title, remedy, clause && `依据：${clause}`]
    .filter((part): part is string => Boolean(part))
    .map((part) => (/[。？！]$/.test(part) ? part : `${part}。`))
    .join('')

/** The session ended on the server: the page goes to sign-in and comes back to where it was. */
export const isSignedOut = ({ status }: Problem): boolean => status === 401

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}

/** Messages by field name, from `details.fields` of a refusal; the envelope's own `body.` is left out. */
export const fieldProblems = ({ details }: Problem): Record<string, string> => {
  const told: Record<string, string> = {}
  for (const entry of Array.isArray(details?.fields) ? details.fields : []) {
    const { field, message } = record(entry)
    if (typeof field !== 'string' || typeof message !== 'string') continue
    const name = field.replace(/^(body\.|value\.)/, '').split('.')[0] ?? field
    told[name] = told[name] ? `${told[name]}；${message}` : message
  }
  return told
}

/** What is still missing, from `details.missing` of a refusal, in words. */
export const missingOf = ({ details }: Problem): readonly string[] =>
  (Array.isArray(details?.missing) ? details.missing : []).map((entry) => String(record(entry).title ?? entry))

/** A query function's way to fail: carries the problem to the part that shows it. */
export class ProblemError extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problemText(problem))
    this.name = 'ProblemError'
    this.problem = problem
  }
}

/** Unwraps an answer for a query: the value, or a ProblemError. */
export const must = <T>(answer: { ok: true; value: T } | { ok: false; problem: Problem }): T => {
  if (answer.ok) return answer.value
  throw new ProblemError(answer.problem)
}
