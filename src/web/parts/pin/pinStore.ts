import { z } from 'zod'

/**
 * The checkpoint that this browser keeps of each log it has met. It stays when somebody signs out: it belongs to the
 * browser, and the next who signs in here checks on.
 */
const conflict = z.object({
  /** Why what was shown does not go on from what was kept. */
  kind: z.enum([
    'forked',
    'rolledBack',
    'current',
    'pinned',
    'wentBack',
    'unproven',
    // Of a log that was begun anew: see translog/newLog.ts.
    'otherHouse',
    'notFirst',
    'notQuoted',
    'lost',
  ]),
  /** Both signed notes, verbatim: the pin moves on only if the log does; these two stay as they were. */
  pinned: z.string(),
  pinnedAt: z.string(),
  shown: z.string(),
  at: z.string(),
  /** Whether somebody has saved both to a file. */
  saved: z.boolean(),
  /** Why the new log began, where it says so. */
  reason: z.string().optional(),
  /** The log that stands in the pinned one's place: from here on it is held to that one, once somebody has said so. */
  next: z.object({ origin: z.string(), vkey: z.string(), note: z.string() }).optional(),
})

const pin = z.object({
  origin: z.string(),
  vkey: z.string(),
  /** The signed note, verbatim. */
  note: z.string(),
  /** When this log was first met here, when this checkpoint was pinned, and when it was last found to be held. */
  metAt: z.string(),
  pinnedAt: z.string(),
  checkedAt: z.string(),
  /** Of a log that was begun after another one that was pinned here. */
  begun: z
    .object({
      after: z.string(),
      reason: z.string(),
      /** How many records were pinned of the one before, and how many it is proven to go on from. */
      pinnedSize: z.number(),
      quotedSize: z.number(),
      seen: z.boolean(),
    })
    .optional(),
  /** At the last look the server showed a checkpoint and not the proof that it goes on from this one. */
  withheld: z.boolean().optional(),
  conflict: conflict.optional(),
})

export type Pin = z.infer<typeof pin>
export type Conflict = z.infer<typeof conflict>

const store = 'pin'

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('IndexedDB'))
  })

const connect = (): Promise<IDBDatabase> => {
  const request = indexedDB.open('bihuan-pin', 1)
  request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: 'origin' })
  return settled(request)
}

let opened: Promise<IDBDatabase> | undefined
const database = (): Promise<IDBDatabase> => {
  opened ??= connect()
  return opened
}

/** The last log met stands last. Rejects where the browser keeps nothing (a private window). */
export const readPins = async (): Promise<readonly Pin[]> => {
  const rows: unknown[] = await settled((await database()).transaction(store).objectStore(store).getAll())
  return rows
    .map((row) => pin.safeParse(row))
    .flatMap((read) => (read.success ? [read.data] : []))
    .sort((a, b) => (a.metAt < b.metAt ? -1 : 1))
}

const kept = new EventTarget()

/** Calls back whenever a pin was kept on this page; gives what ends it. */
export const whenPinKept = (then: () => void): (() => void) => {
  kept.addEventListener('kept', then)
  return () => kept.removeEventListener('kept', then)
}

export const keepPin = async (one: Pin): Promise<void> => {
  const transaction = (await database()).transaction(store, 'readwrite')
  transaction.objectStore(store).put(one)
  await new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onerror = () => reject(transaction.error ?? new Error('IndexedDB'))
    transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB'))
  })
  kept.dispatchEvent(new Event('kept'))
}
