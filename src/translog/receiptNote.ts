import { hashFromBase64, toBase64 } from './base64.ts'

/**
 * What the log's key signs the moment an act is received: these leaves will be in the log. Its first line is not the
 * log's origin, so that no receipt passes for a checkpoint, though one key signs both.
 */
export type ReceiptPromise = {
  readonly origin: string
  readonly commandId: string
  /** ISO 8601, UTC. */
  readonly receivedAt: string
  readonly leaves: readonly Uint8Array[]
}

const header = 'bihuan/receipt/v1'

export const receiptText = ({ origin, commandId, receivedAt, leaves }: ReceiptPromise): string =>
  `${[header, origin, commandId, receivedAt, ...leaves.map(toBase64)].join('\n')}\n`

/** Undefined where the text is no receipt. */
export const parseReceiptText = (text: string): ReceiptPromise | undefined => {
  const [first, origin, commandId, receivedAt, ...rest] = text.split('\n')
  const leaves = rest.slice(0, -1).map(hashFromBase64)
  if (first !== header || rest.at(-1) !== '' || leaves.length === 0) return undefined
  if (!origin || !commandId || !receivedAt) return undefined
  const known = leaves.filter((leaf) => leaf !== undefined)
  return known.length === leaves.length ? { origin, commandId, receivedAt, leaves: known } : undefined
}
