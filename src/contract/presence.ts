import { z } from 'zod'
import { pageOf, pageQuery, searched } from '#contract/page.ts'
import { receiptShown } from '#contract/receipt.ts'
import { plain, route } from '#contract/route.ts'
import { keyOffices } from '#domain/org/office.ts'
import { presenceActs } from '#domain/presence/record.ts'
import { month } from '#domain/selfCheck/month.ts'

const commandId = z.uuid('办理编号应为 UUID').describe('由客户端生成的 UUIDv7；重发同一编号只办理一次')

/** How many days a month; `days` null: nobody set any, the notice sets none. */
const required = z.object({ days: z.number().int().nullable(), why: z.string() })

const keyPerson = z.object({ id: z.uuid(), post: z.string(), name: z.string().optional() })

const officeShown = z.object({
  office: z.enum(keyOffices),
  title: z.string(),
  holders: z.array(keyPerson),
  days: z.number().int(),
  missing: z.string().optional(),
})

export type PresenceOfficeShown = z.infer<typeof officeShown>

export const presenceListed = z.object({
  mineId: z.uuid(),
  mineName: z.string(),
  mineCode: z.string(),
  offices: z.array(officeShown),
})

export type PresenceListed = z.infer<typeof presenceListed>

export const listPresence = route({
  ...plain,
  method: 'GET',
  path: '/api/presence',
  summary: '关键人驻矿：整治范围内各矿一个月的天数和缺什么',
  tag: 'presence',
  access: { act: 'presence.read' },
  query: z.object({
    ...pageQuery,
    month: month.optional(),
    /** Only those that lack something. */
    missing: z.enum(['true', 'false']).optional(),
    search: searched,
  }),
  reply: pageOf(presenceListed).extend({ month, required, missing: z.number().int() }),
})

const dayShown = z.object({
  id: z.uuid(),
  version: z.number().int(),
  personId: z.uuid(),
  post: z.string(),
  name: z.string().optional(),
  offices: z.array(z.enum(keyOffices)),
  on: z.string(),
  matters: z.string(),
  paper: z.array(z.string()),
  stands: z.boolean(),
  onBehalf: z.boolean(),
  recordedOn: z.string(),
  /** What was written before, and why it was changed or withdrawn; the latest last. */
  changes: z.array(
    z.object({
      at: z.string(),
      roleTitle: z.string(),
      title: z.string(),
      reason: z.string().optional(),
      before: z.string().optional(),
    }),
  ),
})

export type PresenceDayShown = z.infer<typeof dayShown>

export const readPresence = route({
  ...plain,
  method: 'GET',
  path: '/api/presence/:mineId/:month',
  summary: '一座矿一个月的关键人驻矿记录',
  tag: 'presence',
  access: { act: 'presence.read' },
  params: z.object({ mineId: z.uuid(), month }),
  reply: z.object({
    mineId: z.uuid(),
    mineName: z.string(),
    month,
    required,
    offices: z.array(officeShown),
    days: z.array(dayShown),
    files: z.record(z.string(), z.object({ name: z.string(), mime: z.string(), size: z.number() })),
  }),
})

export const recordPresence = route({
  ...plain,
  method: 'POST',
  path: '/api/presence/:mineId/days',
  summary: '记一天驻矿：谁、哪一天、办了什么事',
  tag: 'presence',
  access: { act: 'presence.record' },
  params: z.object({ mineId: z.uuid() }),
  body: presenceActs.record.extend({ commandId }),
  reply: receiptShown,
})

const onDay = { params: z.object({ mineId: z.uuid(), id: z.uuid() }), reply: receiptShown, tag: 'presence' } as const

export const correctPresence = route({
  ...plain,
  ...onDay,
  method: 'POST',
  path: '/api/presence/:mineId/days/:id/correct',
  summary: '更正驻矿记录，原来的写法留着',
  access: { act: 'presence.correct' },
  body: presenceActs.correct.extend({ commandId, expectedVersion: z.number().int().optional() }),
})

export const withdrawPresence = route({
  ...plain,
  ...onDay,
  method: 'POST',
  path: '/api/presence/:mineId/days/:id/withdraw',
  summary: '作废驻矿记录，写明理由',
  access: { act: 'presence.withdraw' },
  body: presenceActs.withdraw.extend({ commandId, expectedVersion: z.number().int().optional() }),
})
