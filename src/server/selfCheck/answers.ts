import { z } from 'zod'
import type { Actor } from '#domain/access/actor.ts'
import { type Role, roleNames } from '#domain/access/role.ts'
import { type Answer, outcomes } from '#domain/selfCheck/answer.ts'
import type { DatabasePool } from '#server/platform/database/pool.ts'
import { keepWithin } from '#server/platform/keep.ts'
import { heldDivision } from '#server/platform/load.ts'
import type { ReadScope } from '#server/platform/read.ts'

const storedAnswer = z.object({
  id: z.string(),
  item: z.string(),
  outcome: z.enum(outcomes),
  reason: z.string().nullable(),
  place: z.string().nullable(),
  note: z.string().nullable(),
  photos: z.array(z.string()),
  too_dangerous: z.boolean(),
  seq: z.number(),
  account_id: z.string(),
  role: z.enum(roleNames),
  answered_at: z.date(),
})

export type StoredAnswer = {
  readonly id: string
  readonly item: string
  readonly outcome: (typeof outcomes)[number]
  readonly reason?: string
  readonly place?: string
  readonly note?: string
  readonly photos: readonly string[]
  readonly tooDangerous: boolean
  readonly seq: number
  readonly accountId: string
  readonly role: Role
  readonly answeredAt: string
}

const stored = (row: unknown): StoredAnswer => {
  const { reason, place, note, too_dangerous, account_id, answered_at, ...rest } = storedAnswer.parse(row)
  return {
    ...rest,
    ...(reason !== null && { reason }),
    ...(place !== null && { place }),
    ...(note !== null && { note }),
    tooDangerous: too_dangerous,
    accountId: account_id,
    answeredAt: answered_at.toISOString(),
  }
}

export type Sheet = { readonly mineId: string; readonly sheetId: string; readonly month: string }

/** The last answer to each question; of equal `seq` the one that came later (PostgreSQL picks it by index of the sheet). */
export const answersOf = async (
  { client }: ReadScope,
  { mineId, sheetId }: Sheet,
): Promise<readonly StoredAnswer[]> => {
  const { rows } = await client.query(
    `select distinct on (item) id, item, outcome, reason, place, note, photos, too_dangerous, seq, account_id, role, answered_at
     from core.self_check_answer where tenant_id = $1 and sheet_id = $2
     order by item, seq desc, received_at desc, id desc`,
    [mineId, sheetId],
  )
  return rows.map(stored)
}

/** An answer as its device sends it. */
export type GivenAnswer = Answer & { readonly id: string; readonly answeredAt: string }

/** Saves answers once each, by the id their device gave them. False where the mine does not lie in reach. */
export const keepAnswers = (
  pool: DatabasePool,
  actor: Actor,
  { mineId, sheetId, month }: Sheet,
  answers: readonly GivenAnswer[],
  now: Date,
): Promise<boolean> =>
  keepWithin(pool, actor, async (client) => {
    const div = await heldDivision(client, mineId)
    if (div === undefined) return false
    await client.query(
      `insert into core.self_check_answer
           (tenant_id, sheet_id, month, div, account_id, role, received_at,
            id, item, outcome, reason, place, note, photos, too_dangerous, seq, answered_at)
         select $1, $2, $3, $4, $5, $6, $7, a.id, a.item, a.outcome, a.reason, a.place, a.note,
           coalesce(a.photos, '{}'), coalesce(a."tooDangerous", false), a.seq, a."answeredAt"
         from jsonb_to_recordset($8::jsonb) as a(id uuid, item text, outcome text, reason text, place text, note text,
           photos text[], "tooDangerous" boolean, seq integer, "answeredAt" timestamptz)
         on conflict (tenant_id, sheet_id, id) do nothing`,
      [mineId, sheetId, month, div, actor.accountId, actor.role, now, JSON.stringify(answers)],
    )
    return true
  })
