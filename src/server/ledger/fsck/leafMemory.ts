import type { ReadCheckpointLine } from '#server/ledger/checkpointLine.ts'
import type { SealedRecord } from './sealedRecord.ts'

/** What was computed before, by the whole text it was computed from: for whoever checks one log thousands of times. */
export type LeafMemory = {
  readonly records: Recall<SealedRecord>
  readonly signatures: Recall<boolean>
  readonly checkpoints: Recall<ReadCheckpointLine | undefined>
}

/** Gives what was computed for this text, computing it the first time. */
export type Recall<T> = (text: string, compute: () => T) => T

const mostKept = 50_000

const recalling = <T>(): Recall<T> => {
  const known = new Map<string, { readonly value: T }>()
  return (text, compute) => {
    const found = known.get(text)
    if (found) return found.value
    const value = compute()
    if (known.size >= mostKept) known.clear()
    known.set(text, { value })
    return value
  }
}

/** Of one installation and its keys. */
export const leafMemory = (): LeafMemory => ({
  records: recalling(),
  signatures: recalling(),
  checkpoints: recalling(),
})

/** Remembers nothing: a million leaves are looked at once each. */
export const noMemory: LeafMemory = {
  records: (_text, compute) => compute(),
  signatures: (_text, compute) => compute(),
  checkpoints: (_text, compute) => compute(),
}
