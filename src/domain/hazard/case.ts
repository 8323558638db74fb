import { type FoundBy, foundBy, type HazardSource, sourceTitles } from '#domain/hazard/source.ts'
import { gradeOf, type HazardState } from '#domain/hazard/state.ts'
import type { Grade } from '#domain/hazard/status.ts'

/** The cases the transition table distinguishes: grade, who found it, how. Left out means: in every case. */
export type Case = { readonly grade?: Grade; readonly foundBy?: FoundBy; readonly source?: HazardSource }

export const inCase = (one: Case, state: HazardState): boolean => {
  if (one.grade && one.grade !== gradeOf(state)) return false
  if (one.foundBy && one.foundBy !== foundBy(state.finding.source)) return false
  if (one.source && one.source !== state.finding.source) return false
  return true
}

export const describeCase = ({ grade, foundBy: finder, source }: Case): string => {
  const gradeWords = grade === 'major' ? '重大隐患' : grade === 'general' ? '一般隐患' : ''
  const finderWords = finder === 'mine' ? '企业自查发现' : finder === 'department' ? '部门发现' : ''
  return [gradeWords, finderWords, source ? sourceTitles[source] : ''].filter(Boolean).join('，') || '所有隐患'
}
