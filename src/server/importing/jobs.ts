import { v5 as uuidv5 } from 'uuid'
import { z } from 'zod'
import { type Actor, scope } from '#domain/access/actor.ts'
import { roleNames } from '#domain/access/role.ts'
import type { ImportCommand } from '#domain/importing/understood.ts'
import type { Outcome, Refusal } from '#domain/refusal.ts'
import { importCommand } from '#server/importing/commands.ts'
import type { DatabasePool } from '#server/platform/database/pool.ts'
import type { Execute } from '#server/platform/execute.ts'
import type { Worker } from '#server/platform/jobs.ts'
import { keepWithin } from '#server/platform/keep.ts'
import { readWithin } from '#server/platform/read.ts'

const carrying = z.object({
  tenantId: z.uuid(),
  importId: z.uuid(),
  actor: z.object({
    accountId: z.string(),
    homeTenantId: z.string(),
    personId: z.string().optional(),
    role: z.enum(roleNames),
    scope,
  }),
})

type Carrying = z.infer<typeof carrying>

const waitingRow = z.object({ at: z.number(), commands: z.array(importCommand) })
type WaitingRow = z.infer<typeof waitingRow>
type Ended = { readonly at: number; readonly outcome: 'done' | 'refused'; readonly said: string | null }

/** How many rows are told as done at once, and how many of them are under way side by side. */
const batch = 24
const sideBySide = 4

/** Somebody was faster at the same moment; nothing is wrong with the row. */
const passing = new Set(['too-busy'])

const words = ({ message, remedy }: Refusal): string => (remedy ? `${message}；${remedy}` : message)

const waitingRows = (pool: DatabasePool, { actor, tenantId, importId }: Carrying): Promise<readonly WaitingRow[]> =>
  readWithin(pool)(actor, async ({ client }) => {
    const { rows } = await client.query(
      `select at, commands from private.import_row
       where tenant_id = $1 and import_id = $2 and outcome is null order by at limit ${batch}`,
      [tenantId, importId],
    )
    return rows.map((row) => waitingRow.parse(row))
  })

const tell = async (
  pool: DatabasePool,
  { actor, tenantId, importId }: Carrying,
  ended: readonly Ended[],
): Promise<void> => {
  await keepWithin(pool, actor, async (client) => {
    await client.query(
      `update private.import_row r set outcome = e.outcome, said = e.said, commands = null
       from unnest($3::int[], $4::text[], $5::text[]) as e(at, outcome, said)
       where r.tenant_id = $1 and r.import_id = $2 and r.at = e.at`,
      [
        tenantId,
        importId,
        ended.map(({ at }) => at),
        ended.map(({ outcome }) => outcome),
        ended.map(({ said }) => said),
      ],
    )
  })
}

/**
 * Sends one command for each row that waits, by the one way in: what a person filling in the form would be refused is
 * refused here, row by row. The id is made of import, act and target, so that a row carried out twice lands once.
 */
const carryOut = async (pool: DatabasePool, execute: Execute, given: Carrying): Promise<void> => {
  const { actor, importId } = given
  const send = async (command: ImportCommand): Promise<Outcome<unknown>> => {
    const { act, tenantId, streamId, body, private: kept, expectedVersion } = command
    const done = await execute(actor satisfies Actor, {
      id: uuidv5(`${act} ${streamId}`, importId),
      tenantId,
      streamId,
      act,
      body,
      private: kept,
      expectedVersion,
    })
    if (!done.ok && passing.has(done.refusal.code)) throw new Error(`row not carried out: ${done.refusal.message}`)
    return done
  }
  // Several mines of one company that nobody had registered bring it along, each; it is registered once.
  const shared = new Map<string, Promise<Outcome<unknown>>>()
  const once = (command: ImportCommand): Promise<Outcome<unknown>> => {
    const key = `${command.act} ${command.streamId}`
    const sent = shared.get(key) ?? send(command)
    shared.set(key, sent)
    return sent
  }
  const row = async ({ at, commands }: WaitingRow): Promise<Ended> => {
    for (const command of commands) {
      const done = await once(command)
      if (!done.ok) return { at, outcome: 'refused', said: words(done.refusal) }
    }
    return { at, outcome: 'done', said: null }
  }
  for (;;) {
    const waiting = await waitingRows(pool, given)
    if (waiting.length === 0) return
    const ended: Ended[] = []
    for (let from = 0; from < waiting.length; from += sideBySide)
      ended.push(...(await Promise.all(waiting.slice(from, from + sideBySide).map(row))))
    await tell(pool, given, ended)
  }
}

export const importingWorkers = (pool: DatabasePool, execute: Execute): readonly Worker[] => [
  { queue: 'importing.carryOut', run: async ({ data }) => carryOut(pool, execute, carrying.parse(data)) },
]
