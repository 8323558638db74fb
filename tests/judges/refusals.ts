/** Which judge refused which class of tampering, and how often; one that accepted even once is told. */
export type Refusals = {
  readonly note: (name: string, judge: string, refused: boolean) => void
  /** Classes that fewer than two judges were asked about, or that one accepted. */
  readonly weak: () => readonly string[]
  readonly table: () => readonly string[]
}

export const openRefusals = (): Refusals => {
  const counts = new Map<string, Map<string, { refused: number; accepted: number }>>()
  return {
    note: (name, judge, refused) => {
      const judges = counts.get(name) ?? new Map<string, { refused: number; accepted: number }>()
      const count = judges.get(judge) ?? { refused: 0, accepted: 0 }
      judges.set(judge, refused ? { ...count, refused: count.refused + 1 } : { ...count, accepted: count.accepted + 1 })
      counts.set(name, judges)
    },
    weak: () =>
      [...counts].flatMap(([name, judges]) => {
        const all = [...judges.values()]
        return all.filter(({ refused }) => refused > 0).length < 2 || all.some(({ accepted }) => accepted > 0)
          ? [name]
          : []
      }),
    table: () =>
      [...counts].map(
        ([name, judges]) =>
          `  ${name}：${[...judges].map(([judge, { refused, accepted }]) => `${judge} ${refused}${accepted > 0 ? ` (accepted ${accepted})` : ''}`).join(' · ')}`,
      ),
  }
}
