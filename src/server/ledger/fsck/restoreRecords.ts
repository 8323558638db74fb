import { type Act, isAct } from '#server/ledger/replay/records.ts'
import { raiseCounters, writeActs } from '#server/ledger/replay/write.ts'
import type { Queries } from '#server/ledger/tiles.ts'
import type { Capability } from '#server/platform/stream.ts'
import { type Difference, differencesOf } from './differences.ts'
import type { Hand } from './found.ts'
import type { Truth } from './truth.ts'

const atOnce = 200

const actOf = ({ index, leafHash, line }: Truth): Act => {
  const { leaf, salt, outbox, at, sealing, event, command } = line
  return {
    kind: 'act',
    index,
    leafHash,
    leaf: Buffer.from(leaf, 'base64'),
    salt: salt === null ? null : Buffer.from(salt, 'base64'),
    outbox,
    at,
    sealing,
    event,
    command,
  }
}

const atPlace = 'tenant_id = $1 and stream_id = $2 and version = $3'

/** The key of the row that stands in a record's way. */
const keyOf = ({ table, truth }: Difference): readonly [string, readonly unknown[]] => {
  const { log, index, line } = truth
  const { event, command, outbox } = line
  switch (table) {
    case 'core.command':
      return ['tenant_id = $1 and id = $2', [command.tenant_id, command.id]]
    case 'ledger.outbox':
      return ['id = $1', [outbox]]
    case 'ledger.entry':
      return ['log = $1 and idx = $2', [log, index]]
    default:
      return [atPlace, [event.tenant_id, event.stream_id, event.version]]
  }
}

/** Other places of the log that hold what belongs here: they are put back in their own turn. */
const clearEntries = async ({ putAside }: Hand, log: number, truths: readonly Truth[]): Promise<void> => {
  await putAside(
    'ledger.entry',
    `log = $1 and (outbox_id = any($2::bigint[]) or leaf_hash = any($3::bytea[]))
     and not exists (select from unnest($4::bigint[], $2::bigint[], $3::bytea[]) as g(idx, outbox_id, leaf_hash)
       where g.idx = entry.idx and g.outbox_id = entry.outbox_id and g.leaf_hash = entry.leaf_hash)`,
    [
      log,
      truths.map(({ line }) => line.outbox),
      truths.map(({ leafHash }) => leafHash),
      truths.map(({ index }) => index),
    ],
    'altered',
  )
}

const insertEntries = async (db: Queries, log: number, truths: readonly Truth[]): Promise<void> => {
  await db.query(
    `insert into ledger.entry (log, idx, leaf_hash, outbox_id)
     select $1, * from unnest($2::bigint[], $3::bytea[], $4::bigint[]) on conflict (log, idx) do nothing`,
    [
      log,
      truths.map(({ index }) => index),
      truths.map(({ leafHash }) => leafHash),
      truths.map(({ line }) => line.outbox),
    ],
  )
}

/** Puts records back as they were: what stands there otherwise goes aside, what is in order is not touched. */
export const restoreRecords = async (
  hand: Hand,
  truths: readonly Truth[],
  capabilities: readonly Capability[],
): Promise<void> => {
  const byKind = new Map(capabilities.map((capability) => [capability.kind, capability]))
  for (let at = 0; at < truths.length; at += atOnce) {
    const part = truths.slice(at, at + atOnce)
    const log = part[0]?.log ?? 0
    for (const difference of await differencesOf(hand.db, part)) {
      if (!difference.columns) continue
      const [where, values] = keyOf(difference)
      await hand.putAside(difference.table, where, values, 'altered')
    }
    const acts = part.map(actOf).filter(isAct)
    await writeActs(hand.db, acts)
    await raiseCounters(hand.db, byKind, acts)
    await clearEntries(hand, log, part)
    await insertEntries(hand.db, log, part)
  }
  // What is written from now on goes on after the last one.
  await hand.db.query(
    `select setval(pg_get_serial_sequence('ledger.outbox', 'id'), greatest((select max(id) from ledger.outbox),
       (select last_value from pg_sequences where schemaname = 'ledger' and sequencename = 'outbox_id_seq'), 1))`,
  )
}
