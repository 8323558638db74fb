import { z } from 'zod'
import { plain, route } from '#contract/route.ts'
import { mine, mineStatuses } from '#domain/org/mine.ts'

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

export const silentMine = z.object({
  mineId: z.uuid(),
  code: z.string(),
  mineName: z.string(),
  /** When it last found one itself; left out where never. */
  lastFoundOn: z.string().optional(),
  /** What departments found there meanwhile. */
  foundByOthers: z.number().int(),
})

export type SilentMine = z.infer<typeof silentMine>

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
    /** False: there are more than the total says. */
    totalsAreExact: z.object({ notDone: z.boolean(), mine: z.boolean(), rising: z.boolean() }),
    /** 未落实: what mines owe, worst first. */
    notDone: z.array(homeMatter),
    /** 待我办: what waits for this actor. */
    mine: z.array(homeMatter),
    /** 风险上升: open major hazards whose danger grows (sliding slopes first). */
    rising: z.array(homeMatter),
    /** 请说明: mines at work that found nothing themselves for long, general hazards included; the bureau's list alone. */
    silent: z.array(silentMine),
    silentDays: z.number().int(),
  }),
})

export type Home = z.infer<typeof readHome.reply>

/** The worst that stands open at a mine: a judged major hazard, one that is suspected, a general one, one that nobody judged yet, nothing. */
export const worstOpen = ['major', 'suspected', 'general', 'unjudged', 'none'] as const
export type WorstOpen = (typeof worstOpen)[number]

export const mineOnMap = z.object({
  id: z.uuid(),
  code: z.string(),
  name: z.string(),
  township: z.string(),
  status: z.enum(Object.keys(mineStatuses) as [keyof typeof mineStatuses, ...(keyof typeof mineStatuses)[]]),
  /** Coordinates on CGCS2000, or a place on the schematic kilometre grid, or neither. */
  position: mine.shape.position,
  grid: mine.shape.grid,
  worst: z.enum(worstOpen),
  openMajor: z.number().int(),
  suspected: z.number().int(),
  openGeneral: z.number().int(),
  unjudged: z.number().int(),
  overdue: z.number().int(),
  stopped: z.enum(['whole', 'partial']).optional(),
})

export type MineOnMap = z.infer<typeof mineOnMap>

export const readMineMap = route({
  ...plain,
  method: 'GET',
  path: '/api/mine-map',
  summary: '矿山分布：坐标或者示意网格，各矿最重的未销号事项',
  tag: 'home',
  access: { act: 'home.read' },
  reply: z.object({ mines: z.array(mineOnMap), more: z.boolean() }),
})
