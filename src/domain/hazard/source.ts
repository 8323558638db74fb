/**
 * How a hazard came to light, and for whom it counts. Experts hired by the mine count as the mine's own finding
 * (PRACTICE 27); so does what the mine's own data suggested and the mine confirmed (PRACTICE A12).
 */
export const sources = {
  postCheck: { title: '岗位自查', foundBy: 'mine' },
  crewCheck: { title: '班组自查', foundBy: 'mine' },
  safetyOfficerCheck: { title: '安全员检查', foundBy: 'mine' },
  technicalSurvey: { title: '技术人员测量', foundBy: 'mine' },
  principalCheck: { title: '主要负责人月排查', foundBy: 'mine' },
  floodSeasonCheck: { title: '汛前专项检查', foundBy: 'mine' },
  hiredExpert: { title: '专家（企业聘请）', foundBy: 'mine' },
  watchCheck: { title: '驻矿盯守人员', foundBy: 'mine' },
  monitoringAlarm: { title: '监测预警', foundBy: 'mine' },
  computedData: { title: '地形数据计算→企业确认', foundBy: 'mine' },
  workerReport: { title: '职工随手报', foundBy: 'mine' },
  enforcement: { title: '部门执法', foundBy: 'department' },
  superiorInspection: { title: '上级督查', foundBy: 'department' },
  townshipPatrol: { title: '乡镇巡查', foundBy: 'department' },
  publicReport: { title: '群众举报', foundBy: 'department' },
  guidanceVisit: { title: '专家帮扶（部门组织）', foundBy: 'department' },
  /** Of ledgers that do not say how it was found; nobody reports a new hazard so. */
  mineLedger: { title: '企业原有台账', foundBy: 'mine' },
  departmentLedger: { title: '部门原有台账', foundBy: 'department' },
} as const satisfies Record<string, { title: string; foundBy: FoundBy }>

const onlyInLedgers: readonly string[] = ['mineLedger', 'departmentLedger'] satisfies (keyof typeof sources)[]

export type FoundBy = 'mine' | 'department'
export type HazardSource = keyof typeof sources

export const foundBy = (source: HazardSource): FoundBy => sources[source].foundBy

export const sourceTitles = Object.fromEntries(
  Object.entries(sources).map(([name, { title }]) => [name, title]),
) as Record<HazardSource, string>

/** What a ledger may say; who reported to the bureau is no matter of a mine's ledger (安全生产法 73). */
export const ledgerSources = (({ publicReport: _report, ...titles }) => titles)(sourceTitles)

/** How a new hazard may have been found. */
export const reportedSources = (Object.keys(sources) as HazardSource[]).filter((name) => !onlyInLedgers.includes(name))
