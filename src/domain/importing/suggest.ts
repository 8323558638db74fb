/** How many single changes, swaps of neighbours among them, lead from one text to the other. */
const distance = (from: string, to: string): number => {
  const [a, b] = [[...from], [...to]]
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, index) => index)]
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const changed = a[i - 1] === b[j - 1] ? 0 : 1
      const above = rows[i - 1] ?? []
      let least = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + changed)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (rows[i - 2]?.[j - 2] ?? 0) + 1)
      row.push(least)
    }
    rows.push(row)
  }
  return rows[a.length]?.[b.length] ?? 0
}

/** The word that was most likely meant; undefined where none is near. A word that holds the other counts as near. */
export const nearest = (written: string, words: readonly string[]): string | undefined => {
  const ranked = words
    .map((word) => ({
      word,
      far: written !== '' && (word.includes(written) || written.includes(word)) ? 0.5 : distance(written, word),
    }))
    .sort((a, b) => a.far - b.far)
  const [first, second] = ranked
  if (!first || first.far > Math.max(1, Math.floor(first.word.length / 2))) return undefined
  // Two words equally near: neither is the one that was meant.
  return second && second.far === first.far ? undefined : first.word
}
