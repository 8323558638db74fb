import { type Beginning, beginningLeaf } from './beginning.ts'
import { type Checkpoint, openCheckpoint, readCheckpoint } from './checkpoint.ts'
import type { Hasher } from './hasher.ts'
import { nobleSha256 } from './hasher.ts'
import { includes } from './merkle.ts'
import { houseOf, numberIn } from './origin.ts'
import { checkPinned, type TilesReader } from './pin.ts'
import { planInclusion } from './proof.ts'
import type { Verifier } from './signedNote.ts'

/** A log as its server tells of it; from the second one on, why it began and where the one before ended. */
export type LogTold = {
  readonly number: number
  readonly origin: string
  readonly vkey: string
  readonly beganAt?: string | undefined
  readonly reason?: string | undefined
  readonly previous?: string | undefined
  readonly decidedBy: readonly string[]
}

export type Meeting = {
  /** The log that was pinned, by the key it was pinned with, and the note that was kept of it. */
  readonly pinned: string
  readonly verifier: Verifier
  /** The signed note that is shown now, of another origin. */
  readonly shown: string
  /** All logs that the server tells of. */
  readonly logs: readonly LogTold[]
}

export type Tools = {
  /** The tiles of the log of that number. */
  readonly tilesOf: (number: number) => TilesReader
  readonly verifierOf: (vkey: string) => Verifier | undefined
  readonly hash?: Hasher
}

export type NewLogFault =
  /** Another installation's log in the place of this one's. */
  | 'otherHouse'
  /** An earlier log in the place of a later one. */
  | 'wentBack'
  /** What was kept is no checkpoint of the log it was kept of. */
  | 'pinned'
  /** Not signed by the key that the log is said to have. */
  | 'current'
  /** Its first leaf is not what the server says of its beginning. */
  | 'notFirst'
  /** It quotes no checkpoint that the old log's key has signed. */
  | 'notQuoted'
  /** The old log's key has signed both, and the one is no growth of the other. */
  | 'forked'

export type NewLogVerdict =
  /** It goes on from all that was pinned. */
  | { readonly kind: 'goesOn'; readonly log: LogTold; readonly quoted: Checkpoint }
  /** It goes on from less than was pinned: what came between may be lost. */
  | {
      readonly kind: 'lost'
      readonly log: LogTold
      readonly pinned: Checkpoint
      readonly quoted: Checkpoint
      readonly note: string
    }
  | { readonly kind: 'refused'; readonly fault: NewLogFault; readonly note: string; readonly log?: LogTold }
  /** Tiles that a proof needs were not to be had: it must be asked again. */
  | { readonly kind: 'unproven' }

const beginningOf = ({ number, origin, beganAt, reason, previous, decidedBy }: LogTold): Beginning | undefined =>
  beganAt === undefined || reason === undefined || previous === undefined
    ? undefined
    : { number, origin, beganAt, reason, previous, decidedBy }

type Quoted =
  | { readonly kind: 'quoted'; readonly note: string }
  | { readonly kind: 'notFirst' | 'notQuoted' | 'unproven' }

/**
 * The checkpoint of the pinned log that the new one goes on from: what is told of a beginning counts only as far as the
 * log's own first leaf says it. Where several logs were begun since, from one to the next.
 */
const quotedBy = async (
  last: LogTold,
  head: Checkpoint,
  { verifier, logs }: Meeting,
  { tilesOf, verifierOf, hash = nobleSha256 }: Tools,
): Promise<Quoted> => {
  let log = last
  let checkpoint = head
  for (;;) {
    const beginning = beginningOf(log)
    if (!beginning || checkpoint.size === 0) return { kind: 'notQuoted' }
    const { size } = checkpoint
    const plan = planInclusion(0, size)
    const tiles = await tilesOf(log.number)(plan.tiles)
    if (tiles.size < plan.tiles.length) return { kind: 'unproven' }
    const { leafHash: leaf } = beginningLeaf(beginning, hash)
    if (!includes({ leaf, index: 0, size, proof: plan.proofFrom(tiles, hash) }, checkpoint.root, hash))
      return { kind: 'notFirst' }
    const note = beginning.previous
    if (openCheckpoint(note, verifier)) return { kind: 'quoted', note }
    const origin = readCheckpoint(note)?.checkpoint.origin
    const before = logs.find((one) => one.origin === origin && one.number < log.number)
    const key = before && houseOf(before.origin) === houseOf(log.origin) ? verifierOf(before.vkey) : undefined
    const opened = key && openCheckpoint(note, key)?.checkpoint
    if (!before || !opened) return { kind: 'notQuoted' }
    log = before
    checkpoint = opened
  }
}

/**
 * Whether a log that is shown in the place of the pinned one was begun after it as it says: by the same house, quoting a
 * checkpoint that the old key has signed and that holds what was pinned. Never throws for what the server says.
 */
export const meetNewLog = async (meeting: Meeting, tools: Tools): Promise<NewLogVerdict> => {
  const { pinned, verifier, shown, logs } = meeting
  const head = readCheckpoint(shown)?.checkpoint
  const told = head && logs.find(({ origin }) => origin === head.origin)
  const key = told && tools.verifierOf(told.vkey)
  // Of a log that is not even signed by its own key nothing is gone on with, and nothing told.
  const log = key && openCheckpoint(shown, key) ? told : undefined
  const refuse = (fault: NewLogFault, note = shown): NewLogVerdict => ({
    kind: 'refused',
    fault,
    note,
    ...(log && { log }),
  })
  const number = numberIn(head?.origin ?? '')
  const before = numberIn(verifier.name)
  if (!head || number === undefined || before === undefined || houseOf(head.origin) !== houseOf(verifier.name))
    return refuse('otherHouse')
  if (number < before) return refuse('wentBack')
  if (!log || log.number !== number) return refuse('current')
  const quoted = await quotedBy(log, head, meeting, tools)
  if (quoted.kind === 'unproven') return { kind: 'unproven' }
  if (quoted.kind !== 'quoted') return refuse(quoted.kind)
  const { note } = quoted
  const tiles = tools.tilesOf(before)
  const verdict = await checkPinned(pinned, note, tiles, verifier, tools.hash)
  if (verdict.ok) return { kind: 'goesOn', log, quoted: verdict.current }
  const { fault } = verdict
  switch (fault.step) {
    case 'unproven':
      return { kind: 'unproven' }
    case 'pinned':
    case 'forked':
      return refuse(fault.step, note)
    case 'current':
      return refuse('notQuoted')
    case 'rolledBack': {
      const back = await checkPinned(note, pinned, tiles, verifier, tools.hash)
      // What lay between may be gone with its tiles; where it is there it must add up.
      if (!back.ok && back.fault.step === 'forked') return refuse('forked', note)
      return { kind: 'lost', log, pinned: fault.pinned, quoted: fault.current, note }
    }
  }
}
