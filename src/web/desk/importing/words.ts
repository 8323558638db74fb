import type { ImportRowShown } from '#contract/importing.ts'
import type { WhenFound } from '#domain/importing/settle.ts'

export const foundWords: Readonly<Record<WhenFound, string>> = {
  keep: '照旧，不改',
  replace: '用表里的',
  add: '是另一个，另外登记',
}

/** What became of a row. */
export const outcomeWords = ({ outcome, fate }: Pick<ImportRowShown, 'outcome' | 'fate'>): string => {
  if (outcome === undefined) return '还没办到'
  if (outcome === 'already') return '已经有了'
  if (outcome === 'keep') return '照旧'
  if (outcome === 'refused') return '没有办成'
  return fate === 'replace' ? '已修改' : '已登记'
}
