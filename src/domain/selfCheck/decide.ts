import { z } from 'zod'
import type { Role } from '#domain/access/role.ts'
import type { CalendarDate } from '#domain/calendarDate.ts'
import type { NewEvent } from '#domain/event.ts'
import { field } from '#domain/field.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'
import { type Answer, outcomes } from './answer.ts'
import { type Month, month, monthOf } from './month.ts'
import type { SelfCheckState } from './record.ts'
import type { Sheet } from './sheet.ts'
import { itemsOf } from './sheet.ts'
import { lastAnswers, tallyOf } from './tally.ts'

const about = { month, mineId: z.uuid().describe('矿山') }

/** An answer on its way into a submission: what was saved, and by whom. */
const givenAnswer = z.object({
  item: z.string(),
  outcome: z.enum(outcomes),
  reason: z.string().optional(),
  place: z.string().optional(),
  note: z.string().optional(),
  photos: z.array(z.string()).optional(),
  tooDangerous: z.boolean().optional(),
  seq: z.number().int(),
  by: z.uuid(),
  answeredAt: z.string(),
  hazardId: z.uuid().optional(),
})

export const selfCheckBodies = {
  handOver: z.object({
    ...about,
    to: field.person('交给谁'),
    note: field.text('交接说明', { max: 500 }).optional(),
    left: z.number().int().min(0).describe('还剩几项'),
  }),
  submit: z.object({
    ...about,
    on: field.date('排查日期', '不填按今天').optional(),
    team: field.line('参加排查的人员', { max: 300 }).optional(),
    answers: z.array(givenAnswer).describe('各项答案'),
  }),
  sign: z.object({
    ...about,
    on: field.date('签字日期', '不填按今天').optional(),
    submission: z.number().int().min(1).describe('签的是第几次提交'),
    ledInPerson: field.check('主要负责人亲自带队'),
    paper: field.photos('纸质签字原件', '主要负责人在打印件上签字的，拍下原件').optional(),
  }),
} as const

export type SelfCheckAct = keyof typeof selfCheckBodies

export type SelfCheckContext = {
  readonly today: CalendarDate
  readonly role: Role
  readonly tenantId: string
  readonly sheet: Sheet
  /** Of the persons named, those on record, with the organisation each belongs to. */
  readonly organisationOf: (personId: string) => string | undefined
}

const clause = '通知 四(一)；安全生产法 41'

const notYet = (of: Month, today: CalendarDate): boolean => of > monthOf(today)

const tooEarly = (of: Month): Outcome<never> =>
  refuse({ code: 'month-not-begun', message: `${of} 还没有到`, clause, remedy: '选本月或者以前的月份' })

const dayIn = (on: CalendarDate | undefined, { today }: SelfCheckContext): Outcome<CalendarDate> =>
  on !== undefined && on > today
    ? refuse({ code: 'date-in-future', message: `${on} 还没有到`, remedy: '填今天或者以前的日期' })
    : ok(on ?? today)

const handOver = (
  body: z.output<typeof selfCheckBodies.handOver>,
  context: SelfCheckContext,
): Outcome<readonly NewEvent[]> => {
  if (context.organisationOf(body.to) !== context.tenantId)
    return refuse({
      code: 'person-unknown',
      message: '接手的人不在本矿的人员名录里',
      remedy: '从本矿名录中选择；没有登记的，先在人员里登记',
    })
  return ok([{ type: 'selfCheck.handOver', v: 1, body }])
}

const submit = (
  { answers, on, ...body }: z.output<typeof selfCheckBodies.submit>,
  context: SelfCheckContext,
): Outcome<readonly NewEvent[]> => {
  const day = dayIn(on, context)
  if (!day.ok) return day
  if (answers.length === 0)
    return refuse({
      code: 'nothing-answered',
      message: '这张表一项也没有答',
      clause,
      remedy: '先逐项排查；确实没有查到的，会按“未查”记下',
    })
  const known = new Set(itemsOf(context.sheet).map(({ code }) => code))
  const plain: readonly Answer[] = answers.filter(({ item }) => known.has(item))
  const tally = tallyOf(context.sheet, plain)
  const last = lastAnswers(answers)
  const kept = answers.filter((one) => last.get(one.item) === one).map(({ seq: _seq, ...one }) => one)
  const { asked, good, bad, notApplicable, notChecked } = tally
  return ok([
    {
      type: 'selfCheck.submit',
      v: 1,
      body: {
        ...body,
        on: day.value,
        answers: kept,
        notChecked: notChecked.map(({ code }) => code),
        counts: { asked, good, bad, notApplicable, notChecked: notChecked.length },
      },
    },
  ])
}

const sign = (
  state: SelfCheckState | undefined,
  { on, ...body }: z.output<typeof selfCheckBodies.sign>,
  context: SelfCheckContext,
): Outcome<readonly NewEvent[]> => {
  const day = dayIn(on, context)
  if (!day.ok) return day
  const count = state?.submissions.length ?? 0
  if (count === 0)
    return refuse({ code: 'not-submitted', message: '排查表还没有提交', clause, remedy: '先提交排查表，再签字' })
  if (body.submission !== count)
    return refuse({
      code: 'submission-changed',
      message: `您看的是第 ${body.submission} 次提交，现在已经有第 ${count} 次`,
      remedy: '刷新页面，看过最新的排查表再签字',
    })
  if (state?.signatures.some(({ submission }) => submission === count))
    return refuse({ code: 'already-signed', message: '这张表已经签过字', remedy: '不用再签；有补充的，提交后再签' })
  const byPaper = (body.paper?.length ?? 0) > 0
  if (context.role !== 'principal' && !byPaper)
    return refuse({
      code: 'principal-signs',
      message: '月排查要由主要负责人签字',
      clause,
      remedy: '请主要负责人自己登录签字；或者打印出来手签，拍下原件由安全员代录',
    })
  return ok([{ type: 'selfCheck.sign', v: 1, body: { ...body, on: day.value } }])
}

/** One month's self-check: handed over in mid-sheet, submitted with whatever is 未查, signed by the principal. */
export const decide = (
  state: SelfCheckState | undefined,
  act: SelfCheckAct,
  input: unknown,
  context: SelfCheckContext,
): Outcome<readonly NewEvent[]> => {
  const { month: of } = z.object({ month }).parse(input)
  if (notYet(of, context.today)) return tooEarly(of)
  switch (act) {
    case 'handOver':
      return handOver(selfCheckBodies.handOver.parse(input), context)
    case 'submit':
      return submit(selfCheckBodies.submit.parse(input), context)
    case 'sign':
      return sign(state, selfCheckBodies.sign.parse(input), context)
  }
}
