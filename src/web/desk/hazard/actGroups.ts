import type { HazardAct } from '#domain/hazard/transitions.ts'

/** The menu's groups, in the order a hazard lives. A fact declared later falls into 其他 by itself. */
export const actGroups: readonly { readonly title: string; readonly acts: readonly HazardAct[] }[] = [
  { title: '管控和判定', acts: ['control', 'controlLifted', 'judge', 'rejudge'] },
  { title: '报告公示', acts: ['posting', 'departmentReport', 'departmentReceipt', 'workersReport'] },
  { title: '整改', acts: ['plan', 'assign', 'progress', 'extensionRequest', 'extensionDecision', 'evaluation'] },
  { title: '验收、复查、销号', acts: ['accept', 'requestRecheck', 'recheck', 'closeOut', 'trace'] },
  { title: '督办和执法', acts: ['listing', 'delisting', 'order', 'penalty', 'resumeRequest', 'resumeDecision'] },
  {
    title: '另行了结和更正',
    acts: ['merge', 'transfer', 'handOver', 'endByClosure', 'reopen', 'correct', 'repeatLink', 'externalNumber'],
  },
]
