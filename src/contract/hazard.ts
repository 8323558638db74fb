import { z } from 'zod'
import { pageOf, pageQuery, searched } from '#contract/page.ts'
import { receiptShown } from '#contract/receipt.ts'
import { plain, route } from '#contract/route.ts'
import type { Ability } from '#domain/hazard/can.ts'
import type { Timeliness } from '#domain/hazard/deadline.ts'
import type { HazardState } from '#domain/hazard/state.ts'
import { everyStatus } from '#domain/hazard/status.ts'
import type { Step } from '#domain/hazard/steps.ts'
import { hazardActs } from '#domain/hazard/transitions.ts'

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null

export const hazardListed = z.object({
  tenantId: z.uuid(),
  id: z.uuid(),
  number: z.string(),
  mineId: z.uuid(),
  mineName: z.string(),
  status: z.enum(everyStatus),
  statusTitle: z.string(),
  grade: z.enum(['major', 'general']).optional(),
  source: z.string(),
  sourceTitle: z.string(),
  foundBy: z.enum(['mine', 'department']),
  foundOn: z.string(),
  place: z.string().optional(),
  description: z.string().optional(),
  criteria: z.array(z.string()),
  deadline: z.string().optional(),
  /** Days past the deadline while the clock still runs (PRACTICE A13). */
  overdueDays: z.number().int().optional(),
  closedOn: z.string().optional(),
  progressPercent: z.number().int().optional(),
  listed: z.boolean(),
  /** From an older ledger: 未经本系统核验. */
  legacy: z.boolean(),
  repeated: z.boolean(),
  thumb: z.string().optional(),
})

export type HazardListed = z.infer<typeof hazardListed>

const flag = z.enum(['true', 'false']).transform((value) => value === 'true')

export const listHazards = route({
  ...plain,
  method: 'GET',
  path: '/api/hazards',
  summary: '隐患台账',
  tag: 'hazard',
  access: { act: 'hazard.read' },
  query: z.object({
    ...pageQuery,
    mineId: z.uuid().optional(),
    status: z.enum(everyStatus).optional(),
    grade: z.enum(['major', 'general']).optional(),
    open: flag.optional(),
    overdue: flag.optional(),
    /** 我报的: what this account reported. */
    reportedByMe: flag.optional(),
    search: searched,
  }),
  reply: pageOf(hazardListed),
})

const ref = z.object({ tenantId: z.uuid(), id: z.uuid() })

export const timelineEntry = z.object({
  eventId: z.uuid(),
  version: z.number().int(),
  act: z.string(),
  title: z.string(),
  on: z.string(),
  receivedAt: z.string(),
  /** True when the day it states and the day it was entered differ: 补录. */
  enteredLater: z.boolean(),
  roleTitle: z.string(),
  byPost: z.string().optional(),
  onBehalf: z.boolean(),
  body: z.record(z.string(), z.unknown()),
  leafHash: z.string().optional(),
})

export const hazardShown = z.object({
  tenantId: z.uuid(),
  id: z.uuid(),
  version: z.number().int(),
  mineName: z.string(),
  state: z.custom<HazardState>(isObject),
  statusTitle: z.string(),
  sourceTitle: z.string(),
  criteria: z.array(
    z.object({
      code: z.string(),
      title: z.string(),
      text: z.string(),
      packTitle: z.string(),
      documentNumber: z.string(),
    }),
  ),
  steps: z.array(z.custom<Step>(isObject)),
  timeliness: z.custom<Timeliness>(isObject),
  can: z.array(z.custom<Ability>(isObject)),
  timeline: z.array(timelineEntry),
  /** Posts of the persons the record names, by id. */
  people: z.record(z.string(), z.string()),
  files: z.record(z.string(), z.object({ name: z.string(), mime: z.string(), size: z.number() })),
})

export type HazardShown = z.infer<typeof hazardShown>

export const readHazard = route({
  ...plain,
  method: 'GET',
  path: '/api/hazards/:tenantId/:id',
  summary: '一条隐患：状态、步骤、时间线、可以办理的事项',
  tag: 'hazard',
  access: { act: 'hazard.read' },
  params: ref,
  reply: hazardShown,
})

export const repeatedHazard = z.object({
  id: z.uuid(),
  number: z.string(),
  foundOn: z.string(),
  statusTitle: z.string(),
  closedOn: z.string().optional(),
  place: z.string().optional(),
  description: z.string().optional(),
  /** Why the program thinks it the same: place and criterion. */
  why: z.string(),
})

/** 重复隐患: what a person linked, and what the program proposes. */
export const readRepeats = route({
  ...plain,
  method: 'GET',
  path: '/api/hazards/:tenantId/:id/repeats',
  summary: '重复隐患：已关联的先前的、后来的，以及同一部位同一判定标准、待人确认的',
  tag: 'hazard',
  access: { act: 'hazard.read' },
  params: ref,
  reply: z.object({
    earlier: z.array(repeatedHazard),
    later: z.array(repeatedHazard),
    proposed: z.array(repeatedHazard),
  }),
})

/**
 * Every act on a hazard. The body's shape is the act's own (see the life-cycle page and the schemas under
 * `HazardAct`); it is checked against the same table that decides.
 */
export const actOnHazard = route({
  ...plain,
  method: 'POST',
  path: '/api/hazards/:tenantId/:id/acts/:act',
  summary: '办理：报告、判定、五定、验收、复查、销号……',
  tag: 'hazard',
  access: { act: 'hazard.act' },
  params: ref.extend({ act: z.enum(hazardActs) }),
  body: z.object({
    commandId: z.uuid('办理编号应为 UUID'),
    expectedVersion: z.number().int().min(0).optional(),
    capturedAt: z.iso
      .datetime({ offset: true, error: '采集时间应写明日期、时间和时区' })
      .refine((instant) => instant >= '1000', '采集时间的年份不对')
      .optional(),
    body: z.record(z.string(), z.unknown()),
  }),
  reply: receiptShown,
})
