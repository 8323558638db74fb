import { hashFromBase64, toBase64 } from './base64.ts'
import { isTreeSize } from './merkle.ts'

/** C2SP tlog-witness: what a log sends to a witness, to have a checkpoint cosigned. */
export type AddCheckpoint = {
  readonly oldSize: number
  readonly proof: readonly Uint8Array[]
  /** The signed note, verbatim. */
  readonly checkpoint: string
}

const mostLines = 63

export const writeAddCheckpoint = ({ oldSize, proof, checkpoint }: AddCheckpoint): string =>
  [`old ${oldSize}`, ...proof.map(toBase64), '', checkpoint].join('\n')

/** Undefined where the text is no such request. */
export const readAddCheckpoint = (written: string): AddCheckpoint | undefined => {
  const end = written.indexOf('\n\n')
  if (end < 0) return undefined
  const [first, ...lines] = written.slice(0, end).split('\n')
  const digits = /^old (0|[1-9]\d*)$/.exec(first ?? '')?.[1]
  const oldSize = Number(digits)
  const proof = lines.map(hashFromBase64).filter((hash) => hash !== undefined)
  if (digits === undefined || !isTreeSize(oldSize) || proof.length !== lines.length) return undefined
  if (proof.length > mostLines) return undefined
  return { oldSize, proof, checkpoint: written.slice(end + 2) }
}
