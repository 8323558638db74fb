import { listBeforeSigning } from '#contract/beforeSigning.ts'
import { ok } from '#domain/refusal.ts'
import { guarded, type Mounted } from '#server/platform/http/mounted.ts'
import type { Platform } from '#server/platform/platform.ts'

export const beforeSigningRoutes = ({ rulebook }: Platform): readonly Mounted[] => {
  const clauseOf = new Map(rulebook.citations.map(({ id, short, requires }) => [id, { short, requires }]))
  const items = rulebook.beforeSigning.map(({ citations, ...lines }) => ({
    ...lines,
    clauses: citations.flatMap((id) => clauseOf.get(id) ?? []),
  }))
  return [guarded(listBeforeSigning, async () => ok({ items }))]
}
