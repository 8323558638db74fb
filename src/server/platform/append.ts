import type { PoolClient } from 'pg'
import { v7 as uuidv7 } from 'uuid'
import type { Actor } from '#domain/access/actor.ts'
import type { NewEvent } from '#domain/event.ts'
import { asJsonObject } from '#server/platform/json.ts'
import type { Receipt } from '#server/platform/receipt.ts'
import { currentSealing, type SealedEvent, type SealedLeaf, sealLeaf } from '#server/platform/seal.ts'
import type { Command } from '#server/platform/stream.ts'
import { receiptText } from '#translog/receiptNote.ts'
import { type Signer, signNote, writeNote } from '#translog/signedNote.ts'

/** What the transaction will write, and the receipt for it. */
export type Sealed = { readonly receipt: Receipt; readonly events: readonly (SealedEvent & SealedLeaf)[] }

export type AppendInput = {
  readonly command: Command
  readonly kind: string
  readonly div: string
  readonly actor: Actor
  readonly hash: Buffer
  readonly fromVersion: number
  readonly events: readonly NewEvent[]
  readonly now: Date
  readonly number: number | undefined
  readonly rulebookVersion: string
}

const appendAll = {
  name: 'append-events',
  text: `with given as (
      select * from unnest($5::uuid[], $6::int[], $7::text[], $8::int[], $9::jsonb[], $10::bytea[], $11::bytea[], $12::bytea[])
        as g(id, version, type, v, body, leaf, leaf_hash, salt)
    ), events as (
      insert into core.event (tenant_id, stream_id, version, div, id, kind, type, v, body, account_id, role, person_id,
        command_id, rulebook_version, captured_at, received_at)
      select $1, $2, version, $3, id, $4, type, v, body, $13, $14, $15, $16, $17, $18, $19 from given
    ), head as (
      insert into core.stream (tenant_id, stream_id, div, kind, version) values ($1, $2, $3, $4, $20)
      on conflict (tenant_id, stream_id) do update set version = excluded.version, div = excluded.div
    ), command as (
      insert into core.command (tenant_id, id, div, hash, receipt, received_at) values ($1, $16, $3, $21, $22, $19)
    ), salts as (
      insert into private.leaf_salt (tenant_id, stream_id, version, div, salt, leaf_hash)
      select $1, $2, version, $3, salt, leaf_hash from given
    )
    insert into ledger.outbox (leaf, leaf_hash, at, tenant, subject, version, sealing)
    select leaf, leaf_hash, $19, $1, $2, version, $23 from given order by version`,
}

/** One instant has one spelling, and no more digits than JavaScript keeps: what is sealed is what the database gives back. */
const instantOf = (text: string | undefined): string | null =>
  text === undefined ? null : new Date(text).toISOString()

/** Gives each event its id, version and leaf, and the command its receipt, signed by the log's key. */
export const seal = (input: AppendInput, signer: Signer | undefined): Sealed => {
  const { command, actor, now } = input
  const receivedAt = now.toISOString()
  const events = input.events.map((event, index) => {
    const sealed: SealedEvent = {
      type: event.type,
      v: event.v,
      body: asJsonObject(event.body),
      id: uuidv7(),
      tenantId: command.tenantId,
      streamId: command.streamId,
      version: input.fromVersion + index + 1,
      kind: input.kind,
      accountId: actor.accountId,
      role: actor.role,
      personId: actor.personId ?? null,
      commandId: command.id,
      commandHash: input.hash,
      number: input.number ?? null,
      rulebookVersion: input.rulebookVersion,
      receivedAt,
      capturedAt: instantOf(command.capturedAt),
    }
    return { ...sealed, ...sealLeaf(sealed) }
  })
  const version = input.fromVersion + events.length
  const leaves = events.map(({ leafHash }) => leafHash)
  const receipt: Receipt = {
    commandId: command.id,
    tenantId: command.tenantId,
    streamId: command.streamId,
    version,
    receivedAt,
    ...(input.number !== undefined && { number: input.number }),
    rulebookVersion: input.rulebookVersion,
    events: events.map(({ id, type, v, leafHash }) => ({ id, type, v, leafHash: leafHash.toString('hex') })),
    ...(signer && {
      signed: writeNote(
        signNote(receiptText({ origin: signer.name, commandId: command.id, receivedAt, leaves }), signer),
      ),
    }),
  }
  return { receipt, events }
}

/** Events, head, command with its receipt, salts and leaves: one statement, so no capability can forget one of them. */
export const append = async (client: PoolClient, input: AppendInput, sealed: Sealed): Promise<void> => {
  const { command, actor } = input
  const { receipt, events } = sealed
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
      events.map((one) => one.leaf),
      events.map((one) => one.leafHash),
      events.map((one) => one.salt),
      actor.accountId,
      actor.role,
      actor.personId ?? null,
      command.id,
      input.rulebookVersion,
      instantOf(command.capturedAt),
      input.now,
      receipt.version,
      input.hash,
      JSON.stringify(receipt),
      currentSealing,
    ],
  })
}
