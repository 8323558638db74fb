/** Which judge refused which class of tampering, and how often; one that accepted even once is told. */
export type Refusals = {
  readonly note: (name: string, judge: string, refused: boolean) => void
  /** Classes that fewer than two judges refused, or that one accepted. */
  readonly weak: () => readonly string[]
  /** One row a class, one column a judge. */
  readonly table: () => readonly string[]
}

type Count = { readonly refused: number; readonly accepted: number }

const cell = (count: Count | undefined): string => {
  if (!count) return ''
  return count.accepted > 0 ? `${count.refused} (accepted ${count.accepted})` : String(count.refused)
}

/** Rows of one width a column. */
const aligned = (rows: readonly (readonly string[])[]): readonly string[] => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) => `| ${row.map((text, column) => text.padEnd(widths[column] ?? 0)).join(' | ')} |`)
}

/** With the classes that must be refused: one that no judge was ever asked about is weak as well. */
export const openRefusals = (classes: readonly string[]): Refusals => {
  const counts = new Map<string, Map<string, Count>>(classes.map((name) => [name, new Map()]))
  const judges = new Set<string>()
  return {
    note: (name, judge, refused) => {
      const row = counts.get(name) ?? new Map<string, Count>()
      const count = row.get(judge) ?? { refused: 0, accepted: 0 }
      row.set(judge, refused ? { ...count, refused: count.refused + 1 } : { ...count, accepted: count.accepted + 1 })
      counts.set(name, row)
      judges.add(judge)
    },
    weak: () =>
      [...counts].flatMap(([name, row]) => {
        const all = [...row.values()]
        const enough = all.filter(({ refused }) => refused > 0).length >= 2
        return enough && all.every(({ accepted }) => accepted === 0) ? [] : [name]
      }),
    table: () =>
      aligned([
        ['refused', ...judges],
        ['---', ...[...judges].map(() => '---')],
        ...[...counts].map(([name, row]) => [name, ...[...judges].map((judge) => cell(row.get(judge)))]),
      ]),
  }
}
