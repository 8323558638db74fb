import { z } from 'zod'
import { receiptShown } from '#contract/receipt.ts'
import { plain, route } from '#contract/route.ts'
import { boardActs } from '#domain/board/record.ts'

export const boardLine = z.object({
  number: z.string(),
  place: z.string().optional(),
  content: z.string().optional(),
  measures: z.string().optional(),
  responsible: z.string().optional(),
  deadline: z.string().optional(),
  standing: z.string(),
  overdue: z.boolean(),
})

export const boardShown = z.object({
  mine: z.string(),
  company: z.string(),
  hotline: z.string(),
  lines: z.array(boardLine),
  more: z.number().int(),
})

export type BoardShown = z.infer<typeof boardShown>

const mineParams = z.object({ mineId: z.uuid() })

/** Where everybody reads the board, once it is switched on. */
export const publicBoardPath = (mineId: string): string => `/board/${mineId}`

export const readBoard = route({
  ...plain,
  method: 'GET',
  path: '/api/mines/:mineId/board',
  summary: '公示牌：现在该公示的内容，印制、张贴、上网的情况',
  tag: 'board',
  access: { act: 'board.read' },
  params: mineParams,
  reply: z.object({
    board: boardShown,
    /** SHA-256 over the board in canonical JSON. */
    digest: z.string(),
    /** Stream of the board's own records. */
    streamId: z.uuid(),
    printed: z.object({ on: z.string(), digest: z.string(), version: z.number().int() }).optional(),
    posted: z.object({ on: z.string(), where: z.string() }).optional(),
    published: z.object({ reference: z.string(), since: z.string() }).optional(),
  }),
})

export type BoardRead = z.infer<typeof readBoard.reply>

const commandId = z.uuid('办理编号应为 UUID')

export const printBoard = route({
  ...plain,
  method: 'POST',
  path: '/api/mines/:mineId/board/print',
  summary: '印制公示牌：把这一份的摘要记入存证',
  tag: 'board',
  access: { act: 'board.print' },
  params: mineParams,
  /** `digest`: of the board that was seen; another one is not printed unseen. */
  body: z.object({ commandId, digest: boardActs.print.shape.digest }),
  reply: receiptShown,
})

export const postBoard = route({
  ...plain,
  method: 'POST',
  path: '/api/mines/:mineId/board/post',
  summary: '张贴公示牌：牌上的隐患都记上公示',
  tag: 'board',
  access: { act: 'board.post' },
  params: mineParams,
  body: z.object({ commandId, where: boardActs.post.shape.where, photos: boardActs.post.shape.photos.optional() }),
  reply: receiptShown,
})

export const publishBoard = route({
  ...plain,
  method: 'POST',
  path: '/api/mines/:mineId/board/publish',
  summary: '公示牌上网，写明信息公开审查文号',
  tag: 'board',
  access: { act: 'board.publish' },
  params: mineParams,
  body: z.object({ commandId, ...boardActs.publish.shape }),
  reply: receiptShown,
})

export const withdrawBoard = route({
  ...plain,
  method: 'POST',
  path: '/api/mines/:mineId/board/withdraw',
  summary: '公示牌撤下网页',
  tag: 'board',
  access: { act: 'board.withdraw' },
  params: mineParams,
  body: z.object({ commandId, ...boardActs.withdraw.shape }),
  reply: receiptShown,
})
