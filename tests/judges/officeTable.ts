import type { OfficeCell, OfficeSheet } from '#tests/judges/libreOffice.ts'

/** What must stand in a cell: this text as text, this day, this amount. */
export type Expected =
  | { readonly text: string }
  | { readonly day: string }
  | { readonly number: number }
  | { readonly any: true }

export const emptyCell: OfficeCell = {
  type: undefined,
  text: '',
  value: undefined,
  formula: undefined,
  links: [],
  note: '',
}

export const meets = (cell: OfficeCell, expected: Expected): string | undefined => {
  if ('any' in expected) return undefined
  if ('text' in expected) {
    if (expected.text === '') return cell.text === '' ? undefined : `“${cell.text}”，应为空`
    if (cell.type !== 'string') return `“${expected.text}”成了 ${cell.type ?? '空'} ${cell.value ?? ''}`
    return cell.text === expected.text ? undefined : `“${cell.text.slice(0, 60)}”，应为“${expected.text.slice(0, 60)}”`
  }
  if ('day' in expected)
    return cell.type === 'date' && cell.value === expected.day
      ? undefined
      : `${cell.type} ${cell.value}，应为日期 ${expected.day}`
  return cell.type === 'float' && Number(cell.value) === expected.number
    ? undefined
    : `${cell.type} ${cell.value}，应为数 ${expected.number}`
}

const placeName = (row: number, column: number): string => `第 ${row + 1} 行第 ${column + 1} 列`

export const formulasIn = (sheets: readonly OfficeSheet[]): readonly string[] =>
  sheets.flatMap(({ name, rows }) =>
    rows.flatMap((row, r) =>
      row.flatMap(({ formula, links }, c) => [
        ...(formula === undefined ? [] : [`${name} ${placeName(r, c)}是公式 ${formula}`]),
        // A fault in the list leads to its cell in the same file; nothing may lead out of it.
        ...links
          .filter((link) => !link.startsWith('../marked.xlsx#'))
          .map((link) => `${name} ${placeName(r, c)}通向 ${link}`),
      ]),
    ),
  )

/** Rows by the text of their first cell, as many as there are, no more. */
export type Table = { readonly header: number; readonly rows: ReadonlyMap<string, readonly Expected[]> }

/** Everything that is wrong with an opened table: formulas, rows, cells. Nothing, where it is as it should be. */
export const wrongIn = (sheets: readonly OfficeSheet[], { header, rows }: Table): readonly string[] => {
  const all = sheets[0]?.rows ?? []
  const body = all.slice(header, -1)
  const said = all.at(-1)?.[0]?.text ?? ''
  const counts = [
    ...(said === `共 ${rows.size} 行` ? [] : [`最后一行写“${said}”，应为共 ${rows.size} 行`]),
    ...(body.length === rows.size ? [] : [`有 ${body.length} 行，应有 ${rows.size} 行`]),
  ]
  const met = new Set<string>()
  const cells = body.flatMap((row, at) => {
    const key = row[0]?.text ?? ''
    const expected = rows.get(key)
    if (!expected || met.has(key)) return [`第 ${at + header + 1} 行“${key}”不该有`]
    met.add(key)
    return expected.flatMap((one, column) => {
      const wrong = meets(row[column] ?? emptyCell, one)
      return wrong === undefined ? [] : [`${placeName(at + header, column)}：${wrong}`]
    })
  })
  return [...formulasIn(sheets), ...counts, ...cells]
}
