import { z } from 'zod'
import { type ColumnKey, columnKeys, defaultColumns, type Sort, sorts } from '#domain/register/columns.ts'
import { filterShape, type RegisterFilter } from '#domain/register/filter.ts'
import { line } from '#domain/text.ts'

const sortNames = Object.keys(sorts) as [Sort, ...Sort[]]

/** How somebody arranged the register: which columns, narrowed by what, in which order. */
export const viewShape = z.object({
  name: line({ label: '视图名称', max: 30 }),
  columns: z.array(z.enum(columnKeys)).min(1, '至少选一列').max(columnKeys.length),
  filter: filterShape,
  sort: z.enum(sortNames),
  descending: z.boolean(),
})

export type View = z.output<typeof viewShape>

/** As many views as an account keeps. */
export const mostViews = 50

export type HouseView = View & { readonly key: string }

const view = (
  key: string,
  name: string,
  filter: RegisterFilter,
  more: readonly ColumnKey[] = [],
  [sort, descending]: readonly [Sort, boolean] = ['found', true],
): HouseView => ({
  key,
  name,
  filter,
  columns: [...defaultColumns, ...more.filter((column) => !defaultColumns.includes(column))],
  sort,
  descending,
})

/** Offered to everybody before anybody has saved one. */
export const houseViews: readonly HouseView[] = [
  view('all', '全部', {}),
  view('open', '未办结', { open: 'true' }),
  view('overdue', '逾期未整改', { overdue: 'true' }, ['overdueDays', 'fundsPlanned'], ['due', false]),
  view(
    'majorOpen',
    '重大未销号',
    { grade: 'major', open: 'true' },
    ['criteria', 'stop', 'departmentReportedOn', 'workersReportedOn', 'postedOn'],
    ['due', false],
  ),
  view('listed', '挂牌督办', { listed: 'standing' }, ['listingLevel', 'listingDocument', 'tracker', 'listingDue']),
  view('majorAll', '重大隐患台账', { grade: 'major' }, [
    'companyName',
    'criteria',
    'criteriaVersion',
    'measures',
    'fundsPlanned',
    'fundsSpent',
    'dueFirst',
    'dueExtended',
    'recheckedOn',
    'recheckResult',
    'closer',
  ]),
  view('stopped', '停产整改', { stop: 'any' }, ['stop', 'controlledOn', 'withdrawn', 'resumeRequestedOn']),
  view('imported', '历史导入', { imported: 'true' }, ['origin', 'remark']),
]
