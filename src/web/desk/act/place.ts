import { createContext, useContext } from 'react'
import type { DraftFile } from '#web/desk/act/draft.ts'

/** Where the form stands: which tenant keeps its files, whose people and criteria it offers. */
export type Place = {
  readonly tenantId: string
  readonly tenantName: string
  readonly mineId?: string | undefined
  /** The day of finding: criteria are offered as they stood then. */
  readonly foundOn?: string | undefined
  readonly hazardId?: string | undefined
  readonly files: Readonly<Record<string, DraftFile>>
  readonly addFile: (sha256: string, file: DraftFile) => void
}

export const PlaceContext = createContext<Place | undefined>(undefined)

export const usePlace = (): Place => {
  const place = useContext(PlaceContext)
  if (!place) throw new Error('usePlace is called outside an act form')
  return place
}
