/** What can be imported, and the act that each row becomes: whoever may not do the one may not do the other. */
export const importKinds = {
  mines: { title: '矿山和企业', act: 'mine.put', unit: '座矿' },
  people: { title: '人员', act: 'person.put', unit: '人' },
  hazards: { title: '隐患台账', act: 'hazard.imported', unit: '条隐患' },
} as const

export type ImportKindName = keyof typeof importKinds
export const importKindNames = Object.keys(importKinds) as [ImportKindName, ...ImportKindName[]]
