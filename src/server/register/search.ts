import type { RegisterFilter } from '#domain/register/filter.ts'
import { soughtIn } from '#domain/register/words.ts'
import type { ReadScope } from '#server/platform/read.ts'
import { walking } from '#server/platform/wide.ts'
import type { Found } from '#server/register/conditions.ts'

/** Beyond this the words are so common that the list finds a page of them along its own order sooner. */
export const mostNamed = 2_000

/** What a search stands for: the rows themselves, or, of common words, the words. Nothing where nothing was typed. */
export const findRows = async (
  { client }: ReadScope,
  { search, division }: Pick<RegisterFilter, 'search' | 'division'>,
  most = mostNamed,
): Promise<Found | undefined> => {
  const sought = soughtIn(search)
  if (!sought) return undefined
  // A total must be certain of what it says, a list only finds its page the sooner.
  if (most === mostNamed) {
    const { rows } = await client.query<{ common: boolean }>(
      'select read.search_is_common($1::integer[], $2, $3) as common',
      [sought.terms, division ?? null, most],
    )
    if (rows[0]?.common) return { kind: 'words', needles: sought.needles }
  }
  const { rows } = await client.query<{ tenant_id: string; id: string }>(
    'select tenant_id, id from read.search_hazards($1::integer[], $2::text[], $3, $4)',
    [sought.terms, sought.needles, division ?? null, most],
  )
  if (rows.length > most) return { kind: 'words', needles: sought.needles }
  return { kind: 'rows', tenants: rows.map((row) => row.tenant_id), ids: rows.map((row) => row.id) }
}

/**
 * Runs a list so that it walks along its own order. Where words are common the planner, who cannot know how common under
 * row-level security, would else fetch and sort everything in scope before it looks for them.
 */
export const alongTheOrder = async <T>(
  scope: ReadScope,
  found: Found | undefined,
  run: () => Promise<T>,
): Promise<T> => {
  if (found?.kind !== 'words') return run()
  return walking(scope, run)
}
