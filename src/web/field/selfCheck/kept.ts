import { type SheetShown, sheetShown } from '#contract/selfCheck.ts'
import { remembered } from '#web/field/connection/remembered.ts'
import type { SheetRef } from '#web/field/selfCheck/paths.ts'

/** The questions go along into the pit: of each mine the sheet that was opened last, for whoever opened it. */
const placeFor = (accountId: string, mineId: string) => remembered(`bihuan.sheet.${accountId}.${mineId}`, sheetShown)

export const keepSheet = (accountId: string, sheet: SheetShown): void => placeFor(accountId, sheet.mineId).write(sheet)

export const keptSheet = (accountId: string, { mineId, month }: SheetRef): SheetShown | undefined => {
  const sheet = placeFor(accountId, mineId).read()
  return sheet?.month === month ? sheet : undefined
}

export const sheetKey = (accountId: string, { mineId, month }: SheetRef) => ['sheet', accountId, mineId, month] as const
