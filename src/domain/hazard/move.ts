import type { z } from 'zod'
import type { Actor } from '#domain/access/actor.ts'
import type { Role } from '#domain/access/role.ts'
import type { NewEvent, RecordedEvent } from '#domain/event.ts'
import type { Case } from '#domain/hazard/case.ts'
import type { HazardContext } from '#domain/hazard/context.ts'
import type { WhoMay } from '#domain/hazard/fact.ts'
import type { RequirementName } from '#domain/hazard/requirements.ts'
import type { Entry, HazardState } from '#domain/hazard/state.ts'
import type { HazardStatus } from '#domain/hazard/status.ts'
import type { Outcome } from '#domain/refusal.ts'

/** Facts that must be there, in the cases that ask for them. */
export type Need = Case & { readonly facts: readonly RequirementName[] }

/**
 * One row of the transition table: who may, from where, what must be there, by which clause, and what follows.
 * `from: []` marks the act that begins a stream.
 */
export type Transition = {
  readonly title: string
  readonly clause: string
  readonly from: readonly HazardStatus[]
  /** What else is asked, in the words of the documentation page; `stands` and `decide` see to it. */
  readonly also?: string
  /** Where it leads, in the words of the documentation page. */
  readonly leadsTo: string
  readonly who: readonly WhoMay[]
  /** What in the state itself stands against the act, whatever its form says; read by the buttons too. */
  readonly stands?: (state: HazardState, actor: Actor) => Outcome<undefined>
  /** Whose signature the record carries; others may enter it when the hand-signed paper is photographed (PRACTICE A14). */
  readonly paperSigner?: Role
  readonly needs: readonly Need[]
  readonly body: z.ZodObject
  readonly decide: (
    state: HazardState | undefined,
    body: unknown,
    context: HazardContext,
  ) => Outcome<readonly NewEvent[]>
  readonly evolve: (state: HazardState | undefined, event: RecordedEvent) => HazardState
}

type MoveDeclaration<C extends z.ZodObject, E extends z.ZodObject> = Omit<Transition, 'body' | 'decide' | 'evolve'> & {
  readonly body: C
  /** The stored shape; once released it never changes (a new shape is a new version with an upcast). */
  readonly event: E
  readonly decide: (state: HazardState, body: z.output<C>, context: HazardContext) => Outcome<readonly NewEvent[]>
  readonly evolve: (state: HazardState, body: z.output<E>, entry: Entry) => HazardState
}

export const entryOf = (event: RecordedEvent, on: string): Entry => ({
  on,
  receivedAt: event.receivedAt,
  by: event.actor,
  eventId: event.id,
})

const begun = (state: HazardState | undefined, title: string): HazardState => {
  if (!state) throw new Error(`${title}: the stream has not begun`)
  return state
}

/** A transition that continues a stream. Typed inside, one shape outside, so that the table can be walked. */
export const move = <C extends z.ZodObject, E extends z.ZodObject<{ on: z.ZodType<string> }>>(
  declaration: MoveDeclaration<C, E>,
) => ({
  ...declaration,
  decide: (state: HazardState | undefined, body: unknown, context: HazardContext) =>
    declaration.decide(begun(state, declaration.title), declaration.body.parse(body), context),
  evolve: (state: HazardState | undefined, event: RecordedEvent) => {
    const body = declaration.event.parse(event.body)
    return declaration.evolve(begun(state, declaration.title), body, entryOf(event, body.on))
  },
})

export const happened = (act: string, body: Readonly<Record<string, unknown>>): NewEvent => ({
  type: `hazard.${act}`,
  v: 1,
  body,
})
