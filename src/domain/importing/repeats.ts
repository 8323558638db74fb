import type { GoodRow, RowFault } from './planImport.ts'

const where = ({ sheet, row }: GoodRow, from: GoodRow): string =>
  sheet === from.sheet ? `第 ${row} 行` : `“${sheet}”表第 ${row} 行`

/**
 * Rows that say again what an earlier row has said: the later one is at fault.
 * @param identity what makes two rows the same; undefined where a row has no such mark
 */
export const repeats = (
  rows: readonly GoodRow[],
  key: string,
  identity: (row: GoodRow) => string | undefined,
): ReadonlyMap<GoodRow, RowFault> => {
  const first = new Map<string, GoodRow>()
  const faults = new Map<GoodRow, RowFault>()
  for (const row of rows) {
    const mark = identity(row)
    if (mark === undefined) continue
    const earlier = first.get(mark)
    if (earlier) faults.set(row, { key, reason: `与${where(earlier, row)}重复`, remedy: '只留一行' })
    else first.set(mark, row)
  }
  return faults
}

/** Rows of one group that contradict the group's first row in what must be the same for all of them. */
export const contradictions = (
  rows: readonly GoodRow[],
  key: string,
  { group, said }: { readonly group: (row: GoodRow) => string; readonly said: (row: GoodRow) => string },
): ReadonlyMap<GoodRow, RowFault> => {
  const first = new Map<string, GoodRow>()
  const faults = new Map<GoodRow, RowFault>()
  for (const row of rows) {
    const earlier = first.get(group(row))
    if (!earlier) first.set(group(row), row)
    else if (said(earlier) !== said(row))
      faults.set(row, {
        key,
        reason: `与${where(earlier, row)}不一致：那里写的是“${said(earlier)}”`,
        remedy: '核对后改成一样',
      })
  }
  return faults
}

export const joined = (
  ...all: readonly ReadonlyMap<GoodRow, RowFault>[]
): ReadonlyMap<GoodRow, readonly RowFault[]> => {
  const faults = new Map<GoodRow, RowFault[]>()
  for (const one of all) for (const [row, fault] of one) faults.set(row, [...(faults.get(row) ?? []), fault])
  return faults
}
