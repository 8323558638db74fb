import type { HazardListed } from '#contract/hazard.ts'
import type { HazardState } from '#domain/hazard/state.ts'
import type { HazardStatus } from '#domain/hazard/status.ts'

const day = (date: string): string => `${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日`

type Told = Pick<HazardListed, 'status' | 'closedOn' | 'progressPercent' | 'deadline' | 'grade'>

/** What became of a report, said to the one who reported it (PRACTICE 33). */
export const outcome = (hazard: Told): string => {
  const { status, closedOn, progressPercent, deadline, grade } = hazard
  switch (status) {
    case 'found':
      return '已收到，等管理人员判定'
    case 'judged':
      return grade === 'major' ? '判定为重大隐患，正在安排整改' : '判定为一般隐患，正在安排整改'
    case 'rectifying':
      return ['正在整改', progressPercent !== undefined && `已完成 ${progressPercent}%`, deadline && `期限 ${deadline}`]
        .filter(Boolean)
        .join('，')
    case 'accepted':
      return '矿上已验收，等复查'
    case 'rechecked':
      return '复查合格，等销号'
    case 'closed':
      return closedOn ? `你报的隐患${day(closedOn)}改好了` : '你报的隐患改好了'
    case 'notEstablished':
      return '看过了，不算隐患'
    case 'merged':
      return '与另一条是同一处，并到那一条一起改'
    case 'transferred':
      return '已移交，由接手的单位办理'
    case 'endedByClosure':
      return '矿山关闭，随之终结'
  }
}

/** Records that ended some other way than by being put right: the reporter is owed the reason. */
const endedOtherwise: readonly HazardStatus[] = ['notEstablished', 'merged', 'transferred', 'endedByClosure']

/** Whether there is more to tell than a line of a list holds: the reason, or the photo after the work. */
export const hasMoreToTell = ({ status }: Pick<HazardListed, 'status'>): boolean =>
  status === 'closed' || endedOtherwise.includes(status)

/** Why a report ended without work of its own, in the words of whoever decided it. */
export const reasonOf = ({ status, ending }: HazardState): string | undefined => {
  if (!ending || !endedOtherwise.includes(status)) return undefined
  if (status === 'merged')
    return [ending.reference && `并到 ${ending.reference}`, ending.reason].filter(Boolean).join('：')
  return ending.reason
}

/** The record that goes on in this one's place, where there is one: in the same register, or in the mine's. */
export const goesOnAs = (
  tenantId: string,
  { status, ending, finding }: HazardState,
): { readonly tenantId: string; readonly id: string } | undefined => {
  if (!ending?.other) return undefined
  return { tenantId: status === 'merged' ? tenantId : finding.mineId, id: ending.other }
}

/** The picture after the work: of the acceptance, or of the last step that was photographed. */
export const afterPhotoOf = ({ acceptance, facts }: HazardState): string | undefined =>
  acceptance?.photos[0] ?? facts.progress?.findLast(({ photos }) => photos?.length)?.photos?.[0]

/** The day on which something was last told of a report: that of its close-out, else that on which it was made. */
const newsOn = ({ closedOn, foundOn }: HazardListed): string => closedOn ?? foundOn

/** What was put right last stands first: the news a reporter waits for. */
export const newsFirst = (reports: readonly HazardListed[]): readonly HazardListed[] =>
  [...reports].sort((a, b) => newsOn(b).localeCompare(newsOn(a)))
