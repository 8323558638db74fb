import { createHash } from 'node:crypto'
import type { SheetShown, SheetStanding } from '#contract/selfCheck.ts'
import type { Actor } from '#domain/access/actor.ts'
import { may } from '#domain/access/policy.ts'
import { sideOf } from '#domain/access/role.ts'
import { askedOn, type Month, monthBefore } from '#domain/selfCheck/month.ts'
import { type By, fold, isDone, type SelfCheckState, waitsForSignature } from '#domain/selfCheck/record.ts'
import { itemsOf, type Sheet, sheetOf } from '#domain/selfCheck/sheet.ts'
import type { Rulebook } from '#rulebook/rulebook.ts'
import { postsOf } from '#server/org/posts.ts'
import type { ReadScope } from '#server/platform/read.ts'
import { answersOf, type StoredAnswer } from '#server/selfCheck/answers.ts'
import { eventsOfSheet, findMine, hazardsRaised, titleOfRole } from '#server/selfCheck/queries.ts'
import { raisedHazardId, sheetIdOf } from '#server/selfCheck/sheetId.ts'

/** Changes with every answer that counts. */
export const digestOf = (answers: readonly StoredAnswer[]): string =>
  createHash('sha256')
    .update(answers.map(({ id }) => id).join())
    .digest('hex')

const standingOf = (state: SelfCheckState | undefined, answered: number): SheetStanding => {
  if (isDone(state)) return 'done'
  if (state && state.submissions.length > 0) return 'submitted'
  return state || answered > 0 ? 'inProgress' : 'notBegun'
}

/** Whether last month's answers may be seen: of one's own question, or by those who only read. */
const maySeeBefore = (answers: readonly StoredAnswer[], actor: Actor): ((item: string) => boolean) => {
  if (sideOf(actor.role) !== 'mine') return () => true
  const own = new Set(answers.filter(({ accountId }) => accountId === actor.accountId).map(({ item }) => item))
  return (item) => own.has(item)
}

/** What stood on the sheet of the month before: the answer and its note, not who gave it. */
export const answeredBefore = ({ item, outcome, note }: StoredAnswer) =>
  [item, { outcome, ...(note && { note }) }] as const

const shownSections = (sheet: Sheet): SheetShown['sections'] =>
  sheet.sections.map(({ key, title, items }) => ({
    key,
    title,
    items: items.map(({ code, number, question, look, buttons, applies, criterion }) => ({
      code,
      number,
      question,
      look,
      buttons,
      ...(applies.kind === 'notApplicable' && { notApplicable: applies.reason }),
      missingFacts: applies.kind === 'asked' ? [...applies.missing] : [],
      ...(criterion && { criterion: { code: criterion.code, title: criterion.title, text: criterion.text } }),
    })),
  }))

const personsIn = (state: SelfCheckState | undefined): readonly string[] =>
  [
    ...(state?.handOvers ?? []).flatMap(({ to, by }) => [to, by.personId]),
    ...(state?.submissions ?? []).map(({ by }) => by.personId),
    ...(state?.signatures ?? []).map(({ by }) => by.personId),
  ].filter((id) => id !== undefined)

type Wanted = { readonly mineId: string; readonly month: Month; readonly today: string; readonly rulebook: Rulebook }

/** The sheet of a mine and month as this actor sees it. Undefined where the mine does not lie in reach. */
export const showSheet = async (
  scope: ReadScope,
  actor: Actor,
  { mineId, month, today, rulebook }: Wanted,
): Promise<SheetShown | undefined> => {
  const subject = await findMine(scope, mineId)
  if (!subject) return undefined
  const sheetId = sheetIdOf(mineId, month)
  const sheet = sheetOf(rulebook, subject, askedOn(month, today))
  const events = await eventsOfSheet(scope, mineId, sheetId)
  const state = fold(events)
  const answers = await answersOf(scope, { mineId, sheetId, month })
  const raised = await hazardsRaised(
    scope,
    mineId,
    answers.map(({ item }) => raisedHazardId(sheetId, item)),
  )
  const earlier = monthBefore(month)
  const before = await answersOf(scope, { mineId, sheetId: sheetIdOf(mineId, earlier), month: earlier })
  const maySee = maySeeBefore(answers, actor)
  const posts = await postsOf(scope, personsIn(state))
  const byOf = ({ personId, role, at, version }: By) => ({
    byPost: (personId && posts[personId]) || titleOfRole(role),
    at,
    version,
  })
  const known = new Set(itemsOf(sheet).map(({ code }) => code))
  const target = { tenantId: mineId, div: subject.div }
  const mayDo = (act: string): boolean => may(actor, act, target).ok && month <= today.slice(0, 7)
  return {
    sheetId,
    mineId,
    mineName: subject.name,
    month,
    monthBefore: earlier,
    standing: standingOf(state, answers.length),
    rulebookVersion: sheet.rulebookVersion,
    version: events.length,
    sections: shownSections(sheet),
    answers: answers
      .filter(({ item }) => known.has(item))
      .map(({ id: _id, accountId, role, photos, ...answer }) => {
        const hazard = raised.get(raisedHazardId(sheetId, answer.item))
        return {
          ...answer,
          photos: [...photos],
          byPost: titleOfRole(role),
          mine: accountId === actor.accountId,
          ...(hazard && { hazard }),
        }
      }),
    before: Object.fromEntries(before.filter(({ item }) => maySee(item)).map(answeredBefore)),
    digest: digestOf(answers),
    handOvers: (state?.handOvers ?? []).map(({ to, note, left, by }) => ({
      toPost: posts[to] ?? '本矿人员',
      toMe: to === actor.personId,
      ...(note && { note }),
      left,
      ...byOf(by),
    })),
    submissions: (state?.submissions ?? []).map(({ on, team, counts, notChecked, by }) => ({
      on,
      ...(team && { team }),
      asked: counts.asked,
      good: counts.good,
      bad: counts.bad,
      notApplicable: counts.notApplicable,
      notChecked: [...notChecked],
      ...byOf(by),
    })),
    signatures: (state?.signatures ?? []).map(({ on, submission, ledInPerson, paper, by }) => ({
      on,
      submission,
      ledInPerson,
      paper: [...paper],
      ...byOf(by),
    })),
    may: {
      answer: mayDo('selfCheck.answer'),
      submit: mayDo('selfCheck.submit') && answers.length > 0,
      sign: mayDo('selfCheck.sign') && waitsForSignature(state),
    },
  }
}
