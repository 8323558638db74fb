import type { ReplyOf } from '#contract/route.ts'
import type { saveAnswers } from '#contract/selfCheck.ts'
import type { Actor } from '#domain/access/actor.ts'
import { may } from '#domain/access/policy.ts'
import type { Mine } from '#domain/org/mine.ts'
import { type Outcome, ok, type Refusal, refuse } from '#domain/refusal.ts'
import { type Month, monthBefore } from '#domain/selfCheck/month.ts'
import { itemsOf, type Sheet as Questions } from '#domain/selfCheck/sheet.ts'
import { businessDate } from '#server/platform/clock.ts'
import type { Platform } from '#server/platform/platform.ts'
import { answersOf, type GivenAnswer, keepAnswers, type Sheet } from '#server/selfCheck/answers.ts'
import { hazardsRaised } from '#server/selfCheck/queries.ts'
import { raiseHazard } from '#server/selfCheck/raise.ts'
import { sheetIdOf } from '#server/selfCheck/sheetId.ts'
import { answeredBefore } from '#server/selfCheck/show.ts'

type Saved = ReplyOf<typeof saveAnswers>

const unknownItems = (items: readonly string[]): Outcome<never> =>
  refuse({
    code: 'item-unknown',
    message: `排查表上没有这些项目：${items.join('、')}`,
    remedy: '刷新页面，按最新的排查表作答',
  })

const outOfReach: Outcome<never> = refuse({
  code: 'not-found',
  message: '没有这座矿，或者不在您的管辖范围',
  remedy: '从月排查的列表中选择',
})

const toldOf = (item: string, { message, remedy }: Refusal): Saved['notRaised'][number] => ({
  item,
  message,
  ...(remedy && { remedy }),
})

/** Registers every 有问题 of the batch at once (PRACTICE A3); one that cannot be registered keeps none of the others. */
const raiseAll = async (
  { execute, read, clock }: Platform,
  actor: Actor,
  sheet: Sheet,
  questions: Questions,
  answers: readonly GivenAnswer[],
): Promise<Pick<Saved, 'raised' | 'notRaised'>> => {
  const items = new Map(itemsOf(questions).map((item) => [item.code, item]))
  const raised: { readonly item: string; readonly hazardId: string }[] = []
  const notRaised: Saved['notRaised'] = []
  for (const given of answers) {
    const item = items.get(given.item)
    if (!item || given.outcome !== 'bad') continue
    const done = await raiseHazard(execute, actor, sheet, item, given, businessDate(clock.now()))
    if (done.ok) raised.push({ item: given.item, hazardId: done.value.hazardId })
    else notRaised.push(toldOf(given.item, done.refusal))
  }
  const ids = raised.map(({ hazardId }) => hazardId)
  const numbers = await read(actor, (scope) => hazardsRaised(scope, sheet.mineId, ids))
  return { raised: raised.map((one) => ({ ...one, number: numbers.get(one.hazardId)?.number ?? '' })), notRaised }
}

/** Last month's answers to what has just been answered: nobody copies what he has not seen. */
const answersBefore = async (
  { read }: Platform,
  actor: Actor,
  { mineId, month }: Sheet,
  answers: readonly GivenAnswer[],
) => {
  const earlier = monthBefore(month)
  const sheet = { mineId, sheetId: sheetIdOf(mineId, earlier), month: earlier }
  const before = await read(actor, (scope) => answersOf(scope, sheet))
  const answered = new Set(answers.map(({ item }) => item))
  return Object.fromEntries(before.filter(({ item }) => answered.has(item)).map(answeredBefore))
}

type Asked = { readonly subject: Mine; readonly sheet: Questions }

/** Saves as one goes: answers are kept once each, then what they found is registered. */
export const saveOnSheet = async (
  platform: Platform,
  actor: Actor,
  { mineId, month }: { readonly mineId: string; readonly month: Month },
  { subject, sheet: questions }: Asked,
  answers: readonly GivenAnswer[],
): Promise<Outcome<Saved>> => {
  const allowed = may(actor, 'selfCheck.answer', { tenantId: mineId, div: subject.div })
  if (!allowed.ok) return allowed
  const known = new Set(itemsOf(questions).map(({ code }) => code))
  const strange = answers.map(({ item }) => item).filter((item) => !known.has(item))
  if (strange.length > 0) return unknownItems(strange)
  const sheet = { mineId, sheetId: sheetIdOf(mineId, month), month }
  if (!(await keepAnswers(platform.pool, actor, sheet, answers, platform.realClock.now()))) return outOfReach
  const found = await raiseAll(platform, actor, sheet, questions, answers)
  const before = await answersBefore(platform, actor, sheet, answers)
  return ok({ saved: answers.map(({ id }) => id), ...found, before })
}
