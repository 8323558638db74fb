import { createHash } from 'node:crypto'
import { v5 as uuidv5 } from 'uuid'
import type { ImportSettings } from '#contract/importing.ts'
import type { Actor } from '#domain/access/actor.ts'
import { may } from '#domain/access/policy.ts'
import type { Sheet } from '#domain/importing/cell.ts'
import type { Corrections } from '#domain/importing/header.ts'
import { importKinds } from '#domain/importing/kinds/kinds.ts'
import { planImport } from '#domain/importing/planImport.ts'
import { type SettledPlan, settle } from '#domain/importing/settle.ts'
import type { ImportCommand, KindShape } from '#domain/importing/understood.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'
import { readApart } from '#server/documents/readApart.ts'
import { rememberedCorrections } from '#server/importing/corrections.ts'
import { serverKinds } from '#server/importing/kinds.ts'
import { businessDate } from '#server/platform/clock.ts'
import { asJson } from '#server/platform/json.ts'
import type { Platform } from '#server/platform/platform.ts'
import { canonicalJson } from '#translog/canonicalJson.ts'

export type Planned = {
  readonly sha256: string
  readonly sheets: readonly Sheet[]
  readonly shape: KindShape
  readonly plan: SettledPlan
  readonly corrections: Corrections
  readonly digest: string
}

const mostRows = 20_000

const withoutPrivate = ({ private: _private, ...command }: ImportCommand) => command

/** What rows become, without what must not be told by a digest. */
export const digestOf = (
  rows: readonly { readonly sheet: string; readonly row: number; readonly commands: readonly ImportCommand[] }[],
): string =>
  createHash('sha256')
    .update(canonicalJson(rows.map(({ sheet, row, commands }) => [sheet, row, asJson(commands.map(withoutPrivate))])))
    .digest('hex')

const remembered = (kept: Corrections, said: Corrections): Corrections =>
  Object.fromEntries(Object.entries({ ...kept, ...said }).filter(([, key]) => key !== ''))

/**
 * The dry run of a workbook: cells, then rows against each other, then rows against what is registered. Reads only; run
 * again with the same import id it gives the same commands.
 */
export const planOf = async (
  { read, clock, rulebook, demo }: Platform,
  actor: Actor,
  bytes: Uint8Array,
  { kind, importId, tenantId, corrections: said, words }: ImportSettings,
): Promise<Outcome<Planned>> => {
  const allowed = may(actor, importKinds[kind].act)
  if (!allowed.ok) return allowed
  const sheets = await readApart(bytes)
  if (!sheets.ok) return sheets
  const server = serverKinds[kind]
  const shape = server.shape(actor, rulebook)
  return read(actor, async (scope) => {
    const corrections = remembered(await rememberedCorrections(scope, actor.homeTenantId, kind), said)
    const context = { today: businessDate(clock.now()), allowUnassignedCodes: demo }
    const ofCells = planImport(sheets.value, shape, context, corrections)
    if (ofCells.good.length > mostRows)
      return refuse({
        code: 'import-too-long',
        message: `一次最多导入 ${mostRows} 行，这里有 ${ofCells.good.length} 行`,
        remedy: '分成几个文件导入',
      })
    const understand = await server.look(scope, ofCells.good, {
      actor,
      rulebook,
      tenantId,
      today: context.today,
      idFor: (name) => uuidv5(name, importId),
    })
    if (!understand.ok) return understand
    const wordOf = new Map(words.map(({ sheet, row, reason }) => [`${row} ${sheet}`, reason]))
    const plan = settle(ofCells, shape, understand.value, ({ sheet, row }) => wordOf.get(`${row} ${sheet}`))
    return ok({
      sha256: createHash('sha256').update(bytes).digest('hex'),
      sheets: sheets.value,
      shape,
      plan,
      corrections,
      digest: digestOf(
        plan.rows.map(({ sheet, row, value }) => ({
          sheet,
          row,
          commands: [...value.add, ...(value.found?.replace ?? [])],
        })),
      ),
    })
  })
}
