import type { FiveAssignments } from '#domain/hazard/state.ts'

/** 五定／五落实: both words of the notice map onto the same five (通知 四(一)2、四(三)13(7)). */
export const fiveTitles = {
  responsible: '责任人',
  measures: '措施',
  funds: '资金',
  deadline: '期限',
  contingencyPlan: '预案',
} as const satisfies Record<keyof FiveAssignments, string>

export const fiveNames = Object.keys(fiveTitles) as (keyof FiveAssignments)[]

export const missingAssignments = (five: FiveAssignments): readonly string[] =>
  fiveNames.filter((name) => five[name] === undefined).map((name) => fiveTitles[name])

export const isComplete = (five: FiveAssignments): boolean => missingAssignments(five).length === 0

export const isEmpty = (five: FiveAssignments): boolean => fiveNames.every((name) => five[name] === undefined)
