import { useEffect, useState } from 'react'
import { type Draft, type DraftFile, dropDraft, freshDraft, keepDraft, readDraft } from '#web/desk/act/draft.ts'
import type { Values } from '#web/desk/act/shape.ts'

/** The form's values, saved as they are typed. `dirty`: something would be lost. */
export const useDraft = (name: string, initial: Values = {}) => {
  const [draft, setDraft] = useState<Draft>(() => readDraft(name) ?? freshDraft({ ...initial }))
  const dirty = JSON.stringify(draft.values) !== JSON.stringify(initial)

  useEffect(() => {
    if (dirty) keepDraft(name, draft)
  }, [name, draft, dirty])

  useEffect(() => {
    if (!dirty) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [dirty])

  const set = (field: string, value: unknown) =>
    setDraft((before) => ({ ...before, values: { ...before.values, [field]: value } }))
  const addFile = (sha256: string, file: DraftFile) =>
    setDraft((before) => ({ ...before, files: { ...before.files, [sha256]: file } }))
  const drop = () => {
    dropDraft(name)
    setDraft(freshDraft({ ...initial }))
  }
  return { draft, dirty, set, addFile, drop }
}
