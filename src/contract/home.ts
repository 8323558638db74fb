import { z } from 'zod'
import { plain, route } from '#contract/route.ts'

export const homeMatter = z.object({
  tenantId: z.uuid(),
  hazardId: z.uuid(),
  number: z.string(),
  mineId: z.uuid(),
  mineName: z.string(),
  place: z.string().optional(),
  grade: z.enum(['major', 'general']).optional(),
  title: z.string(),
  act: z.string(),
  clause: z.string(),
  since: z.string(),
  dueOn: z.string().optional(),
  /** Negative: days past. */
  daysLeft: z.number().int().optional(),
})

export type HomeMatter = z.infer<typeof homeMatter>

const figures = z.object({
  mines: z.number().int(),
  companies: z.number().int(),
  inScope: z.number().int(),
  watched: z.number().int(),
  staff: z.number().int(),
  openMajor: z.number().int(),
  overdue: z.number().int(),
  major: z.object({
    found: z.number().int(),
    closed: z.number().int(),
    open: z.number().int(),
    extended: z.number().int(),
  }),
  general: z.object({
    found: z.number().int(),
    closed: z.number().int(),
    open: z.number().int(),
    overdue: z.number().int(),
    repeated: z.number().int(),
  }),
  majorFoundBy: z.object({ mine: z.number().int(), department: z.number().int() }),
  listed: z.number().int(),
  delisted: z.number().int(),
  dualReported: z.number().int(),
  fundsPlanned: z.number().int(),
  fundsSpent: z.number().int(),
  stopped: z.object({ whole: z.number().int(), partial: z.number().int() }),
  notEstablished: z.number().int(),
  verifying: z.number().int(),
})

export type HomeFigures = z.infer<typeof figures>

export const readHome = route({
  ...plain,
  method: 'GET',
  path: '/api/home',
  summary: '首页：一句话、三栏、数字',
  tag: 'home',
  access: { act: 'home.read' },
  reply: z.object({
    side: z.enum(['bureau', 'mine']),
    today: z.string(),
    phase: z.object({ title: z.string(), until: z.string(), daysLeft: z.number().int() }).optional(),
    figures,
    /** How many there are of each; of very many the lists hold the worst. */
    totals: z.object({ notDone: z.number().int(), mine: z.number().int(), rising: z.number().int() }),
    /** 未落实: what mines owe, worst first. */
    notDone: z.array(homeMatter),
    /** 待我办: what waits for this actor. */
    mine: z.array(homeMatter),
    /** 风险上升: open major hazards whose danger grows (sliding slopes first). */
    rising: z.array(homeMatter),
  }),
})

export type Home = z.infer<typeof readHome.reply>
