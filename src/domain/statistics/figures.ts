import type { FoundBy } from '#domain/hazard/source.ts'
import type { HazardStatus } from '#domain/hazard/status.ts'
import type { RegisterFilter } from '#domain/register/filter.ts'

/** What statistics tell a hazard by; `none`: not judged yet. */
export type Judged = 'major' | 'general' | 'none'

/** Everything statistics ask of one hazard, as it stood at the end of a day. */
export type Standing = {
  readonly status: HazardStatus
  readonly judged: Judged
  readonly foundBy: FoundBy
  readonly foundOn: string
  readonly dueOn?: string | undefined
  readonly clockRuns: boolean
  readonly open: boolean
  readonly listed: boolean
  readonly listingStands: boolean
  /** Goes on as another record, and counts there (PRACTICE A5). */
  readonly continued: boolean
}

export const figureTitles = {
  found: '查出',
  rectified: '已整改（销号）',
  open: '未办结',
  overdue: '逾期',
  listed: '挂牌',
  delisted: '已摘牌',
} as const

export type FigureName = keyof typeof figureTitles
export type Figures = Readonly<Record<FigureName, number>>

export const figureNames = Object.keys(figureTitles) as FigureName[]

/** By what the rows of the table are told apart. */
export const groupings = ['mine', 'month', 'division', 'all'] as const
export type Grouping = (typeof groupings)[number]

export const groupTitles: Readonly<Record<Grouping, string>> = {
  mine: '矿山',
  month: '发现月份',
  division: '乡镇',
  all: '合计',
}

export const judgedTitles: Readonly<Record<Judged, string>> = { major: '重大', general: '一般', none: '待判定' }

/** What was not established, and what goes on as another record, was no finding (PRACTICE A5). */
export const counts = ({ status, continued }: Pick<Standing, 'status' | 'continued'>): boolean =>
  !continued && status !== 'notEstablished'

/** Overdue: the mine has neither accepted nor asked for the recheck, and the day has passed (PRACTICE A13). */
const isOverdue = ({ clockRuns, dueOn }: Standing, day: string): boolean =>
  clockRuns && dueOn !== undefined && dueOn < day

const told: Readonly<Record<FigureName, (standing: Standing, day: string) => boolean>> = {
  found: () => true,
  rectified: ({ status }) => status === 'closed',
  open: ({ open }) => open,
  overdue: isOverdue,
  listed: ({ listed }) => listed,
  delisted: ({ listed, listingStands }) => listed && !listingStands,
}

export const figuresOf = (standings: readonly Standing[], day: string): Figures => {
  const counted = standings.filter(counts)
  const count = (name: FigureName): number => counted.filter((standing) => told[name](standing, day)).length
  return {
    found: count('found'),
    rectified: count('rectified'),
    open: count('open'),
    overdue: count('overdue'),
    listed: count('listed'),
    delisted: count('delisted'),
  }
}

/** What narrows the register to the rows behind one figure. */
const behind: Readonly<Record<FigureName, RegisterFilter>> = {
  found: {},
  rectified: { status: 'closed' },
  open: { open: 'true' },
  overdue: { overdue: 'true' },
  listed: { listed: 'ever' },
  delisted: { listed: 'ended' },
}

export const filterOf = (
  group: RegisterFilter,
  block: { readonly judged?: Judged; readonly foundBy?: FoundBy },
  figure: FigureName,
): RegisterFilter => ({ ...group, ...block, ...behind[figure], counted: 'true' })
