import type { TakeSettings } from '#contract/importing.ts'
import type { Actor } from '#domain/access/actor.ts'
import { fateOf, type RowFate, rowRanges, rowsInRanges, type WhenFound } from '#domain/importing/settle.ts'
import type { Taken } from '#domain/importing/taken.ts'
import type { ImportCommand, Understood } from '#domain/importing/understood.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'
import type { ImportRow } from '#server/importing/commands.ts'
import { digestOf, planOf } from '#server/importing/plan.ts'
import { takenBefore } from '#server/importing/queries.ts'
import type { Executed } from '#server/platform/execute.ts'
import { asJson } from '#server/platform/json.ts'
import type { Platform } from '#server/platform/platform.ts'
import { receipt } from '#server/platform/receipt.ts'

const commandsOf = ({ add, found }: Understood, fate: RowFate): readonly ImportCommand[] => {
  if (fate === 'add') return add
  return fate === 'replace' ? (found?.replace ?? []) : []
}

const wishes = ({ found, choices }: TakeSettings): Outcome<(sheet: string, row: number) => WhenFound> => {
  const wished = new Map<string, WhenFound>()
  for (const { sheet, rows, as } of choices) {
    const named = rowsInRanges(rows)
    if (!named) return refuse({ code: 'invalid-input', message: `“${rows}”不是行号`, remedy: '写成 3-5,9 的样子' })
    for (const row of named) wished.set(`${row} ${sheet}`, as)
  }
  return ok((sheet, row) => wished.get(`${row} ${sheet}`) ?? found)
}

const grouped = (rows: readonly ImportRow[]): Taken['rows'] =>
  [...Map.groupBy(rows, ({ sheet, fate }) => JSON.stringify([sheet, fate])).values()].flatMap((group) => {
    const [first] = group
    return first
      ? [
          {
            sheet: first.sheet,
            fate: first.fate,
            rows: rowRanges(group.map(({ row }) => row)),
            count: group.length,
          },
        ]
      : []
  })

/** Takes the rows of a workbook: planned anew, so that what is taken is what would be shown now. */
export const takeRows = async (
  platform: Platform,
  actor: Actor,
  bytes: Uint8Array,
  settings: TakeSettings,
): Promise<Outcome<Executed>> => {
  const { homeTenantId } = actor
  const before = await platform.read(actor, (scope) =>
    takenBefore(scope, homeTenantId, settings.importId, settings.commandId),
  )
  const planned = await planOf(platform, actor, bytes, settings)
  if (!planned.ok) return planned
  const { plan, sha256, digest, corrections } = planned.value
  if (before?.file === sha256) return ok({ receipt: receipt.parse(before.receipt), replayed: true })
  if (settings.take === 'all' && plan.faults.length > 0)
    return refuse({
      code: 'import-has-faults',
      message: `有 ${plan.faults.length} 处错误，一行也没有导入`,
      remedy: '改好表格再导入；或者选“只导入好的行”',
    })
  if (settings.seen !== undefined && settings.seen !== digest)
    return refuse({
      code: 'import-changed',
      message: '试导之后，表格或者已有的登记变了，一行也没有导入',
      remedy: '重新试导，看过再导入',
    })
  const wish = wishes(settings)
  if (!wish.ok) return wish
  const rows = plan.rows.map(({ sheet, row, value }): ImportRow => {
    const fate = fateOf(value, wish.value(sheet, row))
    return {
      sheet,
      row,
      title: value.title,
      fate,
      commands: commandsOf(value, fate).map(({ body, ...command }) => ({ ...command, body: { ...body } })),
    }
  })
  if (rows.length === 0)
    return refuse({ code: 'import-empty', message: '没有可以导入的行', remedy: '改好表格，或者核对表头和列' })
  const body: Taken = {
    kind: settings.kind,
    file: sha256,
    corrections: { ...corrections },
    rows: grouped(rows),
    left: plan.badRows,
    digest: digestOf(rows),
  }
  return platform.execute(actor, {
    id: settings.commandId,
    tenantId: homeTenantId,
    streamId: settings.importId,
    act: 'importing.take',
    body,
    private: { rows: asJson(rows) },
  })
}
