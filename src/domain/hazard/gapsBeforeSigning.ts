import { timeliness } from '#domain/hazard/deadline.ts'
import { missingAssignments } from '#domain/hazard/five.ts'
import type { HazardState } from '#domain/hazard/state.ts'
import type { HazardAct } from '#domain/hazard/transitions.ts'

const unless = (holds: boolean, words: string): readonly string[] => (holds ? [] : [words])

const beforePhotos = ({ finding, facts }: HazardState): boolean =>
  finding.tooDangerous ||
  finding.photos.length > 0 ||
  (facts.control ?? []).some(({ photos }) => (photos?.length ?? 0) > 0)

const reported = ({ facts }: HazardState): readonly string[] => [
  ...unless((facts.posting?.length ?? 0) > 0, '没有公示的记录'),
  ...unless((facts.departmentReport?.length ?? 0) > 0, '没有报告部门的记录'),
  ...unless((facts.workersReport?.length ?? 0) > 0, '没有报告职工大会或职代会的记录'),
]

const late = (state: HazardState, today: string): readonly string[] => {
  const standing = timeliness(state, today)
  return standing.kind === 'overdue' ? [`已经逾期 ${standing.daysLate} 天`] : []
}

/**
 * 签字前看这三条, the third: what this record does not have, whether or not it stands against the act. Nothing here
 * forbids anything; who signs is to see it.
 */
export const gapsBeforeSigning = (state: HazardState, act: HazardAct, today: string): readonly string[] => {
  const major = state.judgement?.grade === 'major'
  const { facts } = state
  switch (act) {
    case 'judge':
      return [
        ...unless(beforePhotos(state), '没有现场照片'),
        ...unless(state.finding.description !== undefined, '没有写隐患内容'),
        ...unless(state.finding.place !== undefined, '没有写部位'),
      ]
    case 'accept': {
      const missing = missingAssignments(state.five)
      return [
        ...unless(missing.length === 0, `五定还缺${missing.join('、')}`),
        ...unless(beforePhotos(state), '没有整改前照片'),
        ...(major ? reported(state) : []),
        ...(major ? unless((facts.plan?.length ?? 0) > 0, '没有治理方案') : []),
        ...(major ? unless((facts.evaluation?.at(-1)?.files?.length ?? 0) > 0, '没有评估报告文件') : []),
        ...unless(facts.progress?.some(({ spent }) => spent !== undefined) ?? false, '没有记用了多少资金'),
        ...late(state, today),
      ]
    }
    case 'controlLifted':
      return [
        ...unless((facts.evaluation?.length ?? 0) > 0, '没有效果评估'),
        ...unless(state.acceptance !== undefined, '企业还没有验收'),
      ]
    default:
      return late(state, today)
  }
}
