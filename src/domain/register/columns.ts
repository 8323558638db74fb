/**
 * How a column's values are read and shown: `text` and `code` as they stand, `day` as a day, `fen` as money, `yesNo` as
 * 是/否, `people` by their posts, `photos` as a number of pictures.
 */
export type ColumnKind = 'text' | 'code' | 'number' | 'day' | 'fen' | 'percent' | 'yesNo' | 'people' | 'photos'

/** Blocks of the column chooser, in the order of a hazard's life. */
export const columnGroups = {
  what: '登记',
  found: '发现',
  control: '管控与报告',
  plan: '治理方案（六项）',
  five: '五定',
  listing: '挂牌督办',
  work: '整改与验收',
  close: '复查与销号',
  trace: '溯源（五步）',
  other: '其他',
} as const

export type ColumnGroup = keyof typeof columnGroups

type Declared = {
  readonly title: string
  readonly group: ColumnGroup
  readonly kind: ColumnKind
  /** In characters of the usual type. */
  readonly width: number
}

const column = (title: string, group: ColumnGroup, kind: ColumnKind, width: number): Declared => ({
  title,
  group,
  kind,
  width,
})

/** Every column of the register (台账): one list for the page, the export and the print. */
export const columns = {
  number: column('编号', 'what', 'code', 16),
  mineName: column('矿山', 'what', 'text', 18),
  companyName: column('企业', 'what', 'text', 20),
  creditCode: column('统一社会信用代码', 'what', 'code', 22),
  mineType: column('矿山类型', 'what', 'text', 10),
  township: column('乡镇', 'what', 'text', 10),
  grade: column('等级', 'what', 'text', 8),
  status: column('状态', 'what', 'text', 16),
  overdueDays: column('逾期天数', 'what', 'number', 8),
  criteria: column('判定标准条款', 'what', 'code', 16),
  criteriaVersion: column('判定标准版本', 'what', 'code', 12),
  basis: column('判定依据', 'what', 'text', 30),
  judgedOn: column('判定日期', 'what', 'day', 11),
  place: column('部位', 'found', 'text', 18),
  description: column('描述', 'found', 'text', 36),
  foundOn: column('发现日期', 'found', 'day', 11),
  source: column('发现方式', 'found', 'text', 14),
  foundBy: column('查出方', 'found', 'text', 10),
  finder: column('发现人', 'found', 'people', 12),
  photos: column('现场照片', 'found', 'photos', 8),
  stop: column('停产', 'control', 'text', 10),
  controlledOn: column('管控日期', 'control', 'day', 11),
  controlled: column('管控措施', 'control', 'text', 24),
  withdrawn: column('撤人', 'control', 'number', 8),
  postedOn: column('公示时间', 'control', 'day', 11),
  posted: column('公示位置', 'control', 'text', 16),
  departmentReportedOn: column('报告部门时间', 'control', 'day', 12),
  departmentReported: column('报告的部门', 'control', 'text', 16),
  departmentReceipt: column('部门回执', 'control', 'text', 20),
  workersReportedOn: column('报告职代会时间', 'control', 'day', 14),
  workersReported: column('职代会凭证', 'control', 'text', 20),
  planGoal: column('治理目标和任务', 'plan', 'text', 24),
  planMethod: column('治理方法和措施', 'plan', 'text', 24),
  planResources: column('经费和物资', 'plan', 'text', 24),
  planOrganisation: column('机构和人员', 'plan', 'text', 24),
  planSchedule: column('时限和要求', 'plan', 'text', 24),
  planSafeguards: column('安全措施和应急预案', 'plan', 'text', 24),
  responsible: column('整改责任人', 'five', 'people', 12),
  measures: column('整改措施', 'five', 'text', 30),
  fundsPlanned: column('计划资金（元）', 'five', 'fen', 14),
  fundsSpent: column('已用资金（元）', 'five', 'fen', 14),
  dueFirst: column('整改期限（原）', 'five', 'day', 13),
  dueExtended: column('整改期限（延）', 'five', 'day', 13),
  due: column('整改期限', 'five', 'day', 11),
  contingencyPlan: column('应急预案', 'five', 'text', 20),
  listingLevel: column('挂牌级别', 'listing', 'text', 10),
  listingDocument: column('挂牌文号', 'listing', 'code', 18),
  listedOn: column('挂牌日期', 'listing', 'day', 11),
  listingDue: column('督办期限', 'listing', 'day', 11),
  tracker: column('督办责任人', 'listing', 'people', 12),
  delistedOn: column('摘牌日期', 'listing', 'day', 11),
  delistingDocument: column('摘牌文号', 'listing', 'code', 18),
  progress: column('整改进度', 'work', 'percent', 8),
  progressNote: column('进度说明', 'work', 'text', 24),
  evaluatedOn: column('评估日期', 'work', 'day', 11),
  evaluation: column('自验评估', 'work', 'text', 24),
  acceptedOn: column('企业验收日期', 'work', 'day', 12),
  acceptance: column('企业验收结论', 'work', 'text', 20),
  resumeRequestedOn: column('复产申请', 'work', 'day', 11),
  resumeDecidedOn: column('复产审批日期', 'work', 'day', 12),
  resumeDecision: column('复产审批', 'work', 'text', 12),
  recheckRequestedOn: column('申请复查', 'close', 'day', 11),
  recheckedOn: column('复查日期', 'close', 'day', 11),
  recheckers: column('复查人', 'close', 'people', 16),
  recheckResult: column('复查结论', 'close', 'text', 10),
  recheckFindings: column('复查情况', 'close', 'text', 24),
  closedOn: column('销号日期', 'close', 'day', 11),
  closer: column('销号人', 'close', 'people', 12),
  traceDueOn: column('溯源期限', 'trace', 'day', 11),
  tracedOn: column('溯源日期', 'trace', 'day', 11),
  traceFacts: column('述情', 'trace', 'text', 24),
  traceCauses: column('析因', 'trace', 'text', 24),
  traceAccountability: column('追责', 'trace', 'text', 24),
  traceDuties: column('明责', 'trace', 'text', 24),
  traceCure: column('治源', 'trace', 'text', 24),
  orderDocument: column('责令文书号', 'other', 'code', 18),
  penaltyCompany: column('处罚文书号（单位）', 'other', 'code', 18),
  penaltyPrincipal: column('处罚文书号（个人）', 'other', 'code', 18),
  nationalNumber: column('国家系统编号', 'other', 'code', 18),
  provincialNumber: column('省系统编号', 'other', 'code', 18),
  otherNumbers: column('其他系统编号', 'other', 'code', 18),
  repeated: column('重复隐患', 'other', 'yesNo', 8),
  origin: column('来源', 'other', 'text', 20),
  remark: column('备注', 'other', 'text', 24),
} as const satisfies Record<string, Declared>

export type ColumnKey = keyof typeof columns

export type Column = Declared & { readonly key: ColumnKey }

export const columnKeys = Object.keys(columns) as [ColumnKey, ...ColumnKey[]]

export const isColumnKey = (key: string): key is ColumnKey => Object.hasOwn(columns, key)

export const columnOf = (key: ColumnKey): Column => ({ key, ...columns[key] })

export const everyColumn: readonly Column[] = columnKeys.map(columnOf)

/** What a register shows that nobody has arranged yet. */
export const defaultColumns: readonly ColumnKey[] = [
  'number',
  'mineName',
  'grade',
  'place',
  'description',
  'source',
  'foundOn',
  'due',
  'status',
  'progress',
  'responsible',
  'closedOn',
]

/** What stays in place while the rest is moved sideways. */
export const frozenColumns: readonly ColumnKey[] = ['number', 'mineName']

/** By what a register can be put into order: each has an index of its own. */
export const sorts = { found: '发现日期', due: '整改期限', number: '编号', mine: '矿山' } as const
export type Sort = keyof typeof sorts

/** Columns whose header puts the register into order. */
export const sortOfColumn: { readonly [K in ColumnKey]?: Sort } = {
  foundOn: 'found',
  due: 'due',
  number: 'number',
  mineName: 'mine',
}

export const foundByTitles = { mine: '企业自查', department: '部门查出' } as const
export const stopTitles = { partial: '局部停产', whole: '全矿停产' } as const
export const originTitles = { here: '本系统', legacy: '历史导入（未经本系统核验）' } as const

export type CellValue = string | number | boolean | null
export type Cells = { readonly [K in ColumnKey]?: CellValue }
