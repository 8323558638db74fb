import type { z } from 'zod'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'

/** The last row seen, opaque to the client: lists are paged by key, so rows added meanwhile shift nothing. */
export const writeCursor = (...key: readonly string[]): string => Buffer.from(JSON.stringify(key)).toString('base64url')

const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON: somebody else's cursor, or a cut one.
    return undefined
  }
}

/** `key` says what stands in this list's cursor: it comes back from the client and goes into a query. */
export const readCursor = <K extends z.ZodType<readonly string[]>>(
  cursor: string | undefined,
  key: K,
): Outcome<readonly string[] | undefined> => {
  if (cursor === undefined) return ok(undefined)
  const read = key.safeParse(parsedJson(Buffer.from(cursor, 'base64url').toString()))
  return read.success
    ? ok(read.data)
    : refuse({ code: 'invalid-input', message: '翻页位置不对', remedy: '回到第一页重新翻' })
}

/** Totals are exact to here; beyond, 10,000+ says enough and costs nothing. */
export const exactTotalLimit = 10_000
