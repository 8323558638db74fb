import { z } from 'zod'
import { plain, route } from '#contract/route.ts'
import { month } from '#domain/selfCheck/month.ts'

export const actDone = z.object({
  tenantId: z.uuid(),
  streamId: z.uuid(),
  /** The record that proves it: its place in the stream. */
  version: z.number().int(),
  kind: z.string(),
  title: z.string(),
  /** Entries of a register made on one day stand in one line. */
  times: z.number().int(),
  /** The day it happened, as the record says. */
  on: z.string(),
  receivedAt: z.string(),
  /** 补录: entered on another day than it happened. */
  enteredLater: z.boolean(),
  roleTitle: z.string(),
  /** What it was done to: a hazard's number and place, or the unit. */
  number: z.string().optional(),
  place: z.string().optional(),
  unitName: z.string(),
  dueOn: z.string().optional(),
  /** 0 is in time; left out where no day was set. */
  daysLate: z.number().int().optional(),
  leafHash: z.string().optional(),
})

export type ActDone = z.infer<typeof actDone>

export const readMyRecord = route({
  ...plain,
  method: 'GET',
  path: '/api/my-record',
  summary: '我的履职记录：本人一个月里办的事，按期没有，凭什么证明',
  tag: 'dutyRecord',
  access: { act: 'dutyRecord.read' },
  query: z.object({ month: month.optional() }),
  reply: z.object({
    month: z.string(),
    /** The months in which this person did something, latest first. */
    months: z.array(z.object({ month: z.string(), acts: z.number().int() })),
    items: z.array(actDone),
    /** By kind of act: how many, how many had a day, how many of these came late. */
    kinds: z.array(
      z.object({ title: z.string(), times: z.number().int(), due: z.number().int(), late: z.number().int() }),
    ),
    /** More than one page holds; the workbook has them all. */
    more: z.boolean(),
  }),
})

export type MyRecord = z.infer<typeof readMyRecord.reply>

export const exportMyRecord = route({
  ...plain,
  method: 'GET',
  path: '/api/my-record/workbook',
  summary: '我的履职记录（.xlsx）',
  tag: 'dutyRecord',
  access: { act: 'dutyRecord.read' },
  query: z.object({ from: month, until: month }).refine(({ from, until }) => from <= until && from >= '2000-01', {
    message: '起始月份应不晚于终止月份',
  }),
  /** The bytes themselves. */
  reply: z.unknown(),
})
