import { z } from 'zod'
import type { ReadScope } from '#server/platform/read.ts'

const postRow = z.object({ id: z.string(), post: z.string() })

/** The posts of persons by their ids, as far as the reader's reach goes: pages name posts, not people. */
export const postsOf = async ({ client }: ReadScope, ids: readonly string[]): Promise<Record<string, string>> => {
  if (ids.length === 0) return {}
  const { rows } = await client.query('select id, post from read.person where id = any($1::uuid[])', [ids])
  return Object.fromEntries(rows.map((row) => postRow.parse(row)).map(({ id, post }) => [id, post]))
}
