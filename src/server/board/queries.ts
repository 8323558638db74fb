import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type Board, boardOf } from '#domain/board/board.ts'
import type { BoardState } from '#domain/board/record.ts'
import { addDays } from '#domain/calendarDate.ts'
import { fold } from '#domain/hazard/evolve.ts'
import { isOpen } from '#domain/hazard/status.ts'
import { mine as mineSchema } from '#domain/org/mine.ts'
import type { Rulebook } from '#rulebook/rulebook.ts'
import { postsOf } from '#server/org/posts.ts'
import { asJson } from '#server/platform/json.ts'
import { eventsIn, recordedEvent } from '#server/platform/load.ts'
import type { Platform } from '#server/platform/platform.ts'
import type { ReadScope } from '#server/platform/read.ts'
import { daysSetting, wordsSetting } from '#server/platform/settings.ts'
import { canonicalJson } from '#translog/canonicalJson.ts'

const digestOf = (board: Board): string =>
  createHash('sha256')
    .update(canonicalJson(asJson(board)))
    .digest('hex')

const mineRow = z.object({ doc: mineSchema })

const mineIn = async ({ client }: ReadScope, mineId: string) => {
  const { rows } = await client.query('select doc from read.mine where tenant_id = $1 and id = $1', [mineId])
  return rows[0] && mineRow.parse(rows[0]).doc
}

const hazardRow = z.object({ id: z.string(), events: z.array(z.unknown()) })

/** The major hazards of the mine's own register that may stand on the board; a report that lies with a bureau never does. */
const hazardsFor = async ({ client }: ReadScope, mineId: string, closedSince: string) => {
  const { rows } = await client.query(
    `select h.id, ${eventsIn('h.tenant_id', 'h.id')} as events from read.hazard h
     where h.tenant_id = $1 and h.mine_id = $1 and h.judged_grade = 'major'
       and (h.open or (h.status = 'closed' and h.closed_on >= $2::date))
     order by h.found_on, h.id limit 500`,
    [mineId, closedSince],
  )
  return rows.flatMap((row) => {
    const { id, events } = hazardRow.parse(row)
    const state = fold(events.map(recordedEvent))
    return state ? [{ id, state }] : []
  })
}

const namesOf = async ({ client }: ReadScope, mineId: string): Promise<readonly string[]> => {
  const { rows } = await client.query<{ name: string }>(
    'select name from private.person where tenant_id = $1 and name is not null',
    [mineId],
  )
  return rows.map(({ name }) => name)
}

const companyName = async ({ client }: ReadScope, companyId: string): Promise<string> => {
  const { rows } = await client.query<{ name: string }>(
    'select name from read.company where tenant_id = $1 and id = $1',
    [companyId],
  )
  return rows[0]?.name ?? ''
}

export type StandingBoard = {
  readonly board: Board
  readonly digest: string
  /** Ids of the open hazards on it, by number. */
  readonly open: ReadonlyMap<string, string>
}

const settingsOf = (rulebook: Rulebook) => ({
  hotline: wordsSetting(rulebook, 'board.hotline'),
  closedForDays: daysSetting(rulebook, 'board.closedShownDays'),
})

/**
 * What stands on a mine's board today. Always read with the mine's own eyes, so that it is the same board whoever asks;
 * whether one may ask is the caller's to say.
 */
export const standingBoard = async (
  { read, rulebook }: Pick<Platform, 'read' | 'rulebook'>,
  mineId: string,
  today: string,
): Promise<StandingBoard | undefined> => {
  const settings = settingsOf(rulebook)
  const own = (ids: string[]) => ({ scope: { kind: 'tenants', ids } as const })
  const mine = await read(own([mineId]), (scope) => mineIn(scope, mineId))
  if (!mine) return undefined
  return read(own([mineId, mine.companyId]), async (scope) => {
    const hazards = await hazardsFor(scope, mineId, addDays(today, -settings.closedForDays))
    const posts = await postsOf(
      scope,
      hazards.flatMap(({ state }) => state.five.responsible?.value ?? []),
    )
    const board = boardOf(
      hazards.map(({ state }) => state),
      {
        ...settings,
        mine: mine.name,
        company: await companyName(scope, mine.companyId),
        today,
        postOf: (id) => posts[id],
        names: await namesOf(scope, mineId),
      },
    )
    const open = hazards.filter(({ state }) => isOpen(state.status))
    return { board, digest: digestOf(board), open: new Map(open.map(({ id, state }) => [state.number, id])) }
  })
}

/** What the record of a print says: by it a stranger tells the sheet in his hand from another. */
export const asPrinted = ({ board, digest }: StandingBoard, on: string) => ({
  on,
  digest,
  lines: board.lines.map(({ number, standing, deadline, overdue }) => ({
    number,
    standing: overdue ? `${standing}（已逾期）` : standing,
    ...(deadline && { deadline }),
  })),
})

const boardRow = z.object({
  doc: z.object({
    printed: z
      .object({ on: z.string(), digest: z.string(), version: z.number(), numbers: z.array(z.string()) })
      .optional(),
    posted: z.object({ on: z.string(), where: z.string() }).optional(),
    published: z.object({ reference: z.string(), since: z.string() }).optional(),
  }),
})

/** Printed, put up, on the web: as far as there is anything of it. */
export const boardStanding = async ({ client }: ReadScope, mineId: string): Promise<BoardState> => {
  const { rows } = await client.query('select doc from read.board where tenant_id = $1', [mineId])
  return rows[0] ? boardRow.parse(rows[0]).doc : {}
}

export const isMine = async ({ client }: ReadScope, mineId: string): Promise<boolean> => {
  const { rowCount } = await client.query('select from read.mine where tenant_id = $1 and id = $1', [mineId])
  return rowCount === 1
}

/** What a command of this id became, for whoever sends it again. */
export const bodyBefore = async ({ client }: ReadScope, mineId: string, commandId: string): Promise<unknown> => {
  const { rows } = await client.query<{ body: unknown }>(
    `select e.body from core.command c
     join core.event e on e.tenant_id = c.tenant_id and e.command_id = c.id where c.tenant_id = $1 and c.id = $2`,
    [mineId, commandId],
  )
  return rows[0]?.body
}
