import { z } from 'zod'
import type { ReceiptShown } from '#contract/receipt.ts'
import { remembered } from '#web/field/connection/remembered.ts'
import type { PendingAct } from '#web/field/outbox/pending.ts'

/** 回执: what the sender can show that the record was received, when, and as which leaf of the log. */
export const keptReceipt = z.object({
  commandId: z.string(),
  accountId: z.string(),
  tenantId: z.string(),
  hazardId: z.string(),
  act: z.string(),
  title: z.string(),
  place: z.string().optional(),
  receivedAt: z.string(),
  leafHash: z.string().optional(),
})

export type KeptReceipt = z.infer<typeof keptReceipt>

const most = 200
const kept = remembered('bihuan.receipts', z.array(keptReceipt))

export const receipts = (): readonly KeptReceipt[] => kept.read() ?? []

export const receiptOf = (commandId: string): KeptReceipt | undefined =>
  receipts().find((one) => one.commandId === commandId)

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

export const keepReceipt = (command: PendingAct, { receivedAt, events }: ReceiptShown): void => {
  const place = text(command.body.place)
  const leafHash = events[0]?.leafHash
  const receipt: KeptReceipt = {
    commandId: command.commandId,
    accountId: command.accountId,
    tenantId: command.tenantId,
    hazardId: command.hazardId,
    act: command.act,
    title: command.title,
    receivedAt,
    ...(place && { place }),
    ...(leafHash && { leafHash }),
  }
  const others = receipts().filter(({ commandId }) => commandId !== command.commandId)
  kept.write([receipt, ...others].slice(0, most))
}
