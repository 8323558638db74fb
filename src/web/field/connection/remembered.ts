import type { z } from 'zod'

/** Small things kept on this phone. What cannot be read any more counts as not there; a full or blocked storage is no reason to stop. */
export const remembered = <S extends z.ZodType>(key: string, schema: S) => ({
  read: (): z.output<S> | undefined => {
    try {
      const found = schema.safeParse(JSON.parse(localStorage.getItem(key) ?? 'null'))
      return found.success ? found.data : undefined
    } catch {
      return undefined
    }
  },
  write: (value: z.input<S>): void => {
    try {
      localStorage.setItem(key, JSON.stringify(value))
    } catch {
      // Blocked or full: the value lives as long as the page.
    }
  },
  forget: (): void => {
    try {
      localStorage.removeItem(key)
    } catch {
      // Nothing was kept, nothing is to be removed.
    }
  },
})
