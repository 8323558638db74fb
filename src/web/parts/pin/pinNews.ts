import { useSyncExternalStore } from 'react'
import type { Conflict, Pin } from '#web/parts/pin/pinStore.ts'

/** What the last look at the log has to tell; nothing is the usual case. */
export type PinNews =
  | { readonly kind: 'quiet' }
  /** `standing`: the check fails at this moment; else it failed once, and both checkpoints are still kept. */
  | { readonly kind: 'conflict'; readonly pin: Pin; readonly conflict: Conflict; readonly standing: boolean }
  | { readonly kind: 'newLog'; readonly pin: Pin; readonly begun: NonNullable<Pin['begun']> }

let news: PinNews = { kind: 'quiet' }
const watchers = new Set<() => void>()

export const tellPinNews = (now: PinNews): void => {
  if (now.kind === 'quiet' && news.kind === 'quiet') return
  news = now
  for (const watcher of watchers) watcher()
}

const subscribe = (watcher: () => void): (() => void) => {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

export const usePinNews = (): PinNews => useSyncExternalStore(subscribe, () => news)
