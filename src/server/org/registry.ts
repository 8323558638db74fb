import type { z } from 'zod'
import { lastValue } from '#domain/org/registry.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'
import type {
  Capability,
  Claim,
  Command,
  DecideContext,
  Effect,
  PrivateRow,
  RowOf,
  StreamRef,
} from '#server/platform/stream.ts'
import { validated } from '#server/platform/validated.ts'

type RegistryDeclaration<S extends z.ZodObject> = {
  readonly kind: string
  readonly schema: S
  /** Where the registered thing is itself a tenant: the division it lies in. */
  readonly divisionOf?: (value: z.output<S>) => string
  readonly tables: readonly string[]
  readonly rows: (value: z.output<S>, id: string) => readonly RowOf[]
  readonly check?: (value: z.output<S>, context: DecideContext) => Outcome<undefined>
  readonly reads?: (value: z.output<S>, command: Command) => readonly StreamRef[]
  readonly claims?: (value: z.output<S>) => readonly Claim[]
  readonly effects?: (value: z.output<S>, before: z.output<S> | undefined, context: DecideContext) => readonly Effect[]
  /** Acts that leave the value as it is and are recorded for themselves (a reveal). */
  readonly recorded?: Readonly<Record<string, z.ZodObject>>
  readonly privateRows?: (command: Command, context: DecideContext) => Outcome<readonly PrivateRow[]>
}

/**
 * A registry: `x.put` carries the whole new value and becomes one `x.changed` event with it. Undo is putting the former
 * value back; history is the stream.
 */
export const registry = <S extends z.ZodObject>(declaration: RegistryDeclaration<S>): Capability => {
  const { kind, schema } = declaration
  const valueIn = (command: Command) => schema.parse(command.body)
  const recorded = declaration.recorded ?? {}
  const isPut = (act: string): boolean => act === `${kind}.put`
  const recordedName = (act: string): string => act.slice(kind.length + 1)
  return {
    kind,
    acts: [`${kind}.put`, ...Object.keys(recorded).map((name) => `${kind}.${name}`)],
    tables: declaration.tables,
    validate: (act, body) => validated(isPut(act) ? schema : (recorded[recordedName(act)] ?? schema), body),
    reads: (command) => (isPut(command.act) ? (declaration.reads?.(valueIn(command), command) ?? []) : []),
    series: () => undefined,
    divisionOf: (command) => (isPut(command.act) ? declaration.divisionOf?.(valueIn(command)) : undefined),
    decide: (events, command, context) => {
      if (!isPut(command.act))
        return events.length === 0
          ? refuse({ code: 'not-found', message: '没有这条登记', remedy: '从列表中重新选择' })
          : ok({ events: [{ type: command.act, v: 1, body: command.body }] })
      const value = valueIn(command)
      const checked = declaration.check?.(value, context) ?? ok(undefined)
      if (!checked.ok) return checked
      const privateRows = declaration.privateRows?.(command, context) ?? ok([])
      if (!privateRows.ok) return privateRows
      const claims = declaration.claims?.(value)
      return ok({
        events: [{ type: `${kind}.changed`, v: 1, body: { value } }],
        private: privateRows.value,
        ...(claims && { claims }),
        effects: declaration.effects?.(value, lastValue(schema, events), context) ?? [],
      })
    },
    claims: (events) => {
      const value = lastValue(schema, events)
      return value && declaration.claims ? declaration.claims(value) : []
    },
    rows: (events, { streamId }) => {
      const value = lastValue(schema, events)
      return value ? declaration.rows(value, streamId) : []
    },
  }
}
