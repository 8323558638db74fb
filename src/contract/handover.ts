import { z } from 'zod'
import { pageOf, pageQuery } from '#contract/page.ts'
import { receiptShown } from '#contract/receipt.ts'
import { plain, route } from '#contract/route.ts'
import { handoverForms } from '#domain/handover/decide.ts'
import { handoverItem } from '#domain/handover/item.ts'
import type { HandoverStatus } from '#domain/handover/record.ts'

const ref = { tenantId: z.uuid(), id: z.uuid() }
const status = z.enum(['given', 'taken', 'withdrawn'] satisfies HandoverStatus[])
const commandId = z.uuid('办理编号应为 UUID')

/** Somebody by post; the name masked, as everywhere. */
const somebody = z.object({ personId: z.uuid(), post: z.string(), name: z.string().optional() })

export const handoverListed = z.object({
  ...ref,
  status,
  statusTitle: z.string(),
  from: somebody,
  to: somebody,
  givenAt: z.string(),
  endedAt: z.string().optional(),
  items: z.number().int(),
  /** Waits for whoever asks. */
  forMe: z.boolean(),
})

export type HandoverListed = z.infer<typeof handoverListed>

export const listHandovers = route({
  ...plain,
  method: 'GET',
  path: '/api/handovers',
  summary: '岗位交接单：本单位的，新的在前',
  tag: 'handover',
  access: { act: 'handover.read' },
  query: z.object(pageQuery),
  reply: pageOf(handoverListed),
})

export const readOpenItems = route({
  ...plain,
  method: 'GET',
  path: '/api/handovers/open-items',
  summary: '一个人名下没有办完的事：隐患、待办、没有签字的月排查',
  tag: 'handover',
  access: { act: 'handover.read' },
  query: z.object({ personId: z.uuid().optional() }),
  reply: z.object({ items: z.array(handoverItem), more: z.number().int() }),
})

export const movedItem = handoverItem.extend({
  /** 已改为接收人 / 随岗位 / 仍需办理 / 已办完. */
  fate: z.enum(['moved', 'withPost', 'toDo', 'finished', 'pending']),
  fateTitle: z.string(),
})

export type MovedItem = z.infer<typeof movedItem>

export const handoverShown = z.object({
  ...ref,
  version: z.number().int(),
  houseName: z.string(),
  status,
  statusTitle: z.string(),
  on: z.string(),
  givenAt: z.string(),
  from: somebody,
  to: somebody,
  /** Given by somebody else for a holder who has left. */
  onBehalf: z.boolean(),
  note: z.string().optional(),
  items: z.array(movedItem),
  more: z.number().int(),
  ended: z.object({ on: z.string(), at: z.string(), words: z.string().optional() }).optional(),
  can: z.object({ take: z.boolean(), withdraw: z.boolean() }),
})

export type HandoverShown = z.infer<typeof handoverShown>

export const readHandover = route({
  ...plain,
  method: 'GET',
  path: '/api/handovers/:tenantId/:id',
  summary: '一份岗位交接单：逐件列明，接收后各件到了谁手里',
  tag: 'handover',
  access: { act: 'handover.read' },
  params: z.object(ref),
  reply: handoverShown,
})

export const giveHandover = route({
  ...plain,
  method: 'POST',
  path: '/api/handovers/:tenantId/:id/give',
  summary: '交出岗位：所列事项与此刻没有办完的逐件核对，不一致的退回再看',
  tag: 'handover',
  access: { act: 'handover.give' },
  params: z.object(ref),
  body: z.object({ commandId, ...handoverForms.give.shape }),
  reply: receiptShown,
})

export const takeHandover = route({
  ...plain,
  method: 'POST',
  path: '/api/handovers/:tenantId/:id/take',
  summary: '接收岗位：由接收人本人办；五定责任人随之改为接收人',
  tag: 'handover',
  access: { act: 'handover.take' },
  params: z.object(ref),
  body: z.object({ commandId, ...handoverForms.take.shape }),
  reply: receiptShown,
})

export const withdrawHandover = route({
  ...plain,
  method: 'POST',
  path: '/api/handovers/:tenantId/:id/withdraw',
  summary: '作废还没有接收的交接单',
  tag: 'handover',
  access: { act: 'handover.withdraw' },
  params: z.object(ref),
  body: z.object({ commandId, ...handoverForms.withdraw.shape }),
  reply: receiptShown,
})
