import { z } from 'zod'
import { newCommandId } from '#web/parts/commandId.ts'

const shownFile = z.object({ name: z.string(), mime: z.string(), size: z.number() })

const draft = z.object({
  commandId: z.string(),
  /** The new record's id, where the act begins one. */
  newId: z.string(),
  values: z.record(z.string(), z.unknown()),
  files: z.record(z.string(), shownFile),
})

export type Draft = z.infer<typeof draft>
export type DraftFile = z.infer<typeof shownFile>

const keyOf = (name: string): string => `bihuan.draft.${name}`

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export const freshDraft = (values: Draft['values'] = {}): Draft => ({
  commandId: newCommandId(),
  newId: newCommandId(),
  values,
  files: {},
})

/** A draft lives in this tab until it is sent or given up; a reload or a session that ran out does not lose it. */
export const readDraft = (name: string): Draft | undefined => {
  const kept = sessionStorage.getItem(keyOf(name))
  const read = kept ? draft.safeParse(parsed(kept)) : undefined
  return read?.success ? read.data : undefined
}

export const keepDraft = (name: string, value: Draft): void => {
  try {
    sessionStorage.setItem(keyOf(name), JSON.stringify(value))
  } catch {
    // A full or forbidden store costs the draft, never the form.
  }
}

export const dropDraft = (name: string): void => sessionStorage.removeItem(keyOf(name))
