import type { HazardShown } from '#contract/hazard.ts'
import type { Actor } from '#domain/access/actor.ts'
import { roleTitle } from '#domain/access/role.ts'
import { findCriterion } from '#domain/criteria/findCriterion.ts'
import type { RecordedEvent } from '#domain/event.ts'
import { can } from '#domain/hazard/can.ts'
import { timeliness } from '#domain/hazard/deadline.ts'
import { fold } from '#domain/hazard/evolve.ts'
import { sourceTitles } from '#domain/hazard/source.ts'
import type { HazardState } from '#domain/hazard/state.ts'
import { statuses } from '#domain/hazard/status.ts'
import { steps } from '#domain/hazard/steps.ts'
import { transitionOf } from '#domain/hazard/transitions.ts'
import type { Rulebook } from '#rulebook/rulebook.ts'
import { filesOf, findHazard } from '#server/hazard/queries.ts'
import { postsOf } from '#server/org/posts.ts'
import { businessDate } from '#server/platform/clock.ts'
import type { ReadScope } from '#server/platform/read.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const sha256 = /^[0-9a-f]{64}$/

const stringsIn = (events: readonly RecordedEvent[]): readonly string[] =>
  events
    .flatMap(({ body }) => Object.values(body))
    .flat()
    .filter((value): value is string => typeof value === 'string')

const personsIn = (events: readonly RecordedEvent[]): readonly string[] => [
  ...new Set([
    ...stringsIn(events).filter((value) => uuid.test(value)),
    ...events.flatMap(({ actor }) => (actor.personId ? [actor.personId] : [])),
  ]),
]

/** 代录: the record carries a hand-signed paper, entered by somebody whose signature the act does not ask. */
const onBehalf = ({ body, actor }: RecordedEvent, act: string): boolean => {
  const signer = transitionOf(act)?.paperSigner
  const paper = body.paperSignature
  return signer !== undefined && Array.isArray(paper) && paper.length > 0 && actor.role !== signer
}

const timelineOf = (
  events: readonly RecordedEvent[],
  leaves: Readonly<Record<string, string>>,
  people: Readonly<Record<string, string>>,
): HazardShown['timeline'] =>
  events.map((event) => {
    const act = event.type.replace(/^hazard\./, '')
    const received = businessDate(new Date(event.receivedAt))
    const on = typeof event.body.on === 'string' ? event.body.on : received
    const leafHash = leaves[String(event.version)]
    const byPost = event.actor.personId ? people[event.actor.personId] : undefined
    return {
      eventId: event.id,
      version: event.version,
      act,
      title: transitionOf(act)?.title ?? act,
      on,
      receivedAt: event.receivedAt,
      enteredLater: on !== received,
      roleTitle: roleTitle(event.actor.role),
      ...(byPost && { byPost }),
      onBehalf: onBehalf(event, act),
      body: { ...event.body },
      ...(leafHash && { leafHash }),
    }
  })

const criteriaOf = (state: HazardState, rulebook: Rulebook): HazardShown['criteria'] => {
  const cited = state.judgement?.criteria.map(({ code }) => code) ?? state.finding.suspectedCriteria
  return cited.flatMap((code) => {
    const found = findCriterion(rulebook.packs, code)
    if (!found) return []
    const { pack, criterion, situation } = found
    return [
      {
        code,
        title: criterion.title,
        text: situation ? `${criterion.text}${situation.text}` : criterion.text,
        packTitle: pack.title,
        documentNumber: pack.documentNumber,
      },
    ]
  })
}

/** Everything the hazard's page shows, for this actor, on this day. */
export const showHazard = async (
  scope: ReadScope,
  ref: { readonly tenantId: string; readonly id: string },
  given: { readonly actor: Actor; readonly today: string; readonly rulebook: Rulebook },
): Promise<HazardShown | undefined> => {
  const found = await findHazard(scope, ref.tenantId, ref.id)
  const state = found ? fold(found.events) : undefined
  if (!found || !state) return undefined
  const people = await postsOf(scope, personsIn(found.events))
  const files = await filesOf(
    scope,
    ref.tenantId,
    stringsIn(found.events).filter((value) => sha256.test(value)),
  )
  return {
    ...ref,
    version: found.events.length,
    mineName: found.mineName,
    state,
    statusTitle: statuses[state.status],
    sourceTitle: sourceTitles[state.finding.source],
    criteria: criteriaOf(state, given.rulebook),
    steps: [...steps(state)],
    timeliness: timeliness(state, given.today),
    can: [...can(state, given.actor)],
    timeline: timelineOf(found.events, found.leaves, people),
    people,
    files,
  }
}
