import { z } from 'zod'
import { calendarDate } from '#domain/calendarDate.ts'
import { isDivisionCode } from '#domain/divisionCode.ts'
import { hazardFigureNames } from '#domain/hazard/figures.ts'
import { type HazardSource, sourceTitles } from '#domain/hazard/source.ts'
import { everyStatus } from '#domain/hazard/status.ts'
import { line } from '#domain/text.ts'

const sourceNames = Object.keys(sourceTitles) as [HazardSource, ...HazardSource[]]

const flag = z.enum(['true', 'false'])

/**
 * What a register can be narrowed by: one list for the page's chips, the addresses, saved views and exports. All values
 * are texts, as they stand in an address.
 */
export const registerFilter = {
  mineId: z.uuid().optional(),
  companyId: z.uuid().optional(),
  /** A division and all below it: city, district, township. */
  division: z.string().refine(isDivisionCode, '行政区划代码应为 2、4、6、9 或 12 位数字').optional(),
  status: z.enum(everyStatus).optional(),
  grade: z.enum(['major', 'general']).optional(),
  open: flag.optional(),
  overdue: flag.optional(),
  /** `standing`: listed and not delisted yet; `ended`: delisted; `ever`: listed at any time. */
  listed: z.enum(['standing', 'ever', 'ended', 'never']).optional(),
  source: z.enum(sourceNames).optional(),
  foundBy: z.enum(['mine', 'department']).optional(),
  /** A criterion (OP-06), with the situations under it. */
  criterion: z
    .string()
    .regex(/^[A-Z]{2,3}-\d{2}(-\d+)?$/, '判定标准编号格式不对，例如 OP-06')
    .optional(),
  foundFrom: calendarDate().optional(),
  foundTo: calendarDate().optional(),
  dueFrom: calendarDate().optional(),
  dueTo: calendarDate().optional(),
  closedFrom: calendarDate().optional(),
  closedTo: calendarDate().optional(),
  stop: z.enum(['any', 'partial', 'whole']).optional(),
  imported: flag.optional(),
  reportedByMe: flag.optional(),
  /** As judged, for figures: what is only suspected is `none`. */
  judged: z.enum(['major', 'general', 'none']).optional(),
  /** Without what goes on as another record, as figures count (PRACTICE A5). */
  counted: flag.optional(),
  /** As the register stood at the end of that day: grade as judged, state, deadline, listing; the cells shown are today's. */
  asOf: calendarDate().optional(),
  /** The rows that a figure of the home page counts, as they stand today. */
  figure: z.enum(hazardFigureNames).optional(),
  search: line({ label: '查找', max: 50, min: 0 }).optional(),
}

export const filterShape = z.object(registerFilter)
export type RegisterFilter = z.output<typeof filterShape>
export type FilterName = keyof RegisterFilter

/** Names on the chips. */
export const filterTitles: Readonly<Record<FilterName, string>> = {
  mineId: '矿山',
  companyId: '企业',
  division: '区划',
  status: '状态',
  grade: '等级',
  open: '未办结',
  overdue: '逾期',
  listed: '挂牌督办',
  source: '发现方式',
  foundBy: '查出方',
  criterion: '判定标准',
  foundFrom: '发现日期从',
  foundTo: '发现日期到',
  dueFrom: '整改期限从',
  dueTo: '整改期限到',
  closedFrom: '销号日期从',
  closedTo: '销号日期到',
  stop: '停产',
  imported: '历史导入',
  reportedByMe: '我报的',
  judged: '判定',
  counted: '计入统计',
  asOf: '截至',
  figure: '首页数字',
  search: '查找',
}
