/**
 * Roles are posts, not persons (PRACTICE 16). An account holds grants; a session works under exactly one of them,
 * so that every act says in which capacity it was done.
 */
export const roles = {
  principal: { title: '主要负责人（矿长）', side: 'mine' },
  legalRepresentative: { title: '法定代表人', side: 'mine' },
  actualController: { title: '实际控制人', side: 'mine' },
  technicalHead: { title: '技术负责人', side: 'mine' },
  productionDeputy: { title: '生产副矿长', side: 'mine' },
  safetyDeputy: { title: '安全副矿长', side: 'mine' },
  safetyOfficer: { title: '安全员', side: 'mine' },
  crewLeader: { title: '班组长', side: 'mine' },
  worker: { title: '工人', side: 'mine' },
  watcher: { title: '盯守人员', side: 'mine' },
  bureauHead: { title: '局长', side: 'bureau' },
  bureauDeputy: { title: '分管副局长', side: 'bureau' },
  sectionChief: { title: '监管股股长', side: 'bureau' },
  regulator: { title: '监管员', side: 'bureau' },
  legalReviewer: { title: '法制审核员', side: 'bureau' },
  enforcementLead: { title: '执法中队长', side: 'bureau' },
  enforcer: { title: '执法员', side: 'bureau' },
  cityOfficer: { title: '市局监管科员', side: 'city' },
  townshipHead: { title: '乡镇应急站长', side: 'township' },
  expert: { title: '专家', side: 'expert' },
  auditor: { title: '审计员', side: 'auditor' },
  systemAdmin: { title: '系统管理员', side: 'system' },
  /** First-run setup and the demo's foundation: exists only on the machine itself, no account can hold it. */
  setup: { title: '安装程序', side: 'system' },
} as const satisfies Record<string, { title: string; side: Side }>

export type Side = 'mine' | 'bureau' | 'city' | 'township' | 'expert' | 'auditor' | 'system'
export type Role = keyof typeof roles

export const roleNames = Object.keys(roles) as [Role, ...Role[]]
export const roleTitle = (role: Role): string => roles[role].title
export const sideOf = (role: Role): Side => roles[role].side

const rolesOn = (...sides: Side[]): Role[] => roleNames.filter((role) => sides.includes(sideOf(role)))

export const mineAnyone: readonly Role[] = rolesOn('mine')
/** Those whose office is to run the mine safely; crew, workers and watchers report but do not decide. */
export const mineManagement: readonly Role[] = mineAnyone.filter(
  (role) => role !== 'crewLeader' && role !== 'worker' && role !== 'watcher',
)
export const bureauOfficers: readonly Role[] = rolesOn('bureau').filter((role) => role !== 'legalReviewer')
/** 局长、分管负责人、股长: those who decide for the bureau. */
export const bureauDeciders: readonly Role[] = ['bureauHead', 'bureauDeputy', 'sectionChief']
/** Whoever may stand at the danger: nothing keeps them from reporting it and from stopping work (PRACTICE A3). */
export const onTheGround: readonly Role[] = [...mineAnyone, ...bureauOfficers, 'cityOfficer', 'townshipHead', 'expert']
export const everyone: readonly Role[] = roleNames
export const peopleAtDesks: readonly Role[] = roleNames.filter((role) => role !== 'worker' && role !== 'setup')
