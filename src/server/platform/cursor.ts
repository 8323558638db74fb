import { z } from 'zod'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'

/** The last row seen, opaque to the client: lists are paged by key, so rows added meanwhile shift nothing. */
export const writeCursor = (...key: readonly string[]): string => Buffer.from(JSON.stringify(key)).toString('base64url')

export const readCursor = (cursor: string | undefined, length: number): Outcome<readonly string[] | undefined> => {
  if (cursor === undefined) return ok(undefined)
  try {
    const key = z
      .array(z.string())
      .length(length)
      .safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
    if (key.success) return ok(key.data)
  } catch {
    // Not JSON: somebody else's cursor, or a cut one.
  }
  return refuse({ code: 'invalid-input', message: '翻页位置不对', remedy: '回到第一页重新翻' })
}

/** Totals are exact to here; beyond, 10,000+ says enough and costs nothing. */
export const exactTotalLimit = 10_000
