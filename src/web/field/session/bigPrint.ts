import { useSyncExternalStore } from 'react'
import { z } from 'zod'
import { remembered } from '#web/field/connection/remembered.ts'

const kept = remembered('bihuan.bigPrint', z.boolean())
let big = kept.read() ?? false
const watchers = new Set<() => void>()

/** 大字: 18 px instead of 16. */
export const applyBigPrint = (): void => {
  document.documentElement.dataset.print = big ? 'big' : 'usual'
}

export const setBigPrint = (now: boolean): void => {
  big = now
  kept.write(now)
  applyBigPrint()
  for (const watcher of watchers) watcher()
}

export const useBigPrint = (): boolean =>
  useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => big,
  )
