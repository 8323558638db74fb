import type { Role } from '#domain/access/role.ts'
import { sideOf } from '#domain/access/role.ts'
import { foundBy, type HazardSource, reportedSources, sourceTitles } from '#domain/hazard/source.ts'

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
    reportedSources
      .filter((source) => source !== 'publicReport' && (sideOf(role) !== 'mine' || foundBy(source) === 'mine'))
      .map((source) => [source, sourceTitles[source]]),
  )
