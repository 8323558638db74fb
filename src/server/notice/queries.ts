import { type Mine, mine } from '#domain/org/mine.ts'
import type { ReadScope } from '#server/platform/read.ts'

/** The mine for which the criteria are read. */
export const subjectOf = async ({ client }: ReadScope, mineId: string): Promise<Mine | undefined> => {
  const { rows } = await client.query<{ doc: unknown }>('select doc from read.mine where tenant_id = $1 and id = $1', [
    mineId,
  ])
  return rows[0] ? mine.parse(rows[0].doc) : undefined
}
