import { useSyncExternalStore } from 'react'

const narrow = window.matchMedia('(max-width: 900px)')

const subscribe = (told: () => void) => {
  narrow.addEventListener('change', told)
  return () => narrow.removeEventListener('change', told)
}

/** No room for a margin beside the reading column. */
export const useNarrow = (): boolean => useSyncExternalStore(subscribe, () => narrow.matches)
