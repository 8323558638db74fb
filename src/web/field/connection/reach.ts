import { useSyncExternalStore } from 'react'

/** Whether the server answered last time: the radio may claim to be online at the bottom of a pit. */
let reached = true
const watchers = new Set<() => void>()

const set = (now: boolean): void => {
  if (now === reached) return
  reached = now
  for (const watcher of watchers) watcher()
}

window.addEventListener('offline', () => set(false))
window.addEventListener('online', () => set(true))

export const noteReached = (now: boolean): void => set(now && navigator.onLine)

const subscribe = (watcher: () => void): (() => void) => {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

export const useReached = (): boolean => useSyncExternalStore(subscribe, () => reached && navigator.onLine)
