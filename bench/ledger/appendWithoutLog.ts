import type { PoolClient } from 'pg'
import { v7 as uuidv7 } from 'uuid'
import { asJsonObject } from '#server/platform/json.ts'
import type { AppendInput } from '../../src/server/platform/append.ts'

/**
 * `append.ts` as it would be in a house without a log: no leaf, no salt, no outbox, no signature. It stands in for the
 * real one on the other side of the bench, so that the difference between the sides is the log and nothing else.
 */
const appendAll = {
  name: 'append-events',
  text: `with given as (
      select * from unnest($5::uuid[], $6::int[], $7::text[], $8::int[], $9::jsonb[]) as g(id, version, type, v, body)
    ), events as (
      insert into core.event (tenant_id, stream_id, version, div, id, kind, type, v, body, account_id, role, person_id,
        command_id, rulebook_version, captured_at, received_at)
      select $1, $2, version, $3, id, $4, type, v, body, $10, $11, $12, $13, $14, $15, $16 from given
    ), head as (
      insert into core.stream (tenant_id, stream_id, div, kind, version) values ($1, $2, $3, $4, $17)
      on conflict (tenant_id, stream_id) do update set version = excluded.version, div = excluded.div
    )
    insert into core.command (tenant_id, id, div, hash, receipt, received_at) values ($1, $13, $3, $18, $19, $16)`,
}

export const seal = (input: AppendInput) => {
  const { command, now } = input
  const events = input.events.map((event, index) => ({
    id: uuidv7(),
    version: input.fromVersion + index + 1,
    type: event.type,
    v: event.v,
    body: asJsonObject(event.body),
  }))
  const receipt = {
    commandId: command.id,
    tenantId: command.tenantId,
    streamId: command.streamId,
    version: input.fromVersion + events.length,
    receivedAt: now.toISOString(),
    ...(input.number !== undefined && { number: input.number }),
    rulebookVersion: input.rulebookVersion,
    events: events.map(({ id, type, v }) => ({ id, type, v, leafHash: '' })),
  }
  return { receipt, events }
}

export const append = async (
  client: PoolClient,
  input: AppendInput,
  { receipt, events }: ReturnType<typeof seal>,
): Promise<void> => {
  const { command, actor } = input
  await client.query({
    ...appendAll,
    values: [
      command.tenantId,
      command.streamId,
      input.div,
      input.kind,
      events.map((one) => one.id),
      events.map((one) => one.version),
      events.map((one) => one.type),
      events.map((one) => one.v),
      events.map((one) => JSON.stringify(one.body)),
      actor.accountId,
      actor.role,
      actor.personId ?? null,
      command.id,
      input.rulebookVersion,
      command.capturedAt ?? null,
      input.now,
      receipt.version,
      input.hash,
      JSON.stringify(receipt),
    ],
  })
}
