import type { Role } from '#domain/access/role.ts'
import { hazardActs, transitions } from '#domain/hazard/transitions.ts'

/** Acts that some row of the transition table gives the role. */
export const actsOfRole = (role: Role): readonly string[] =>
  hazardActs.filter((act) => transitions[act]?.who.some(({ roles }) => roles.includes(role)))
