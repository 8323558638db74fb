import fc from 'fast-check'
import type { HazardAct } from '#domain/hazard/transitions.ts'
import { type HazardPlace, newHazard, type PostName, type TestServer } from '#tests/support/district.ts'
import { bodiesOf } from '#tests/support/hazards.ts'

const callers: readonly PostName[] = [
  'principal',
  'safetyOfficer',
  'crewLeader',
  'enforcer',
  'sectionChief',
  'bureauHead',
]

/**
 * Acts by many posts on a few hazards, in any order; most are refused, and those that stand lead to all kinds of
 * states. Gives how many stood.
 */
export const actAtRandom = async (server: TestServer, count: number, seed: number): Promise<number> => {
  const bodies = bodiesOf(server)
  const acts = Object.keys(bodies) as HazardAct[]
  const places: HazardPlace[] = Array.from({ length: 6 }, () => newHazard(server.ids.mine))
  for (const place of places)
    await server.as('enforcer').does(place, 'report', { ...bodies.report, source: 'enforcement' })
  const steps = fc.sample(
    fc.record({ place: fc.constantFrom(...places), act: fc.constantFrom(...acts), who: fc.constantFrom(...callers) }),
    { numRuns: count, seed },
  )
  let stood = places.length
  for (const { place, act, who } of steps) {
    const answered = await server.as(who).act(place, act, bodies[act])
    if (answered.ok) stood += 1
  }
  return stood
}
