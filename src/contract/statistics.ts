import { z } from 'zod'
import { plain, route } from '#contract/route.ts'
import { calendarDate } from '#domain/calendarDate.ts'
import { isDivisionCode } from '#domain/divisionCode.ts'
import { filterShape } from '#domain/register/filter.ts'
import { groupings } from '#domain/statistics/figures.ts'

const asked = z.object({
  /** As the register stood at the end of that day; left out: today. */
  asOf: calendarDate().optional(),
  /** Found in this span. */
  from: calendarDate().optional(),
  to: calendarDate().optional(),
  by: z.enum(groupings).default('mine'),
  mineId: z.uuid().optional(),
  companyId: z.uuid().optional(),
  division: z.string().refine(isDivisionCode, '行政区划代码应为 2、4、6、9 或 12 位数字').optional(),
})

export type StatisticsAsked = z.output<typeof asked>

const figure = z.number().int()

const figuresShown = z.object({
  found: figure,
  rectified: figure,
  open: figure,
  overdue: figure,
  listed: figure,
  delisted: figure,
})

/** One cell block: as judged (`none`: not judged yet) by who found it. */
const blockShown = z.object({
  judged: z.enum(['major', 'general', 'none']),
  foundBy: z.enum(['mine', 'department']),
  ...figuresShown.shape,
})

const groupShown = z.object({
  /** Mine's id, month (2023-07), division's code, or `all`. */
  key: z.string(),
  title: z.string(),
  /** Blocks that are not empty. */
  blocks: z.array(blockShown),
  /** What narrows the register to this group; the page adds the block's and the figure's own (`filterOf`). */
  filter: filterShape,
})

export type StatisticsGroup = z.infer<typeof groupShown>

const statisticsShown = z.object({
  asOf: z.string(),
  by: z.enum(groupings),
  groups: z.array(groupShown),
  total: groupShown,
})

export type StatisticsShown = z.infer<typeof statisticsShown>

const access = { act: 'hazard.read' }

export const readStatistics = route({
  ...plain,
  method: 'GET',
  path: '/api/statistics',
  summary: '统计：查出、整改、逾期、挂牌 × 企业/部门 × 重大/一般，按矿、月、乡镇，截至某日',
  tag: 'statistics',
  access,
  query: asked,
  reply: statisticsShown,
})

export const statisticsWorkbook = route({
  ...plain,
  method: 'GET',
  path: '/api/statistics/workbook',
  summary: '统计表（.xlsx）',
  tag: 'statistics',
  access,
  query: asked,
  /** The bytes themselves. */
  reply: z.unknown(),
})
