import { type Pending, pending } from '#web/field/outbox/pending.ts'

/**
 * What is not received yet, kept in the phone (IndexedDB): it outlives a closed tab. Where the browser keeps nothing
 * (private window), it lives in memory and the page says so.
 */
const databaseName = 'bihuan-outbox'
const commands = 'command'
const bytes = 'bytes'

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('IndexedDB'))
  })

const connect = async (): Promise<IDBDatabase> => {
  const request = indexedDB.open(databaseName, 1)
  request.onupgradeneeded = () => {
    request.result.createObjectStore(commands, { keyPath: 'commandId' })
    request.result.createObjectStore(bytes)
  }
  return settled(request)
}

let opened: Promise<IDBDatabase | undefined> | undefined
const database = (): Promise<IDBDatabase | undefined> => {
  opened ??= connect().catch(() => undefined)
  return opened
}

export const keepsAfterClosing = async (): Promise<boolean> => (await database()) !== undefined

const memory = new Map<string, Blob>()

/** Resolves when the transaction is on disk, not when it was asked for. */
const write = async (stores: string[], work: (transaction: IDBTransaction) => void): Promise<void> => {
  const found = await database()
  if (!found) return
  await new Promise<void>((resolve, reject) => {
    const transaction = found.transaction(stores, 'readwrite')
    transaction.oncomplete = () => resolve()
    transaction.onerror = () => reject(transaction.error ?? new Error('IndexedDB'))
    transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB'))
    work(transaction)
  })
}

export const saveCommand = (command: Pending): Promise<void> =>
  write([commands], (transaction) => transaction.objectStore(commands).put(command))

export const saveBytes = async (id: string, blob: Blob): Promise<void> => {
  memory.set(id, blob)
  await write([bytes], (transaction) => transaction.objectStore(bytes).put(blob, id))
}

export const readBytes = async (id: string): Promise<Blob | undefined> => {
  const held = memory.get(id)
  if (held) return held
  const found = await database()
  if (!found) return undefined
  const blob: unknown = await settled(found.transaction(bytes).objectStore(bytes).get(id))
  if (!(blob instanceof Blob)) return undefined
  memory.set(id, blob)
  return blob
}

export const dropBytes = async (id: string): Promise<void> => {
  memory.delete(id)
  await write([bytes], (transaction) => transaction.objectStore(bytes).delete(id))
}

export const dropCommand = async ({ commandId, attached }: Pending): Promise<void> => {
  for (const { id } of attached) memory.delete(id)
  await write([commands, bytes], (transaction) => {
    transaction.objectStore(commands).delete(commandId)
    for (const { id } of attached) transaction.objectStore(bytes).delete(id)
  })
}

export const readCommands = async (): Promise<Pending[]> => {
  const found = await database()
  if (!found) return []
  const rows: unknown[] = await settled(found.transaction(commands).objectStore(commands).getAll())
  return rows.flatMap((row) => {
    const parsed = pending.safeParse(row)
    return parsed.success ? [parsed.data] : []
  })
}
