import { Readable } from 'node:stream'
import type { PoolClient } from 'pg'
import type { ExportFormat } from '#contract/register.ts'
import type { Actor } from '#domain/access/actor.ts'
import { type Outcome, ok, type Refusal, refuse } from '#domain/refusal.ts'
import { type ColumnKey, type ColumnKind, columnOf } from '#domain/register/columns.ts'
import type { RegisterFilter } from '#domain/register/filter.ts'
import {
  type ExportColumn,
  type ExportKind,
  type ExportRow,
  exportCsv,
  exportXlsx,
} from '#server/documents/exportTable.ts'
import { businessDate } from '#server/platform/clock.ts'
import type { Platform } from '#server/platform/platform.ts'
import { beginWithin, scopeBounds } from '#server/platform/scope.ts'
import { parameters } from '#server/register/conditions.ts'
import { cellsOf, documentsOf, personsOf, readLine } from '#server/register/lines.ts'
import type { Order } from '#server/register/order.ts'
import { tellProgress } from '#server/register/progress.ts'
import { askedOf, countRegister, linesText, postKeeper } from '#server/register/queries.ts'
import { withinGrant } from '#server/register/reach.ts'

export type ExportAsked = {
  readonly commandId: string
  readonly format: ExportFormat
  readonly columns: readonly ColumnKey[]
  readonly filter: RegisterFilter
  readonly order: Order
}

export type TakenAway = { readonly content: Readable; readonly rows: number; readonly fileName: string }

/** How the writers of workbooks show a column. */
const kinds: Readonly<Record<ColumnKind, ExportKind>> = {
  text: 'text',
  code: 'text',
  people: 'text',
  number: 'number',
  percent: 'number',
  photos: 'number',
  day: 'day',
  fen: 'fen',
  yesNo: 'yesNo',
}

const exportColumn = (key: ColumnKey): ExportColumn => {
  const { title, kind, width } = columnOf(key)
  return { key, title: kind === 'percent' ? `${title}（%）` : title, kind: kinds[kind], width }
}

/** Rows are read this many at a time. */
const batch = 1_000

/** Each holds a connection for as long as its reader takes: the others must go on working. */
const mostAtOnce = 3

const tooManyAtOnce: Outcome<never> = refuse({
  code: 'exports-under-way',
  message: `正在导出的已有 ${mostAtOnce} 份`,
  remedy: '等前面的导完再导，或者先缩小范围',
})

class Refused extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

/**
 * The register as a file: every row that matches, out of one snapshot, a thousand at a time and never the whole in memory.
 * The act is on record, with the number of rows, before the first byte leaves.
 */
export const exporter = (platform: Platform) => {
  const { pool, clock, realClock, execute } = platform
  const documents = documentsOf(platform.rulebook)
  let underWay = 0

  const open = async (actor: Actor, asked: ExportAsked, client: PoolClient): Promise<TakenAway> => {
    const today = businessDate(clock.now())
    await beginWithin(client, actor.scope, 'isolation level repeatable read read only')
    // A reader on a slow line may take its time.
    await client.query(`set local idle_in_transaction_session_timeout = '30min'; set local statement_timeout = '5min'`)
    const scope = { client, bounds: scopeBounds(actor.scope) }
    const { filter, order, columns, format } = asked
    const reached = await withinGrant(scope, actor, filter)
    if (!reached.ok) throw new Refused(reached.refusal)
    const given = { filter, today, accountId: actor.accountId }
    const found = await askedOf(scope, given)
    const total = await countRegister(scope, found)
    const recorded = await execute(actor, {
      id: asked.commandId,
      tenantId: actor.homeTenantId,
      streamId: asked.commandId,
      act: 'register.export',
      body: { format, columns: [...columns], filter, ...order, on: today, rows: total },
    })
    if (!recorded.ok) throw new Refused(recorded.refusal)
    const tell = tellProgress(pool, actor, asked.commandId, realClock.now)
    await tell({ total, written: 0, state: 'running' })

    const { values, bind } = parameters()
    await client.query(
      `declare lines no scroll cursor for ${linesText(scope, { ...given, order }, found, bind)}`,
      values,
    )
    const postsOf = postKeeper(scope)

    async function* rows(): AsyncGenerator<ExportRow> {
      let written = 0
      try {
        for (;;) {
          const { rows: read } = await client.query(`fetch ${batch} from lines`)
          if (read.length === 0) break
          const lines = read.map(readLine)
          const posts = await postsOf(lines.flatMap((line) => personsOf(line, columns)))
          for (const line of lines) yield cellsOf(line, columns, { today, posts, documents })
          written += lines.length
          await tell({ total, written, state: 'running' })
        }
        await tell({ total, written, state: 'done' })
      } finally {
        if (written < total) await tell({ total, written, state: 'broken' }).catch(() => undefined)
        await release()
      }
    }

    let released = false
    const release = async (): Promise<void> => {
      if (released) return
      released = true
      underWay -= 1
      await client.query('rollback').catch(() => undefined)
      client.release()
    }

    const wanted = {
      sheet: '台账',
      title: `隐患台账（${today}，共 ${total} 行）`,
      columns: columns.map(exportColumn),
      rows: rows(),
    }
    const content = format === 'xlsx' ? exportXlsx(wanted) : Readable.from(exportCsv(wanted), { objectMode: false })
    // Nobody may ever have begun to read.
    content.once('close', release)
    return { content, rows: total, fileName: `隐患台账${today}.${format}` }
  }

  return async (actor: Actor, asked: ExportAsked): Promise<Outcome<TakenAway>> => {
    if (underWay >= mostAtOnce) return tooManyAtOnce
    underWay += 1
    const client = await pool.connect().catch((error: unknown) => {
      underWay -= 1
      throw error
    })
    try {
      return ok(await open(actor, asked, client))
    } catch (error) {
      underWay -= 1
      await client.query('rollback').catch(() => undefined)
      client.release()
      if (error instanceof Refused) return { ok: false, refusal: error.refusal }
      throw error
    }
  }
}
