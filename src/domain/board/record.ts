import { z } from 'zod'
import type { RecordedEvent } from '#domain/event.ts'
import { field } from '#domain/field.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'

const digest = z.string().regex(/^[0-9a-f]{64}$/, '公示牌摘要应为 64 位十六进制；请刷新页面')

/** What a stranger can compare with the paper: which hazards stand on it, as what, until when. */
export const printedLine = z.object({
  number: z.string(),
  standing: z.string(),
  deadline: z.string().optional(),
})

export type PrintedLine = z.infer<typeof printedLine>

/** Bodies of the acts as they are decided on, and of their events as they are kept. */
export const boardActs = {
  /** 印制: the digest is of all that stands on the board, the lines are what proves it on the paper itself. */
  print: z.object({ on: z.string(), digest, lines: z.array(printedLine) }),
  /** 张贴: put up where everybody sees it; `hazards` are those that get the fact 公示. */
  post: z.object({
    on: z.string(),
    where: field.line('张贴位置', { help: '企业醒目位置，例如矿门公示栏' }),
    photos: field.photos('张贴照片'),
    hazards: z.array(z.uuid()),
  }),
  /** 上网公示: only with the reference of the disclosure review (PRACTICE A9). */
  publish: z.object({
    reference: field.line('信息公开审查文号', { help: '例如 上应急公审〔2023〕12 号' }),
    note: field.text('说明', { max: 300 }).optional(),
  }),
  withdraw: z.object({ reason: field.text('撤下的原因', { max: 300 }) }),
} as const

export type BoardAct = keyof typeof boardActs

export const boardActNames = Object.keys(boardActs) as BoardAct[]
export const isBoardAct = (act: string): act is BoardAct => Object.hasOwn(boardActs, act)

export const boardTitles = {
  print: '印制公示牌',
  post: '张贴公示牌',
  publish: '公示牌上网',
  withdraw: '公示牌撤下网页',
} as const satisfies Record<BoardAct, string>

/** 政府信息公开条例 17: reviewed before it is public. */
export const disclosureClause = '政府信息公开条例 17；通知 四(一)2'

const eventTypes = { print: 'printed', post: 'posted', publish: 'published', withdraw: 'withdrawn' } as const

export type Printed = {
  readonly on: string
  readonly digest: string
  /** Version of the board's stream that says so: by it the paper is proven. */
  readonly version: number
  readonly numbers: readonly string[]
}

export type BoardState = {
  readonly printed?: Printed | undefined
  readonly posted?: { readonly on: string; readonly where: string } | undefined
  /** The page on the web, where it stands open. */
  readonly published?: { readonly reference: string; readonly since: string } | undefined
}

const evolve = (state: BoardState, { type, body, version, receivedAt }: RecordedEvent): BoardState => {
  switch (type) {
    case 'board.printed': {
      const { on, digest: printed, lines } = boardActs.print.parse(body)
      return { ...state, printed: { on, digest: printed, version, numbers: lines.map(({ number }) => number) } }
    }
    case 'board.posted': {
      const { on, where } = boardActs.post.parse(body)
      return { ...state, posted: { on, where } }
    }
    case 'board.published':
      return { ...state, published: { reference: boardActs.publish.parse(body).reference, since: receivedAt } }
    case 'board.withdrawn': {
      const { published: _published, ...rest } = state
      return rest
    }
    default:
      throw new Error(`no board event ${type}`)
  }
}

export const boardState = (events: readonly RecordedEvent[]): BoardState => events.reduce(evolve, {})

const notPrinted = refuse({
  code: 'board-not-printed',
  message: '还没有印制过公示牌，没有可以张贴的',
  clause: '通知 四(一)2',
  remedy: '先印制，再记张贴',
})

const notPublished = refuse({
  code: 'board-not-published',
  message: '这座矿的公示牌没有上网',
  remedy: '刷新页面后再看',
})

const allowed = (state: BoardState, act: BoardAct): Outcome<undefined> => {
  if (act === 'post' && !state.printed) return notPrinted
  if (act === 'withdraw' && !state.published) return notPublished
  return ok(undefined)
}

/** What follows from an act on the board: one event, or what stands against it. */
export const decideBoard = (
  events: readonly RecordedEvent[],
  act: BoardAct,
  body: Readonly<Record<string, unknown>>,
): Outcome<{ readonly type: string; readonly v: number; readonly body: Readonly<Record<string, unknown>> }> => {
  const may = allowed(boardState(events), act)
  return may.ok ? ok({ type: `board.${eventTypes[act]}`, v: 1, body }) : may
}
