import { hashOf, seededRandom } from '#demo/seeded.ts'
import { pick, type Random, shuffled, whole } from './grammar.ts'
import type { WrittenPlan } from './honestPlan.ts'

const synonyms: readonly (readonly [string, string])[] = [
  ['检查', '查看'],
  ['负责', '承担'],
  ['立即', '马上'],
  ['应当', '要'],
  ['必须', '应'],
  ['组织', '安排'],
  ['完成', '办完'],
  ['情况', '状况'],
  ['记录', '登记'],
  ['每天', '每日'],
  ['部位', '地方'],
  ['发现', '查出'],
  ['设置', '设立'],
  ['安排', '组织'],
  ['同时', '并且'],
  ['作业', '施工'],
  ['人员', '员工'],
  ['超过', '大于'],
  ['采用', '使用'],
  ['报告', '上报'],
]

export type Editing = 'none' | 'light' | 'heavy'

/** Which share of the occurrences of synonyms and numbers is changed, and how often a sentence is left out or put in. */
const strength: Readonly<
  Record<Editing, { readonly words: number; readonly numbers: number; readonly sentences: number }>
> = {
  none: { words: 0, numbers: 0, sentences: 0 },
  light: { words: 0.5, numbers: 0.5, sentences: 0.1 },
  heavy: { words: 1, numbers: 1, sentences: 0.25 },
}

const edited = (
  text: string,
  editing: Editing,
  names: readonly (readonly [string, string])[],
  random: Random,
): string => {
  if (editing === 'none') return text
  const { words, numbers, sentences } = strength[editing]
  let changed = text
    .split(/(?<=。)/)
    .filter((_one, _at, all) => all.length === 1 || random() >= sentences)
    .flatMap((one) => (random() < sentences ? [one, '以上由专人落实。'] : [one]))
    .join('')
  for (const [from, to] of names) changed = changed.replaceAll(from, to)
  for (const [from, to] of synonyms) changed = changed.replaceAll(from, (one) => (random() < words ? to : one))
  return changed.replace(/\d+/g, (number) =>
    random() < numbers ? String(Number(number) + whole(random, 1, 9)) : number,
  )
}

/** The names of persons are changed as well: the source's by those that stand in the copier's own plan. */
const peopleIn = (text: string): readonly string[] => [
  ...new Set(
    [...text.matchAll(/(?:矿长|科长|安全员|由|派|交)([\p{Script=Han}]{2,3})(?=负责|对|在|于|每|查)/gu)].map(
      (one) => one[1] ?? '',
    ),
  ),
]

/**
 * `by` with so large a share of its own paragraphs replaced by `from`'s, set in another order among its own; names,
 * numbers and words changed after `editing`.
 */
export const copiedPlan = (
  by: WrittenPlan,
  from: WrittenPlan,
  share: number,
  editing: Editing,
  seed: string,
): WrittenPlan => {
  const random = seededRandom(hashOf(seed))
  const theirs = shuffled(
    random,
    from.paragraphs.filter(({ kind }) => kind === 'own'),
  )
  const total = by.paragraphs.reduce((sum, { kind, text }) => sum + (kind === 'own' ? text.length : 0), 0)
  const [mine, others] = [peopleIn(by.text), peopleIn(from.text)]
  const names = [
    [from.mine, by.mine] as const,
    [from.company, by.company] as const,
    ...others.map((name) => [name, mine.length > 0 ? pick(random, mine) : name] as const),
  ]
  const taken: string[] = []
  for (let sum = 0, i = 0; sum < total * share && i < theirs.length; i += 1) {
    const text = edited(theirs[i]?.text ?? '', editing, names, random)
    taken.push(text)
    sum += text.length
  }
  let left = 0
  const kept = shuffled(
    random,
    by.paragraphs.filter(({ kind }) => kind === 'own'),
  ).filter(({ text }) => {
    left += text.length
    return left <= total * (1 - share)
  })
  const keep = new Set(kept)
  const paragraphs: { kind: 'heading' | 'quote' | 'own'; text: string }[] = []
  for (const paragraph of by.paragraphs) {
    if (paragraph.kind !== 'own' || keep.has(paragraph)) paragraphs.push(paragraph)
    else {
      const next = taken.shift()
      if (next !== undefined) paragraphs.push({ kind: 'own', text: next })
    }
  }
  paragraphs.push(...taken.map((text) => ({ kind: 'own' as const, text })))
  return { ...by, paragraphs, text: paragraphs.map(({ text }) => text).join('\n') }
}
