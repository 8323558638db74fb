import type { SealedRecord } from './sealedRecord.ts'

/** What a record of exactly this text was found to be: a leaf is a function of its record alone. */
export type LeafMemory = {
  readonly get: (text: string) => SealedRecord | undefined
  readonly set: (text: string, record: SealedRecord) => void
}

export const leafMemory = (): LeafMemory => {
  const known = new Map<string, SealedRecord>()
  return { get: (text) => known.get(text), set: (text, record) => known.set(text, record) }
}
