import { z } from 'zod'
import { pageOf, pageQuery, searched } from '#contract/page.ts'
import { receiptShown } from '#contract/receipt.ts'
import { plain, route } from '#contract/route.ts'
import { permit, permitStandingNames } from '#domain/org/permit.ts'
import { line } from '#domain/text.ts'

const commandId = z.uuid('办理编号应为 UUID').describe('由客户端生成的 UUIDv7；重发同一编号只办理一次')
const kindKey = line({ label: '证照种类', max: 40 })

/** A kind as the rulebook names it, with what the law says of its renewal. */
export const permitKindShown = z.object({
  key: z.string(),
  title: z.string(),
  renewMonthsBefore: z.number().int().nullable(),
  /** 条款 behind the months. */
  clause: z.string().optional(),
  why: z.string(),
})

export type PermitKindShown = z.infer<typeof permitKindShown>

export const listPermitKinds = route({
  ...plain,
  method: 'GET',
  path: '/api/permit-kinds',
  summary: '证照种类（规则库里的名目）和提前提示的天数',
  tag: 'org',
  access: { act: 'permit.read' },
  reply: z.object({ items: z.array(permitKindShown), soonDays: z.number().int(), soonWhy: z.string() }),
})

export const permitShown = z.object({
  id: z.uuid(),
  version: z.number().int().optional(),
  mineId: z.uuid(),
  mineName: z.string(),
  mineCode: z.string(),
  kindTitle: z.string(),
  holderName: z.string().optional(),
  standing: z.enum(permitStandingNames),
  /** To the last day of validity; negative is past. */
  daysLeft: z.number().int().optional(),
  /** By the law: renewal is applied for until this day. */
  renewBy: z.string().optional(),
  renewClause: z.string().optional(),
  ...permit.shape,
})

export type PermitShown = z.infer<typeof permitShown>

export const listPermits = route({
  ...plain,
  method: 'GET',
  path: '/api/permits',
  summary: '证照，先到期的在前',
  tag: 'org',
  access: { act: 'permit.read' },
  query: z.object({
    ...pageQuery,
    mineId: z.uuid().optional(),
    standing: z.enum(permitStandingNames).optional(),
    kind: kindKey.optional(),
    search: searched,
  }),
  reply: pageOf(permitShown).extend({
    /** Of all within reach, without filters. */
    totals: z.record(z.enum(permitStandingNames), z.number().int()),
    /** Mines × kinds that a producing mine is expected to have and nobody registered. */
    unregistered: z.number().int(),
  }),
})

export const unregisteredPermit = z.object({
  mineId: z.uuid(),
  mineName: z.string(),
  mineCode: z.string(),
  kind: z.string(),
  kindTitle: z.string(),
})

export type UnregisteredPermit = z.infer<typeof unregisteredPermit>

export const listUnregisteredPermits = route({
  ...plain,
  method: 'GET',
  path: '/api/permits/unregistered',
  summary: '正常生产的矿山里，名录中没有登记的证照',
  tag: 'org',
  access: { act: 'permit.read' },
  query: z.object({ ...pageQuery, mineId: z.uuid().optional() }),
  reply: pageOf(unregisteredPermit),
})

export const putPermit = route({
  ...plain,
  method: 'PUT',
  path: '/api/mines/:mineId/permits/:id',
  summary: '登记或修改证照',
  tag: 'org',
  access: { act: 'permit.put' },
  params: z.object({ mineId: z.uuid(), id: z.uuid() }),
  body: z.object({ commandId, expectedVersion: z.number().int().optional(), value: permit.strict() }),
  reply: receiptShown,
})
