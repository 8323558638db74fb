import { v5 as uuidv5 } from 'uuid'
import { z } from 'zod'
import { fileCrewMeeting, filePaper, listCrewMeetings, printPaper, readCrewCard, readPaper } from '#contract/paper.ts'
import { calendarDate } from '#domain/calendarDate.ts'
import { transitionOf } from '#domain/hazard/transitions.ts'
import { crewCardOf } from '#domain/paper/crewCard.ts'
import { filedBody, mayPrint, type PaperForm } from '#domain/paper/paperForm.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'
import {
  crewsOf,
  findPaper,
  hazardWords,
  keepPaper,
  mineName,
  openHazards,
  pageOfMeetings,
} from '#server/paper/queries.ts'
import { businessDate } from '#server/platform/clock.ts'
import { readCursor } from '#server/platform/cursor.ts'
import { guarded, type Mounted } from '#server/platform/http/mounted.ts'
import type { Platform } from '#server/platform/platform.ts'
import type { ReadScope } from '#server/platform/read.ts'
import { shownPage } from '#server/platform/shownPage.ts'
import { shownReceipt } from '#server/platform/shownReceipt.ts'
import { validated } from '#server/platform/validated.ts'

const noMine: Outcome<never> = refuse({
  code: 'not-found',
  message: '没有这座矿，或者不在您的管辖范围',
  remedy: '从名录中选择',
})

const noPaper: Outcome<never> = refuse({
  code: 'not-found',
  message: '没有这张纸的登记，或者不在您的管辖范围',
  remedy: '用打印它的那个单位的账号登录，或者重新打印',
})

const filedBefore: Outcome<never> = refuse({
  code: 'paper-filed',
  message: '这张纸已经拍照归档',
  remedy: '照片在它的记录里；要补的在记录里补',
})

/** 日期, id. */
const meetingKey = z.tuple([calendarDate(), z.uuid()])

/** A paper is filed once, whoever holds the phone. */
const filingOf = (paperId: string): string => uuidv5('file', paperId)

const titleOf = (form: PaperForm): string =>
  form.kind === 'crewCard' ? '班前会卡' : (transitionOf(form.act)?.title ?? form.act)

/** What an act's own form would say against it is said before anything is printed. */
const fits = (form: PaperForm): Outcome<unknown> => {
  const allowed = mayPrint(form)
  if (!allowed.ok || form.kind === 'crewCard') return allowed
  const transition = transitionOf(form.act)
  return transition ? validated(transition.body, form.body) : noPaper
}

export const paperRoutes = (platform: Platform): readonly Mounted[] => {
  const { read, execute, pool, clock, realClock } = platform
  const today = () => businessDate(clock.now())

  const subjectOf = async (scope: ReadScope, tenantId: string, form: PaperForm): Promise<string | undefined> =>
    form.kind === 'crewCard' ? `${form.crew} ${form.on}` : hazardWords(scope, tenantId, form.hazardId)

  return [
    guarded(readCrewCard, async ({ caller, params: { mineId } }) =>
      read(caller.actor, async (scope) => {
        const mine = await mineName(scope, mineId)
        if (mine === undefined) return noMine
        const { lines, more } = crewCardOf(await openHazards(scope, mineId))
        return ok({
          mine,
          on: today(),
          lines: lines.map(({ controls, ...line }) => ({ ...line, controls: [...controls] })),
          more,
          crews: await crewsOf(scope, mineId),
        })
      }),
    ),
    guarded(listCrewMeetings, async ({ caller, params: { mineId }, query }) => {
      const after = readCursor(query.after, meetingKey)
      if (!after.ok) return after
      return read(caller.actor, async (scope) => {
        if ((await mineName(scope, mineId)) === undefined) return noMine
        const { found, total } = await pageOfMeetings(scope, mineId, { after: after.value, limit: query.limit })
        return ok(shownPage(found, { limit: query.limit, total, keyOf: ({ on, id }) => [on, id] }))
      })
    }),
    guarded(fileCrewMeeting, async ({ caller, params: { mineId, id }, body: { commandId, ...body } }) =>
      shownReceipt(
        await execute(caller.actor, {
          id: commandId,
          tenantId: mineId,
          streamId: id,
          act: 'crewMeeting.file',
          body,
        }),
      ),
    ),
    guarded(printPaper, async ({ caller, params: { tenantId, id }, body: form }) => {
      const fitting = fits(form)
      if (!fitting.ok) return fitting
      const known = await read(caller.actor, (scope) => subjectOf(scope, tenantId, form))
      if (known === undefined) return noPaper
      const kept = await keepPaper(pool, caller.actor, { tenantId, id, form }, realClock.now())
      if (kept === 'unknownTenant') return noMine
      if (kept === 'another')
        return refuse({
          code: 'id-in-use',
          message: '这个编号已经打印过另一张纸',
          remedy: '刷新页面后重新打印',
        })
      return ok({ id })
    }),
    guarded(readPaper, async ({ caller, params: { tenantId, id } }) =>
      read(caller.actor, async (scope) => {
        const paper = await findPaper(scope, tenantId, id, filingOf(id))
        const subject = paper && (await subjectOf(scope, tenantId, paper.form))
        if (!paper || subject === undefined) return noPaper
        return ok({ ...paper, title: titleOf(paper.form), subject })
      }),
    ),
    guarded(filePaper, async ({ caller, params: { tenantId, id }, body: { photos, present } }) => {
      const paper = await read(caller.actor, (scope) => findPaper(scope, tenantId, id, filingOf(id)))
      if (!paper) return noPaper
      if (photos.length === 0)
        return refuse({
          code: 'invalid-input',
          message: '还没有照片',
          remedy: '把签过字的纸拍一张',
          details: { fields: [{ field: 'photos', message: '拍一张' }] },
        })
      const { form } = paper
      const filed = await execute(caller.actor, {
        id: filingOf(id),
        tenantId,
        streamId: form.kind === 'hazardAct' ? form.hazardId : id,
        act: form.kind === 'hazardAct' ? `hazard.${form.act}` : 'crewMeeting.file',
        body: filedBody(form, photos, present),
      })
      // Another photo of the same paper: its place is taken.
      if (!filed.ok && filed.refusal.code === 'command-id-reused') return filedBefore
      return shownReceipt(filed)
    }),
  ]
}
