import { journalJoins, journalLine } from '#server/ledger/journal.ts'
import { journalPath } from '#server/ledger/secondHome.ts'
import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import { leafHash } from '#translog/leaf.ts'
import { tileWidth } from '#translog/tile.ts'
import type { Divisions } from './divisions.ts'
import type { Erasures } from './erasures.ts'
import { isSameRecord } from './isSameRecord.ts'
import type { KeyRing } from './keyRing.ts'
import { hashAt, type LeafHashes } from './leafHashes.ts'
import { hasNoSignature, isSignedReceipt, wholeReceipt } from './receiptFault.ts'
import type { KnownLog, Scene } from './scene.ts'
import { readRecord, type SealedRecord } from './sealedRecord.ts'
import { findTruth, noPieces, type Pieces, piecesOf, type Truth } from './truth.ts'

/** A place of the log whose record in the database is not what was signed. */
export type Broken = {
  readonly index: number
  readonly hash: string
  readonly own: Pieces
  /** The row of ledger.entry is there and is the right one. */
  readonly entry: boolean
  readonly truth: Truth | undefined
  /** The record is whole, and nobody signed for it. */
  readonly unsigned: boolean
}

export type RecordsChecked = {
  readonly broken: readonly Broken[]
  /** Places whose line in the journal is missing or is not what the leaf commits to. */
  readonly journalFaults: ReadonlyMap<number, 'missing' | 'altered'>
  readonly erased: number
  /** The first place beyond what is signed that nobody of ours put there. */
  readonly unsoundFrom: number | undefined
  /** From there on receipts are signed: nothing is from before the log had a key any more. */
  readonly signedFrom: number | undefined
  readonly records: number
}

/** More than so many are not put right one by one: then the whole is brought back. */
const mostBroken = 100_000

const atOnce = 1_024

type Row = {
  readonly idx: number
  readonly line: string
  readonly entry: Buffer
  readonly outbox_id: number | null
  readonly outbox: Buffer | null
  readonly same: boolean | null
}

const rowsFrom = async ({ db }: Scene, log: number, from: number): Promise<ReadonlyMap<number, Row>> => {
  const { rows } = await db.query<Row>({
    name: 'fsck-records',
    text: `select n.idx::float8 as idx, n.leaf_hash as entry, n.outbox_id::float8 as outbox_id, o.leaf_hash as outbox,
       o.leaf_hash = n.leaf_hash and s.leaf_hash = n.leaf_hash as same, ${journalLine} as line
     from ledger.entry n ${journalJoins} where n.log = $1 and n.idx >= $2 and n.idx < $3 order by n.idx`,
    values: [log, from, from + atOnce],
  })
  return new Map(rows.map((row) => [row.idx, row]))
}

export const statedHash = (leaf: string): string =>
  Buffer.from(leafHash(Buffer.from(leaf, 'base64'), nodeSha256)).toString('hex')

/** The lines that may be the one of a place: what stands there, and what says that it belongs there. */
const linesFor = (lines: readonly string[], index: number): readonly string[] => {
  const own = lines.filter((line) => Number(/^\{"index" ?: ?(\d+)/.exec(line)?.[1]) === index)
  const there = lines[index % tileWidth]
  return there === undefined || own.includes(there) ? own : [...own, there]
}

type Judging = { readonly erasures: Erasures; readonly afterKey: boolean }

/** Whether the row's record is the one that was signed. */
const isSound = (
  row: Row | undefined,
  record: SealedRecord,
  hash: Buffer,
  { erasures, afterKey }: Judging,
): boolean => {
  if (!row?.entry.equals(hash)) return false
  const wanted = hash.toString('hex')
  if (record.kind === 'act' && record.noSignature && afterKey) return false
  if (record.kind === 'beginning') return record.computed === wanted
  if (record.kind === 'none' || row.same !== true || record.fault || record.stated !== wanted) return false
  return record.line.salt === null ? erasures.isClosed(record.line.event) : record.computed === wanted
}

/** A receipt that the log's key signed speaks of the leaf. */
const isPromised = ({ own, hash }: Broken, keys: KeyRing): boolean => {
  const receipt = wholeReceipt(own.command?.receipt)
  return receipt?.events.some(({ leafHash: promised }) => promised === hash) === true && isSignedReceipt(receipt, keys)
}

/** Which number the outbox gave the leaf: as its row is linked, where that is the leaf's; else as the journal has it. */
const outboxOf = (row: Row | undefined, hash: string, journal: Pieces): number | undefined => {
  if (row?.outbox?.toString('hex') === hash && row.outbox_id !== null) return row.outbox_id
  return journal.stated === hash ? journal.outbox : (row?.outbox_id ?? undefined)
}

export type RecordsOptions = {
  readonly log: KnownLog
  readonly leaves: LeafHashes
  readonly erasures: Erasures
  readonly divisions: Divisions
}

/** Every place of the log: the record in the database and its line in the journal against the leaf that was signed. */
export const checkRecords = async (
  scene: Scene,
  { log, leaves, erasures, divisions }: RecordsOptions,
): Promise<RecordsChecked> => {
  const { keys, memory, folder } = scene
  const broken: Broken[] = []
  const journalFaults = new Map<number, 'missing' | 'altered'>()
  let erased = 0
  let records = 0
  let unsoundFrom: number | undefined
  let signedFrom: number | undefined
  const read = (text: string): SealedRecord => memory.records(text, () => readRecord(text, keys))

  const judge = (
    row: Row | undefined,
    record: SealedRecord,
    lines: readonly string[],
    index: number,
    hash: string,
  ): Broken => {
    const own = piecesOf(row?.line, statedHash)
    const kept = linesFor(lines, index).map((line) => piecesOf(line, statedHash))
    const truth = (kept.length > 0 ? kept : [noPieces])
      .map((journal) => {
        const event = own.event ?? journal.event
        const closed = event !== undefined && erasures.isClosed(event)
        const wanted = { log: log.number, index, hash, closed }
        return findTruth({ own, journal }, wanted, outboxOf(row, hash, journal), keys)
      })
      .find((one) => one !== undefined && !(signedFrom !== undefined && hasNoSignature(one.line)))
    const whole = record.kind === 'act' && record.computed === hash && row?.same === true
    const unsigned = !truth && whole && (record.fault === 'unsigned' || record.noSignature)
    return { index, hash, own, entry: row?.entry.toString('hex') === hash, truth, unsigned }
  }

  const note = (one: Broken): void => {
    if (broken.length < mostBroken) broken.push(one)
  }

  /**
   * Beyond what is signed: what lies in the journal may be signed at any moment, by somebody who has read it already, and
   * is as good as signed; so is what a receipt of ours promised. The rest was put there by somebody else.
   */
  const noteUnsigned = (row: Row | undefined, record: SealedRecord, lines: readonly string[], index: number): void => {
    const hash = hashAt(leaves, index).toString('hex')
    const own = judge(row, record, lines, index, hash)
    const others = linesFor(lines, index).flatMap((line) => {
      const kept = read(line)
      return kept.kind === 'act' && kept.computed === kept.stated && !kept.fault ? [kept.stated] : []
    })
    const found = [own, ...others.map((other) => judge(row, record, lines, index, other))].find(({ truth }) => truth)
    if (found?.truth) found.truth.leafHash.copy(hashAt(leaves, index))
    if (found) note(found)
    else if (isPromised(own, keys)) note(own)
    else unsoundFrom ??= index
  }

  const lookAtJournal = (record: SealedRecord, sound: boolean, index: number, line: string | undefined): void => {
    if (line === undefined) {
      journalFaults.set(index, 'missing')
      return
    }
    const journal = read(line)
    const hash = hashAt(leaves, index).toString('hex')
    const same = sound
      ? isSameRecord(record, journal, divisions.of(record))
      : journal.kind === 'act'
        ? journal.stated === hash && journal.computed !== undefined && journal.computed === hash && !journal.fault
        : journal.kind === 'beginning' && journal.computed === hash
    if (!same && (sound || !erasures.isClosedRecord(journal, hash))) journalFaults.set(index, 'altered')
  }

  /** A closed leaf opens no more; where the journal's line still opens it and says otherwise, the line is right. */
  const isRefuted = (record: SealedRecord, hash: string, line: string | undefined): boolean => {
    if (line === undefined || record.kind !== 'act' || record.line.salt !== null) return false
    const kept = read(line)
    if (kept.kind !== 'act' || kept.computed !== hash || kept.fault) return false
    return !isSameRecord(record, kept, new Set([kept.line.event.div, kept.line.command.div]))
  }

  const signed = leaves.signed?.size ?? 0
  let lines: readonly string[] = []
  for (let from = 0; from < leaves.size; from += atOnce) {
    const rows = await rowsFrom(scene, log.number, from)
    for (let index = from; index < Math.min(from + atOnce, leaves.size); index += 1) {
      if (index % tileWidth === 0) lines = folder?.lines(journalPath(index / tileWidth)) ?? []
      const line = lines[index % tileWidth]
      const row = rows.get(index)
      const record: SealedRecord = row ? read(row.line) : { kind: 'none' }
      const hash = hashAt(leaves, index)
      const sound =
        isSound(row, record, hash, { erasures, afterKey: signedFrom !== undefined }) &&
        !isRefuted(record, hash.toString('hex'), line)
      records += 1
      if (sound && record.kind === 'act' && !record.noSignature) signedFrom ??= index
      if (sound && record.kind === 'act' && record.line.salt === null) erased += 1
      if (!sound && index >= signed) noteUnsigned(row, record, lines, index)
      if (!sound && index < signed) note(judge(row, record, lines, index, hashAt(leaves, index).toString('hex')))
      // The same words of the same record: looked at once.
      if (folder && index < signed && !(sound && line === row?.line)) lookAtJournal(record, sound, index, line)
    }
    scene.onProgress('核对每一条记录', Math.min(from + atOnce, leaves.size), leaves.size)
  }
  return { broken, journalFaults, erased, unsoundFrom, signedFrom, records }
}
