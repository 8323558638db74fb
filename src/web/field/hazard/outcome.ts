import type { HazardListed } from '#contract/hazard.ts'

const day = (date: string): string => `${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日`

/** What became of a report, said to the one who reported it (PRACTICE 33). */
export const outcome = (hazard: HazardListed): string => {
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
      return '判定不构成隐患，依据在里面'
    case 'merged':
      return '与另一条是同一处，并到那一条一起改'
    case 'transferred':
      return '已移交其他部门办理'
    case 'endedByClosure':
      return '矿山关闭，随之终结'
  }
}
