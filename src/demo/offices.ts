import type { Office } from '#domain/org/office.ts'

const byTitle: Readonly<Record<string, readonly Office[]>> = {
  法定代表人: ['legalRepresentative'],
  实际控制人: ['actualController'],
  '法定代表人（实际控制人）': ['legalRepresentative', 'actualController'],
  矿长: ['principal'],
  主要负责人: ['principal'],
  企业主要负责人: ['principal'],
  技术负责人: ['technicalHead'],
  安全副矿长: ['safetyDeputy'],
  生产副矿长: ['productionDeputy'],
  安全员: ['safetyOfficer'],
  盯守负责人: ['watcher'],
}

/** What a post of the demo answers for, beside its words. */
export const officesOf = (title: string): readonly Office[] => {
  if (title.endsWith('班长') || title.endsWith('队长')) return ['crewLeader']
  if (title.startsWith('盯守人员')) return ['watcher']
  return byTitle[title] ?? []
}
