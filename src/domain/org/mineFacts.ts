import type { Mine } from '#domain/org/mine.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'
import type { MineFact } from '#rulebook/mineFact.ts'

type Value = Mine['facts'][string]

const complaint = (fact: MineFact, value: Value): string | undefined => {
  switch (fact.kind) {
    case 'yesNo':
      return typeof value === 'boolean' ? undefined : `${fact.title}：填“是”或“否”；不知道的不填`
    case 'number':
      return typeof value === 'number' && value >= 0 ? undefined : `${fact.title}：填数字（${fact.unit}），不小于 0`
    case 'choice':
      return typeof value === 'string' && Object.hasOwn(fact.options, value)
        ? undefined
        : `${fact.title}：从 ${Object.values(fact.options).join('、')} 里选`
  }
}

/** What the catalogue asks is answered in its own kind: a criterion must never be read off an answer nobody understands. */
export const checkFacts = (facts: Mine['facts'], catalogue: readonly MineFact[]): Outcome<undefined> => {
  const fields = catalogue.flatMap((fact) => {
    const value = facts[fact.key]
    const message = value === undefined ? undefined : complaint(fact, value)
    return message === undefined ? [] : [{ field: `facts.${fact.key}`, message }]
  })
  if (fields.length === 0) return ok(undefined)
  return refuse({
    code: 'invalid-input',
    message: fields.map(({ message }) => message).join('；'),
    remedy: '按各项提示改正；不知道的情况留空，不要填“否”',
    details: { fields },
  })
}

/** In the words of a reason: 有排土场, 24米, 中等; 未知 when nobody has said. */
export const factWords = (fact: MineFact, value: Value | undefined): string => {
  if (value === undefined) return '未知'
  if (fact.kind === 'yesNo' && typeof value === 'boolean') return value ? fact.yes : fact.no
  if (fact.kind === 'number') return `${String(value)}${fact.unit}`
  if (fact.kind === 'choice' && typeof value === 'string') return fact.options[value] ?? value
  return String(value)
}
