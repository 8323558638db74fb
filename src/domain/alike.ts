/** Words without what people leave out or write in two ways: spaces, signs, width. */
export const bareWords = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\p{P}\p{S}\s]/gu, '')
    .toLowerCase()

const numerals = '〇一二三四五六七八九'

/** 一号 and 1号 are one number; a bench at +1114 is not the bench at +1126. */
const numbersOf = (bare: string): string =>
  (bare.match(/\d+|[〇一二三四五六七八九十百]+(?=[号#线层级台区段盘平帮])/g) ?? [])
    .map((run) => [...run].map((one) => (numerals.includes(one) ? String(numerals.indexOf(one)) : one)).join(''))
    .join(' ')

const otherNumbers = (a: string, b: string): boolean => {
  const [one, other] = [numbersOf(a), numbersOf(b)]
  return one !== '' && other !== '' && one !== other
}

const pairsOf = (text: string): Map<string, number> => {
  const letters = [...text]
  const pairs = new Map<string, number>()
  for (let at = 0; at + 1 < letters.length; at += 1) {
    const pair = `${letters[at]}${letters[at + 1]}`
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1)
  }
  return pairs
}

const shared = (one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): number => {
  let sum = 0
  for (const [pair, count] of one) sum += Math.min(count, other.get(pair) ?? 0)
  return sum
}

const sum = (pairs: ReadonlyMap<string, number>): number => [...pairs.values()].reduce((all, count) => all + count, 0)

/**
 * Whether two descriptions may speak of one thing: one holds the other, or half of their pairs of neighbouring
 * characters are the same (Dice, Ecology 26(3), 1945); two that name other numbers do not. For a person to decide, never for a machine.
 */
export const alike = (one: string, other: string): boolean => {
  const [a, b] = [bareWords(one), bareWords(other)]
  if (a === b) return true
  if (otherNumbers(a, b)) return false
  if (a.length >= 4 && b.length >= 4 && (a.includes(b) || b.includes(a))) return true
  const [pa, pb] = [pairsOf(a), pairsOf(b)]
  const all = sum(pa) + sum(pb)
  return all > 0 && (2 * shared(pa, pb)) / all >= 0.5
}

/** Two places may be one where neither contradicts the other. */
export const mayBeOnePlace = (one: string | undefined, other: string | undefined): boolean => {
  if (one === undefined || other === undefined) return true
  const [a, b] = [bareWords(one), bareWords(other)]
  return !otherNumbers(a, b) && (a.includes(b) || b.includes(a))
}
