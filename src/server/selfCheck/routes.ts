import { z } from 'zod'
import {
  handOverSelfCheck,
  listSelfChecks,
  readSelfCheck,
  saveAnswers,
  signSelfCheck,
  submitSelfCheck,
} from '#contract/selfCheck.ts'
import type { Actor } from '#domain/access/actor.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'
import { askedOn, type Month, monthOf } from '#domain/selfCheck/month.ts'
import { sheetOf } from '#domain/selfCheck/sheet.ts'
import { tallyOf } from '#domain/selfCheck/tally.ts'
import { businessDate } from '#server/platform/clock.ts'
import { readCursor } from '#server/platform/cursor.ts'
import { guarded, type Mounted } from '#server/platform/http/mounted.ts'
import type { Platform } from '#server/platform/platform.ts'
import { receipt } from '#server/platform/receipt.ts'
import { shownPage } from '#server/platform/shownPage.ts'
import { shownReceipt } from '#server/platform/shownReceipt.ts'
import { answersOf } from '#server/selfCheck/answers.ts'
import {
  findMine,
  hazardsRaised,
  monthsOfMine,
  pageOfMonth,
  receiptOf,
  totalsOfMonth,
} from '#server/selfCheck/queries.ts'
import { saveOnSheet } from '#server/selfCheck/save.ts'
import { raisedHazardId, sheetIdOf } from '#server/selfCheck/sheetId.ts'
import { digestOf, showSheet } from '#server/selfCheck/show.ts'

/** Code of the mine, id; of one mine's list, the month. */
const mineKey = z.tuple([z.string().max(40), z.uuid()])

const noSheet: Outcome<never> = refuse({
  code: 'not-found',
  message: '没有这座矿，或者不在您的管辖范围',
  remedy: '从月排查的列表中选择',
})

const tooEarly = (of: Month): Outcome<never> =>
  refuse({ code: 'month-not-begun', message: `${of} 还没有到`, remedy: '选本月或者以前的月份' })

export const selfCheckRoutes = (platform: Platform): readonly Mounted[] => {
  const { read, execute, rulebook, clock } = platform
  const today = () => businessDate(clock.now())

  const questionsOf = async (actor: Actor, mineId: string, of: Month) =>
    read(actor, async (scope) => {
      const subject = await findMine(scope, mineId)
      return subject && { subject, sheet: sheetOf(rulebook, subject, askedOn(of, today())) }
    })

  const send = async (
    actor: Actor,
    act: string,
    { mineId, month: of }: { readonly mineId: string; readonly month: Month },
    commandId: string,
    body: Readonly<Record<string, unknown>>,
  ) =>
    shownReceipt(
      await execute(actor, {
        id: commandId,
        tenantId: mineId,
        streamId: sheetIdOf(mineId, of),
        act: `selfCheck.${act}`,
        body: { ...body, mineId, month: of },
      }),
    )

  return [
    guarded(listSelfChecks, async ({ caller: { actor }, query }) => {
      const after = readCursor(query.after, mineKey)
      if (!after.ok) return after
      const thisMonth = monthOf(today())
      const { limit, standing, search } = query
      const wanted = query.month ?? thisMonth
      return read(actor, async (scope) => {
        const totals = await totalsOfMonth(scope, wanted)
        if (query.mineId) {
          const found = await monthsOfMine(scope, query.mineId, thisMonth)
          const items = found.filter((one) => (standing ? one.standing === standing : true))
          return ok({ items, total: items.length, totalIsExact: true, month: wanted, totals })
        }
        const filter = { month: wanted, thisMonth, standing, search, after: after.value, limit }
        const { found, total } = await pageOfMonth(scope, filter)
        const keyOf = ({ mineCode, mineId }: { mineCode: string; mineId: string }) => [mineCode, mineId]
        return ok({ ...shownPage(found, { limit, total, keyOf }), month: wanted, totals })
      })
    }),
    guarded(readSelfCheck, async ({ caller: { actor }, params }) => {
      const wanted = { ...params, today: today(), rulebook }
      if (params.month > monthOf(wanted.today)) return tooEarly(params.month)
      const shown = await read(actor, (scope) => showSheet(scope, actor, wanted))
      return shown ? ok(shown) : noSheet
    }),
    guarded(saveAnswers, async ({ caller: { actor }, params, body }) => {
      if (params.month > monthOf(today())) return tooEarly(params.month)
      const asked = await questionsOf(actor, params.mineId, params.month)
      return asked ? saveOnSheet(platform, actor, params, asked, body.answers) : noSheet
    }),
    guarded(handOverSelfCheck, async ({ caller: { actor }, params, body }) => {
      const asked = await questionsOf(actor, params.mineId, params.month)
      if (!asked) return noSheet
      const sheetId = sheetIdOf(params.mineId, params.month)
      const before = await read(actor, (scope) => receiptOf(scope, params.mineId, sheetId, body.commandId))
      if (before) return ok({ ...receipt.parse(before), replayed: true })
      const answers = await read(actor, (scope) => answersOf(scope, { ...params, sheetId }))
      const left = tallyOf(
        asked.sheet,
        answers.map((one) => ({ ...one, photos: [...one.photos] })),
      ).notChecked.length
      const { to, note } = body
      return send(actor, 'handOver', params, body.commandId, { to, left, ...(note && { note }) })
    }),
    guarded(submitSelfCheck, async ({ caller: { actor }, params, body }) => {
      const { mineId } = params
      const sheetId = sheetIdOf(mineId, params.month)
      const before = await read(actor, (scope) => receiptOf(scope, mineId, sheetId, body.commandId))
      if (before) return ok({ ...receipt.parse(before), replayed: true })
      const answers = await read(actor, (scope) => answersOf(scope, { ...params, sheetId }))
      if (digestOf(answers) !== body.seen)
        return refuse({
          code: 'sheet-changed',
          message: '您看过之后，排查表又有人作答',
          remedy: '刷新页面，看过最新的答案再提交',
        })
      const raisedIds = answers.map(({ item }) => raisedHazardId(sheetId, item))
      const raised = await read(actor, (scope) => hazardsRaised(scope, mineId, raisedIds))
      const given = answers.map(({ id: _id, accountId, role: _role, ...answer }) => {
        const hazard = raised.get(raisedHazardId(sheetId, answer.item))
        return { ...answer, by: accountId, ...(hazard && { hazardId: hazard.id }) }
      })
      const { on, team } = body
      return send(actor, 'submit', params, body.commandId, { answers: given, ...(on && { on }), ...(team && { team }) })
    }),
    guarded(signSelfCheck, async ({ caller: { actor }, params, body: { commandId, ...body } }) =>
      send(actor, 'sign', params, commandId, body),
    ),
  ]
}
