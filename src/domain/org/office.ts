/**
 * 职务: what a person answers for at a mine, beside the words of his post. One person may hold several; the legal
 * representative, the actual controller and the head of the mine are never taken for one another (通知 四(二)7).
 */
export const offices = {
  legalRepresentative: '法定代表人',
  actualController: '实际控制人',
  principal: '主要负责人',
  safetyDeputy: '安全副矿长',
  productionDeputy: '生产副矿长',
  electricalDeputy: '机电副矿长',
  technicalHead: '技术负责人',
  safetyOfficer: '专职安全生产管理人员',
  crewLeader: '班组长',
  watcher: '驻矿盯守人员',
} as const

export type Office = keyof typeof offices

export const officeNames = Object.keys(offices) as [Office, ...Office[]]

/** 关键人: whose presence at the mine is on record (PRACTICE 22). */
export const keyOffices = ['legalRepresentative', 'actualController'] as const satisfies readonly Office[]

export type KeyOffice = (typeof keyOffices)[number]

export const isKeyOffice = (office: Office): office is KeyOffice => keyOffices.some((one) => one === office)
