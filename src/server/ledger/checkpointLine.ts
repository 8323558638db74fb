import { z } from 'zod'

/** A checkpoint as the second folder keeps it beside the journal: what its row is restored from. */
export type KeptCheckpoint = {
  readonly log: number
  readonly hash: 'sha256' | 'sm3'
  readonly size: number
  readonly note: string
  readonly signedAt: Date
}

export const checkpointLine = ({ log, hash, size, note, signedAt }: KeptCheckpoint): string =>
  JSON.stringify({ log, hash, size, signedAt: signedAt.toISOString(), note })

const line = z.object({
  log: z.number().int(),
  hash: z.enum(['sha256', 'sm3']),
  size: z.number().int(),
  signedAt: z.iso.datetime().transform((text) => new Date(text)),
  note: z.string(),
})

/** Undefined where checkpointLine did not write it; who signed the note is another question. */
export const readCheckpointLine = (text: string): KeptCheckpoint | undefined => {
  try {
    const read = line.safeParse(JSON.parse(text)).data
    return read && checkpointLine(read) === text ? read : undefined
  } catch {
    return undefined
  }
}
