export type Paragraph = { readonly start: number; readonly end: number }

/** Lines that are not empty, in order: the first is 第1段. */
export const paragraphsOf = (text: string): readonly Paragraph[] => {
  const paragraphs: Paragraph[] = []
  let start = 0
  for (const line of text.split('\n')) {
    if (line.trim() !== '') paragraphs.push({ start, end: start + line.length })
    start += line.length + 1
  }
  return paragraphs
}

/** Numbers of the paragraphs in which a passage begins and ends, counted from 1. */
export const paragraphsAt = (
  paragraphs: readonly Paragraph[],
  { start, end }: { readonly start: number; readonly end: number },
): { readonly from: number; readonly to: number } => {
  const holding = (at: number): number => {
    let [low, high] = [0, paragraphs.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((paragraphs[middle]?.start ?? 0) <= at) low = middle
      else high = middle - 1
    }
    return low + 1
  }
  return { from: holding(start), to: holding(Math.max(start, end - 1)) }
}
