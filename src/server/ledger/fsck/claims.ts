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
  /** Places of the log whose rows are not what was sealed: what an entry there points at is not sealed by it. */
  readonly indexes: ReadonlySet<number>
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
  indexes: new Set(truths.map(({ index }) => index)),
})

/** Whether one of these entries is as it was sealed; the others vouch for nothing. */
export const isVouched = ({ indexes }: Pick<Claims, 'indexes'>, entries: readonly number[] | null): boolean =>
  entries?.some((index) => !indexes.has(index)) === true
