import { v7 as uuidv7 } from 'uuid'
import { vi } from 'vitest'
import type { z } from 'zod'
import {
  type ImportPlanShown,
  type ImportShown,
  type importSettings,
  planOfImport,
  readImport,
  takeImport,
  type takeSettings,
} from '#contract/importing.ts'
import { granted, type Person } from '#tests/support/district.ts'

export type Workbook = { readonly bytes: Uint8Array; readonly fileName: string }

export const sent = ({ bytes, fileName }: Workbook) => ({ file: new Blob([new Uint8Array(bytes)]), fileName })

type Settings = Partial<z.input<typeof importSettings>>
type Taking = Partial<z.input<typeof takeSettings>>

export const plan = (who: Person, workbook: Workbook, settings: Settings = {}) =>
  who.upload(planOfImport, {
    settings: { kind: 'mines', importId: uuidv7(), ...settings },
    ...sent(workbook),
  })

export const planned = async (...given: Parameters<typeof plan>): Promise<ImportPlanShown> =>
  granted(await plan(...given))

export const take = (who: Person, workbook: Workbook, settings: Taking = {}) =>
  who.upload(takeImport, {
    settings: { kind: 'mines', importId: uuidv7(), commandId: uuidv7(), take: 'all', ...settings },
    ...sent(workbook),
  })

/** Waits until the job has dealt with every row. */
export const carriedOut = (who: Person, { tenantId, id }: Pick<ImportShown, 'tenantId' | 'id'>): Promise<ImportShown> =>
  vi.waitFor(
    async () => {
      const shown = granted(await who.call(readImport, { params: { tenantId, id } }))
      if (shown.ended < shown.total) throw new Error(`${shown.ended} of ${shown.total}`)
      return shown
    },
    { timeout: 25_000, interval: 100 },
  )
