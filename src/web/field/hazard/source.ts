import type { Role } from '#domain/access/role.ts'
import { sideOf } from '#domain/access/role.ts'
import { foundBy, type HazardSource, sourceTitles } from '#domain/hazard/source.ts'

const usual: { readonly [R in Role]?: HazardSource } = {
  worker: 'workerReport',
  crewLeader: 'crewCheck',
  watcher: 'watchCheck',
  technicalHead: 'technicalSurvey',
  principal: 'principalCheck',
  townshipHead: 'townshipPatrol',
  cityOfficer: 'superiorInspection',
  expert: 'hiredExpert',
}

/** How a hazard reported from this post was most likely found; the reporter can say otherwise. */
export const usualSource = (role: Role): HazardSource =>
  usual[role] ?? (sideOf(role) === 'mine' ? 'safetyOfficerCheck' : 'enforcement')

/** A mine cannot register what a department found, and a report from the public is kept by the bureau, not by the mine. */
export const sourcesFor = (role: Role): Record<string, string> =>
  Object.fromEntries(
    Object.entries(sourceTitles).filter(([name]) => {
      const source = name as HazardSource
      if (source === 'publicReport') return false
      return sideOf(role) !== 'mine' || foundBy(source) === 'mine'
    }),
  )
