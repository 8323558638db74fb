import { z } from 'zod'

/** In which way an open matter hangs on a person or on his post. */
export const itemKinds = {
  responsible: '五定责任人',
  tracker: '挂牌督办责任人',
  waiting: '本岗位待办',
  sheet: '月排查',
} as const

export type ItemKind = keyof typeof itemKinds

/** One open matter as it stood when the list was signed. No name, no phone: the record it points to says the rest. */
export const handoverItem = z.object({
  kind: z.enum(Object.keys(itemKinds) as [ItemKind, ...ItemKind[]]),
  tenantId: z.uuid(),
  streamId: z.uuid(),
  /** What is to be done. */
  title: z.string().max(200),
  number: z.string().max(50).optional(),
  place: z.string().max(200).optional(),
  mineName: z.string().max(100).optional(),
  dueOn: z.string().max(10).optional(),
})

export type HandoverItem = z.infer<typeof handoverItem>

/** More than can be handed over word by word; the rest goes with the post and is counted. */
export const mostItems = 300

export const handoverItems = z.array(handoverItem).max(mostItems)
