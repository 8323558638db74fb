import { mineManagement, type Role, roleTitle, sideOf } from '#domain/access/role.ts'
import type { Grade } from '#domain/hazard/status.ts'
import { transitionOf } from '#domain/hazard/transitions.ts'

/** 主要负责人（矿长） is said in short where a line holds more. */
const short = (role: Role): string => roleTitle(role).replace(/（.*）$/, '')

/** Who at the mine does an act on a hazard of this grade, in the words of a list: one post, several, or whoever runs the mine. */
export const whoActsAtMine = (act: string, grade: Grade | undefined): string => {
  const rows = (transitionOf(act)?.who ?? []).filter((row) => row.grade === undefined || row.grade === grade)
  const roles = new Set(rows.flatMap((row) => row.roles).filter((role) => sideOf(role) === 'mine'))
  if (mineManagement.every((role) => roles.has(role))) return '管理人员'
  return [...roles].map(short).join('、')
}
