import { type LogShown, readLedger } from '#contract/ledger.ts'
import { type Checkpoint, openCheckpoint, readCheckpoint } from '#translog/checkpoint.ts'
import { ed25519Verifier } from '#translog/ed25519.ts'
import { type LogTold, meetNewLog } from '#translog/newLog.ts'
import { checkPinned, type TilesReader } from '#translog/pin.ts'
import { readVkey, type Verifier } from '#translog/signedNote.ts'
import { readTile, type TileAt, tilePath, tileWidth } from '#translog/tile.ts'
import { api } from '#web/parts/api.ts'
import { type PinNews, tellPinNews } from '#web/parts/pin/pinNews.ts'
import { type Conflict, keepPin, type Pin, readPins } from '#web/parts/pin/pinStore.ts'

const quiet: PinNews = { kind: 'quiet' }

const verifierOf = (vkey: string): Verifier | undefined => {
  const key = readVkey(vkey)
  return key && ed25519Verifier(key)
}

/** Set when the server answered and did not give what its own checkpoint needs to be proven. */
let withheld = false

/** Undefined where nothing gets through; offline is no news. */
const get = async (path: string): Promise<Response | undefined> => {
  try {
    const response = await fetch(path, { cache: 'no-store', credentials: 'omit' })
    if (response.status === 404) withheld = true
    return response.ok ? response : undefined
  } catch {
    return undefined
  }
}

const shownNow = async (): Promise<{ readonly note: string; readonly checkpoint: Checkpoint } | undefined> => {
  const response = await get('/log/checkpoint')
  const note = await response?.text().catch(() => undefined)
  const read = note === undefined ? undefined : readCheckpoint(note)
  return note !== undefined && read ? { note, checkpoint: read.checkpoint } : undefined
}

/** Under its number every log stands for ever; under /log/ the last one. */
type LogAt = number | 'last'

const tileFrom = async (log: LogAt, at: TileAt): Promise<readonly Uint8Array[] | undefined> => {
  const response = await get(`/log/${log === 'last' ? '' : `${log}/`}${tilePath(at)}`)
  const bytes = await response?.arrayBuffer().catch(() => undefined)
  const tile = bytes && readTile(new Uint8Array(bytes), at.width)
  if (bytes && !tile) withheld = true
  return tile
}

/** A tile that has been filled meanwhile stands for every part of it. */
const tileOf = async (log: LogAt, at: TileAt): Promise<readonly Uint8Array[] | undefined> =>
  (await tileFrom(log, at)) ??
  (at.width < tileWidth ? (await tileFrom(log, { ...at, width: tileWidth }))?.slice(0, at.width) : undefined)

const tilesOf =
  (log: LogAt): TilesReader =>
  async (wanted) => {
    const found = await Promise.all(wanted.map(async (at) => [tilePath(at), await tileOf(log, at)] as const))
    return new Map(found.flatMap(([path, hashes]) => (hashes ? [[path, hashes] as const] : [])))
  }

const logsToldOf = async (): Promise<
  { readonly logs: readonly LogShown[]; readonly hasSigned: boolean } | undefined
> => {
  const answer = await api.call(readLedger, {})
  if (!answer.ok) {
    // Out of reach, signed out or too often is no news; a server that shows a log and will say nothing of it is.
    if (![0, 401, 429].includes(answer.problem.status)) withheld = true
    return undefined
  }
  const { log, earlier, signed } = answer.value
  return { logs: [log, ...earlier], hasSigned: signed !== undefined }
}

type Shown = NonNullable<Awaited<ReturnType<typeof shownNow>>>

const fresh = ({ origin, vkey, note }: Pick<Pin, 'origin' | 'vkey' | 'note'>, now: string): Pin => ({
  origin,
  vkey,
  note,
  metAt: now,
  pinnedAt: now,
  checkedAt: now,
})

/** The log that shows this checkpoint, where it is signed by the key that the log is said to have. */
const signer = (logs: readonly LogShown[], { note, checkpoint }: Shown): LogShown | undefined => {
  const log = logs.find(({ origin }) => origin === checkpoint.origin)
  const verifier = log && verifierOf(log.vkey)
  return verifier && openCheckpoint(note, verifier) ? log : undefined
}

/** The first pin of this browser says nothing: there is nothing yet that it could be compared with. */
const pinFirst = async (now: string): Promise<PinNews> => {
  const told = await logsToldOf()
  const shown = told?.hasSigned ? await shownNow() : undefined
  const log = told && shown && signer(told.logs, shown)
  if (log && shown) await keepPin(fresh({ ...log, note: shown.note }, now))
  return quiet
}

/** What was seen first stays seen: a later one of the same kind does not take its place. */
const clash = async (
  pin: Pin,
  kind: Conflict['kind'],
  shown: string,
  now: string,
  further: Pick<Conflict, 'reason' | 'next'> = {},
): Promise<PinNews> => {
  const conflict = pin.conflict ?? {
    kind,
    pinned: pin.note,
    pinnedAt: pin.pinnedAt,
    shown,
    at: now,
    saved: false,
    ...further,
  }
  if (!pin.conflict) await keepPin({ ...pin, conflict })
  return { kind: 'conflict', pin, conflict, standing: true }
}

/** What is kept and has not been dealt with is told again, whatever the last look found. */
const keptNews = (pin: Pin | undefined): PinNews => {
  if (pin?.conflict) return { kind: 'conflict', pin, conflict: pin.conflict, standing: false }
  return pin?.begun && !pin.begun.seen ? { kind: 'newLog', pin, begun: pin.begun } : quiet
}

/** Once may be an update under way. A server that twice shows a checkpoint and no proof of it has something to hide. */
const unproven = async (pin: Pin, shown: Shown, now: string): Promise<PinNews> => {
  if (!withheld) return keptNews(pin)
  if (pin.withheld) return clash(pin, 'unproven', shown.note, now)
  await keepPin({ ...pin, withheld: true })
  return keptNews(pin)
}

/**
 * Where a new log stands in the pinned one's place: believed only as far as the old key and the old log's tiles prove it.
 * An accident and a forgery look alike where acts are gone, and where a whole installation was made anew: both alarm, and
 * the browser holds to the new log once somebody who has handed on both notes says so.
 */
const meet = async (before: Pin, shown: Shown, now: string): Promise<PinNews> => {
  const verifier = verifierOf(before.vkey)
  if (!verifier) return clash(before, 'pinned', shown.note, now)
  withheld = false
  const told = await logsToldOf()
  const meeting = { pinned: before.note, verifier, shown: shown.note, logs: told?.logs ?? [] }
  const verdict = told ? await meetNewLog(meeting, { tilesOf, verifierOf }) : undefined
  if (!verdict || verdict.kind === 'unproven') return unproven(before, shown, now)
  const furtherOf = ({ origin, vkey, reason }: LogTold): Pick<Conflict, 'reason' | 'next'> => ({
    ...(reason !== undefined && { reason }),
    next: { origin, vkey, note: shown.note },
  })
  if (verdict.kind === 'lost') return clash(before, 'lost', verdict.note, now, furtherOf(verdict.log))
  if (verdict.kind === 'refused') {
    const { fault, note, log } = verdict
    return clash(before, fault, note, now, fault === 'otherHouse' && log ? furtherOf(log) : {})
  }
  const { log, quoted } = verdict
  const begun = {
    after: before.origin,
    reason: log.reason ?? '没有说明原因',
    pinnedSize: readCheckpoint(before.note)?.checkpoint.size ?? 0,
    quotedSize: quoted.size,
    seen: false,
  }
  const pin = { ...fresh({ ...log, note: shown.note }, now), begun }
  await keepPin(pin)
  return { kind: 'newLog', pin, begun }
}

const goOn = async (pin: Pin, shown: Shown, now: string): Promise<PinNews> => {
  const verifier = verifierOf(pin.vkey)
  if (!verifier) return clash(pin, 'pinned', shown.note, now)
  withheld = false
  const verdict = await checkPinned(pin.note, shown.note, tilesOf('last'), verifier)
  if (!verdict.ok) {
    if (verdict.fault.step === 'unproven') return unproven(pin, shown, now)
    return clash(pin, verdict.fault.step, shown.note, now)
  }
  const grown = verdict.current.size > verdict.pinned.size
  const kept = { ...pin, withheld: false, checkedAt: now, ...(grown && { note: shown.note, pinnedAt: now }) }
  await keepPin(kept)
  return keptNews(kept)
}

const look = async (): Promise<PinNews> => {
  const pins = await readPins()
  const last = pins.at(-1)
  const now = new Date().toISOString()
  if (!last) return pinFirst(now)
  const shown = await shownNow()
  if (!shown) return keptNews(last)
  const { origin } = shown.checkpoint
  if (origin === last.origin) return goOn(last, shown, now)
  // An earlier log in the place of a later one is a rollback, however well it goes on by itself.
  return pins.some((pin) => pin.origin === origin) ? clash(last, 'wentBack', shown.note, now) : meet(last, shown, now)
}

/** Compares the log as it is shown now with the one that this browser keeps, and pins the newer one if it holds it. */
export const checkPin = async (): Promise<void> => {
  try {
    tellPinNews(await look())
  } catch {
    // A browser that keeps nothing (a private window) has nothing to compare.
  }
}

/** Somebody has both files and hands them on; only then is the alarm to be ended by hand. */
export const noteSaved = async (pin: Pin, conflict: Conflict, standing: boolean): Promise<void> => {
  const saved = { ...conflict, saved: true }
  await keepPin({ ...pin, conflict: saved })
  tellPinNews({ kind: 'conflict', pin, conflict: saved, standing })
}

/** Where another log stands in the pinned one's place, it is held to that one from now on. */
export const endConflict = async (pin: Pin, { next }: Conflict): Promise<void> => {
  const { conflict: _ended, ...rest } = pin
  await keepPin(rest)
  if (next) await keepPin(fresh(next, new Date().toISOString()))
  tellPinNews(quiet)
}

export const noteSeen = async (pin: Pin): Promise<void> => {
  await keepPin({ ...pin, ...(pin.begun && { begun: { ...pin.begun, seen: true } }) })
  tellPinNews(quiet)
}
