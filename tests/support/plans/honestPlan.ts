import { hashOf, seededRandom } from '#demo/seeded.ts'
import { type Facts, pick, type Random, shuffled, whole, written } from './grammar.ts'
import { mineFacts } from './mineFacts.ts'
import { matters, tradePhrases, webSentence } from './phrases.ts'

export type WrittenPlan = {
  readonly mine: string
  readonly company: string
  readonly text: string
  /** Paragraphs with the kind of what stands in them, in order; the text is these, a line each. */
  readonly paragraphs: readonly { readonly kind: 'heading' | 'quote' | 'own'; readonly text: string }[]
}

/** What the bureau hands out with the notice: headings, and a sentence under each that most leave standing. */
export const template = [
  '非煤矿山企业重大事故隐患专项排查整治行动方案（参考格式）',
  '一、总体要求',
  '根据上级关于开展非煤矿山重大事故隐患专项排查整治行动的通知要求，结合本单位实际，制定本方案。',
  '二、矿山基本情况',
  '写明矿山名称、位置、开采方式、生产规模、从业人员、采场和排土场现状、主要设备。',
  '三、组织领导和责任分工',
  '为加强对专项行动的组织领导，成立由主要负责人任组长的专项行动领导小组，成员及分工如下：',
  '四、排查范围和重点内容',
  '对照重大事故隐患判定标准，对本单位全系统各环节开展排查，重点内容如下：',
  '五、方法步骤',
  '专项行动自印发之日起至2023年12月底结束，分以下步骤进行：',
  '六、保障措施',
  '为保证专项行动取得实效，采取以下保障措施：',
  '七、上级有关要求摘录',
].join('\n')

const templateLines = template.split('\n').slice(1)

const longEnough = (sentences: readonly string[]): readonly string[] => sentences.filter((one) => one.length >= 20)

export const noticeSentences = (notice: string): readonly string[] =>
  longEnough(notice.split(/(?<=[。；])|\n/).map((one) => one.trim()))

const webPool = Array.from({ length: 300 }, (_, i) => webSentence((i * 37) % 6720))

const sectionOf: Readonly<Record<string, readonly string[]>> = {
  二: ['overview'],
  三: ['duty'],
  四: ['check'],
  五: ['steps', 'check'],
  六: ['guard', 'duty'],
}

const namesBySection: Readonly<Record<string, number>> = { 二: 0.05, 三: 0.2, 四: 0.4, 五: 0.2, 六: 0.15 }

const paragraphOf = (kinds: readonly string[], facts: Facts, random: Random): string => {
  const sentences = Array.from({ length: whole(random, 1, 3) }, () => {
    const roll = random()
    if (roll < 0.12) return pick(random, tradePhrases)
    if (roll < 0.17) return pick(random, webPool)
    return written(pick(random, matters[pick(random, kinds)] ?? []), facts, random)
  })
  return sentences.join('')
}

/** A clerk quotes the notice, and often writes 我矿 where it says the mines. */
const quoted = (sentence: string, random: Random): string =>
  random() < 0.3 ? sentence.replaceAll(/各?非煤矿山企业|企业/g, '我矿') : sentence

/**
 * A plan as an honest clerk writes one: the template's headings, a fifth to a third quoted from the notice, trade phrases
 * and web sentences word for word, the rest of the mine's own in wordings that many share in part.
 */
export const honestPlan = (seed: string, notice: string, length = 14_000): WrittenPlan => {
  const random = seededRandom(hashOf(seed))
  const facts = mineFacts(random)
  const sentences = noticeSentences(notice)
  const paragraphs: { kind: 'heading' | 'quote' | 'own'; text: string }[] = [
    { kind: 'heading', text: `${facts.company}重大事故隐患专项排查整治行动方案` },
  ]
  const target = whole(random, Math.round(length * 0.85), Math.round(length * 1.15))
  const quoteBudget = target * (0.2 + random() * 0.13)
  for (const line of templateLines) {
    if (/^[一二三四五六七]、/.test(line) || random() < 0.8) paragraphs.push({ kind: 'heading', text: line })
    const key = line[0] ?? ''
    const share = line[1] === '、' ? namesBySection[key] : undefined
    if (share === undefined) continue
    const budget = (target - quoteBudget) * share
    for (let sum = 0, number = 1; sum < budget; number += 1) {
      const text = `${number}.${paragraphOf(sectionOf[key] ?? [], facts, random)}`
      paragraphs.push({ kind: 'own', text })
      sum += text.length
    }
  }
  const begin = whole(random, 0, sentences.length - 1)
  const order = random() < 0.5 ? shuffled(random, sentences) : [...sentences.slice(begin), ...sentences.slice(0, begin)]
  for (let sum = 0, i = 0; sum < quoteBudget && i < order.length; i += 1) {
    const text = quoted(order[i] ?? '', random)
    paragraphs.push({ kind: 'quote', text })
    sum += text.length
  }
  return { mine: facts.mine, company: facts.company, paragraphs, text: paragraphs.map(({ text }) => text).join('\n') }
}
