const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/** What was copied from a table carries tabs between its cells; the reader of workbooks takes it with commas. */
export const pastedFile = (text: string): File => {
  const lines = text.replaceAll('\r', '').split('\n')
  const csv = text.includes('\t') ? lines.map((line) => line.split('\t').map(quoted).join(',')).join('\n') : text
  return new File([csv], '粘贴的表.csv', { type: 'text/csv' })
}
