import { mineManagement, type Role, roleTitle, sideOf } from '#domain/access/role.ts'
import { transitionOf } from '#domain/hazard/transitions.ts'

/** 主要负责人（矿长） is said in short where a line holds more. */
const short = (role: Role): string => roleTitle(role).replace(/（.*）$/, '')

/** Who at the mine does an act, in the words of a list: one post, several, or whoever runs the mine. */
export const whoActsAtMine = (act: string): string => {
  const roles = new Set(
    (transitionOf(act)?.who ?? []).flatMap((row) => row.roles).filter((role) => sideOf(role) === 'mine'),
  )
  if (mineManagement.every((role) => roles.has(role))) return '管理人员'
  return [...roles].map(short).join('、')
}
