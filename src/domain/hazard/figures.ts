/**
 * The figures that a bureau asks of its hazards. Each is a filter of the register too, under its title, so that a figure
 * leads to exactly the rows it counts. A record that goes on as another counts there alone (PRACTICE A5).
 */
export const hazardFigures = {
  majorFound: '重大隐患',
  majorOpen: '未销号重大隐患',
  majorClosed: '已销号重大隐患',
  majorOverdue: '逾期的重大隐患',
  majorExtended: '批准延期的重大隐患',
  majorByMine: '企业自查发现的重大隐患',
  majorByDepartment: '部门查出的重大隐患',
  dualReported: '双报告齐全的重大隐患',
  listed: '挂牌督办',
  listingStands: '挂牌督办未摘牌',
  delisted: '挂牌督办已摘牌',
  generalFound: '一般隐患',
  generalOpen: '未销号一般隐患',
  generalClosed: '已销号一般隐患',
  generalOverdue: '逾期的一般隐患',
  generalRepeated: '重复出现的一般隐患',
  verifying: '部门发现、核查中',
  notEstablished: '判定不构成',
} as const

export type HazardFigure = keyof typeof hazardFigures

export const hazardFigureNames = Object.keys(hazardFigures) as [HazardFigure, ...HazardFigure[]]
