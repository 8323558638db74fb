import { fromBase64, hashFromBase64, toBase64 } from './base64.ts'
import { isTreeSize } from './merkle.ts'

/** C2SP tlog-proof: where an entry lies, its inclusion proof and the checkpoint it leads to, in one text to be kept. */
export type TlogProof = {
  readonly extra?: Uint8Array
  readonly index: number
  readonly proof: readonly Uint8Array[]
  /** The signed note, verbatim. */
  readonly checkpoint: string
}

const header = 'c2sp.org/tlog-proof@v1'

export const writeTlogProof = ({ extra, index, proof, checkpoint }: TlogProof): string =>
  [
    header,
    // Nothing extra is no line, not an empty one.
    ...(extra?.length ? [`extra ${toBase64(extra)}`] : []),
    `index ${index}`,
    ...proof.map(toBase64),
    '',
    checkpoint,
  ].join('\n')

/** Undefined where the text is no proof, or written in another way than writeTlogProof would. */
export const readTlogProof = (written: string): TlogProof | undefined => {
  const end = written.indexOf('\n\n')
  if (end < 0) return undefined
  const [first, ...lines] = written.slice(0, end).split('\n')
  if (first !== header) return undefined
  const extraText = /^extra (\S+)$/.exec(lines[0] ?? '')?.[1]
  const extra = extraText === undefined ? undefined : fromBase64(extraText)
  const [indexLine, ...hashLines] = extraText === undefined ? lines : lines.slice(1)
  const digits = /^index (0|[1-9]\d*)$/.exec(indexLine ?? '')?.[1]
  const index = Number(digits)
  const proof = hashLines.map(hashFromBase64).filter((hash) => hash !== undefined)
  if (digits === undefined || !isTreeSize(index) || proof.length !== hashLines.length) return undefined
  if (extraText !== undefined && !extra) return undefined
  return { ...(extra && { extra }), index, proof, checkpoint: written.slice(end + 2) }
}
