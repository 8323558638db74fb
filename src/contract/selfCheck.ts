import { z } from 'zod'
import { pageOf, pageQuery, searched } from '#contract/page.ts'
import { receiptShown } from '#contract/receipt.ts'
import { plain, route } from '#contract/route.ts'
import { answer, outcomes } from '#domain/selfCheck/answer.ts'
import { month } from '#domain/selfCheck/month.ts'

const ref = z.object({ mineId: z.uuid(), month })

/** How far a mine's month has come. `late`: submitted or signed after the month, or the month is over without it. */
export const sheetStandings = ['notBegun', 'inProgress', 'submitted', 'done'] as const
export type SheetStanding = (typeof sheetStandings)[number]

const counts = {
  asked: z.number().int().optional(),
  good: z.number().int().optional(),
  bad: z.number().int().optional(),
  notApplicable: z.number().int().optional(),
  notChecked: z.number().int().optional(),
}

export const selfCheckListed = z.object({
  mineId: z.uuid(),
  mineName: z.string(),
  mineCode: z.string(),
  month,
  standing: z.enum(sheetStandings),
  /** Several submissions: the last one is not signed yet. */
  waitsForSignature: z.boolean(),
  answered: z.number().int(),
  submittedOn: z.string().optional(),
  signedOn: z.string().optional(),
  ledInPerson: z.boolean(),
  /** 本月未落实, said once the month is over. */
  missed: z.boolean(),
  ...counts,
})

export type SelfCheckListed = z.infer<typeof selfCheckListed>

export const listSelfChecks = route({
  ...plain,
  method: 'GET',
  path: '/api/self-checks',
  summary: '月排查：各矿本月进展，或者一座矿的各月',
  tag: 'selfCheck',
  access: { act: 'selfCheck.read' },
  query: z.object({
    ...pageQuery,
    /** One month of every mine in reach … */
    month: month.optional(),
    /** … or every month of one mine, newest first. */
    mineId: z.uuid().optional(),
    standing: z.enum(sheetStandings).optional(),
    search: searched,
  }),
  reply: pageOf(selfCheckListed).extend({
    month,
    /** Of the mines that the month concerns, how many stand where; without filters. */
    totals: z.record(z.enum(sheetStandings), z.number().int()),
  }),
})

/** Of an answer that somebody saved. */
const shownAnswer = z.object({
  item: z.string(),
  outcome: z.enum(outcomes),
  reason: z.string().optional(),
  place: z.string().optional(),
  note: z.string().optional(),
  photos: z.array(z.string()),
  tooDangerous: z.boolean(),
  seq: z.number().int(),
  byPost: z.string(),
  mine: z.boolean(),
  answeredAt: z.string(),
  /** What its 有问题 raised. */
  hazard: z.object({ id: z.uuid(), number: z.string(), statusTitle: z.string() }).optional(),
})

export type ShownAnswer = z.infer<typeof shownAnswer>

const shownItem = z.object({
  code: z.string(),
  /** The code as people read it. */
  number: z.string(),
  question: z.string(),
  look: z.string(),
  buttons: z.object({ good: z.string(), bad: z.string() }),
  /** Set where the registry says by itself that the question does not concern this mine. */
  notApplicable: z.string().optional(),
  /** Facts of the mine that nobody has entered and that the answer turns on. */
  missingFacts: z.array(z.string()),
  criterion: z.object({ code: z.string(), title: z.string(), text: z.string() }).optional(),
})

export type ShownItem = z.infer<typeof shownItem>

/** Who did it, and as which record of the sheet's stream: its proof is asked for under that version. */
const by = { byPost: z.string(), at: z.string(), version: z.number().int() }

const answeredBefore = z.object({ outcome: z.enum(outcomes), note: z.string().optional() })

export const sheetShown = z.object({
  sheetId: z.uuid(),
  mineId: z.uuid(),
  mineName: z.string(),
  month,
  monthBefore: month,
  standing: z.enum(sheetStandings),
  rulebookVersion: z.string(),
  version: z.number().int(),
  sections: z.array(z.object({ key: z.string(), title: z.string(), items: z.array(shownItem) })),
  answers: z.array(shownAnswer),
  /** Last month's answers, of questions one has answered oneself and of nothing else (nobody copies what he has not seen). */
  before: z.record(z.string(), answeredBefore),
  /** Changes with every answer: sent back when submitting, so that nothing else is submitted than was seen. */
  digest: z.string(),
  handOvers: z.array(
    z.object({
      toPost: z.string(),
      /** To whoever asks: 某某交给您，还剩几项. */
      toMe: z.boolean(),
      note: z.string().optional(),
      left: z.number().int(),
      ...by,
    }),
  ),
  submissions: z.array(
    z.object({
      on: z.string(),
      team: z.string().optional(),
      asked: z.number().int(),
      good: z.number().int(),
      bad: z.number().int(),
      notApplicable: z.number().int(),
      notChecked: z.array(z.string()),
      ...by,
    }),
  ),
  signatures: z.array(
    z.object({
      on: z.string(),
      submission: z.number().int(),
      ledInPerson: z.boolean(),
      paper: z.array(z.string()),
      ...by,
    }),
  ),
  may: z.object({ answer: z.boolean(), submit: z.boolean(), sign: z.boolean() }),
})

export type SheetShown = z.infer<typeof sheetShown>

export const readSelfCheck = route({
  ...plain,
  method: 'GET',
  path: '/api/self-checks/:mineId/:month',
  summary: '一座矿一个月的排查表：题目、答案、签字',
  tag: 'selfCheck',
  access: { act: 'selfCheck.read' },
  params: ref,
  reply: sheetShown,
})

/** As the device sends it: with an id of its own, so that sent twice it is saved once. */
export const savedAnswer = answer.safeExtend({ id: z.uuid(), answeredAt: z.iso.datetime({ offset: true }) })
export type SavedAnswer = z.input<typeof savedAnswer>

export const saveAnswers = route({
  ...plain,
  method: 'POST',
  path: '/api/self-checks/:mineId/:month/answers',
  summary: '边查边存：保存答案；答“有问题”的立即登记隐患',
  tag: 'selfCheck',
  access: { act: 'selfCheck.answer' },
  params: ref,
  body: z.object({ answers: z.array(savedAnswer).min(1).max(200) }),
  reply: z.object({
    saved: z.array(z.uuid()),
    raised: z.array(z.object({ item: z.string(), hazardId: z.uuid(), number: z.string() })),
    /** Kept as an answer, but the hazard could not be registered: with what to do. */
    notRaised: z.array(z.object({ item: z.string(), message: z.string(), remedy: z.string().optional() })),
    /** Last month's answers to the questions just answered: now that one has given one's own. */
    before: z.record(z.string(), answeredBefore),
  }),
})

const acted = { ...plain, method: 'POST', tag: 'selfCheck', params: ref, reply: receiptShown } as const

export const handOverSelfCheck = route({
  ...acted,
  path: '/api/self-checks/:mineId/:month/hand-over',
  summary: '查到一半，交给另一个人接着查',
  access: { act: 'selfCheck.handOver' },
  body: z.object({ commandId: z.uuid(), to: z.uuid(), note: z.string().optional() }),
})

export const submitSelfCheck = route({
  ...acted,
  path: '/api/self-checks/:mineId/:month/submit',
  summary: '提交排查表，未查的照样写明',
  access: { act: 'selfCheck.submit' },
  body: z.object({
    commandId: z.uuid(),
    /** Digest of the sheet as the person saw it. */
    seen: z.string(),
    on: z.string().optional(),
    team: z.string().optional(),
  }),
})

export const signSelfCheck = route({
  ...acted,
  path: '/api/self-checks/:mineId/:month/sign',
  summary: '主要负责人签字：本月排查落实',
  access: { act: 'selfCheck.sign' },
  body: z.object({
    commandId: z.uuid(),
    submission: z.number().int(),
    on: z.string().optional(),
    ledInPerson: z.boolean(),
    paper: z.array(z.string()).optional(),
  }),
})
