import type { AccountShown } from '#contract/org.ts'

/** 管辖范围 by name, as far as the reader reaches; the rest by number. */
export const reachWords = ({ grants, reaches }: Pick<AccountShown, 'grants' | 'reaches'>): string => {
  const names = new Map(reaches.map(({ id, name }) => [id, name]))
  const words = grants.flatMap(({ scope }) => {
    if (scope.kind === 'division') return [`区划 ${scope.code}`]
    const known = scope.ids.flatMap((id) => names.get(id) ?? [])
    const hidden = scope.ids.length - known.length
    return [...known, ...(hidden > 0 ? [`另 ${hidden} 个单位`] : [])]
  })
  return [...new Set(words)].join('、')
}
