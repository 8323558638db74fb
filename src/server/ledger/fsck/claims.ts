import type { Truth } from './truth.ts'

/** One place of a stream, as a key. */
export const placeOf = (tenant: string, stream: string, version: number): string => `${tenant} ${stream} ${version}`

export const commandKey = (tenant: string, id: string): string => `${tenant} ${id}`

/** What the log claims of the database, beside what is in order there: what is to be put back. */
export type Claims = {
  readonly places: ReadonlyMap<string, Truth>
  readonly outbox: ReadonlySet<number>
  readonly commands: ReadonlySet<string>
  readonly hashes: ReadonlySet<string>
}

export const claimsOf = (truths: readonly Truth[]): Claims => ({
  places: new Map(
    truths.map((truth) => {
      const { tenant_id, stream_id, version } = truth.line.event
      return [placeOf(tenant_id, stream_id, version), truth] as const
    }),
  ),
  outbox: new Set(truths.map(({ line }) => line.outbox)),
  commands: new Set(truths.map(({ line: { command } }) => commandKey(command.tenant_id, command.id))),
  hashes: new Set(truths.map(({ leafHash }) => leafHash.toString('hex'))),
})
