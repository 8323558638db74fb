import { type ReceiptInLog, type RecordAt, readReceipts } from '#contract/ledger.ts'
import { useAnswer } from '#web/desk/queries.ts'
import { askAgainMs, isOnItsWay } from '#web/parts/ledgerWords.ts'

/** All receipts of a stream with `upTo` records, asked for again until the last of them is in the log. */
export const useReceipts = (tenantId: string, streamId: string, upTo: number) =>
  useAnswer(
    readReceipts,
    { params: { tenantId, streamId } },
    { askAgain: (answer, answers) => (isOnItsWay(answer?.items, upTo) ? askAgainMs(answers) : false) },
  )

/** That of one record; undefined as long as it is not known. */
export const useReceipt = ({ tenantId, streamId, version }: RecordAt): ReceiptInLog | undefined =>
  useReceipts(tenantId, streamId, version).data?.items.find((item) => item.version === version)
