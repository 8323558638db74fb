/**
 * The states a hazard stands in. What runs side by side (controls, reports, plan, listing, trace …) is a dated fact,
 * not a state: only finding, judging, rectifying, acceptance, recheck and close-out follow one another (PRACTICE A2).
 */
export const statuses = {
  found: '已发现，待判定',
  judged: '已判定',
  rectifying: '整改中',
  accepted: '企业已验收，待复查',
  rechecked: '复查合格，待销号',
  closed: '已销号',
  notEstablished: '判定不构成（归档）',
  merged: '已合并',
  transferred: '已移交',
  endedByClosure: '因关闭终结',
} as const

export type HazardStatus = keyof typeof statuses

export const openStatuses = ['found', 'judged', 'rectifying', 'accepted', 'rechecked'] as const satisfies HazardStatus[]
/** Before the mine has accepted its own work. */
export const unfinishedStatuses = ['found', 'judged', 'rectifying'] as const satisfies HazardStatus[]
export const everyStatus = Object.keys(statuses) as HazardStatus[]

export const isOpen = (status: HazardStatus): boolean => openStatuses.some((open) => open === status)

export const grades = { major: '重大', general: '一般' } as const
export type Grade = keyof typeof grades
