import { useEffect } from 'react'
import { PersonSelect } from '#web/field/hazard/PersonSelect.tsx'
import type { PendingAct } from '#web/field/outbox/pending.ts'
import { PhotoField } from '#web/field/photo/PhotoField.tsx'
import { useSession } from '#web/field/session/session.tsx'

const usualMeasures = ['现场清除', '更换修复', '加固补齐', '撤离并设警戒']

const word = (value: unknown): string => (typeof value === 'string' ? value : '')

type FixedFieldsProps = { readonly command: PendingAct; readonly set: (answers: Record<string, unknown>) => void }

/** 当场整改: who mended it and how; who reports it checks it, unless said otherwise. */
export const FixedFields = ({ command, set }: FixedFieldsProps) => {
  const { personId } = useSession()
  const { body, tenantId } = command
  const unset = body.checkedBy === undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: proposed once, when the fields appear
  useEffect(() => {
    if (unset && personId) set({ checkedBy: personId })
  }, [personId])
  return (
    <div className="stack inset">
      <PersonSelect
        label="整改人"
        tenantId={tenantId}
        value={word(body.responsible)}
        onChange={(responsible) => set({ responsible })}
      />
      <fieldset className="field">
        <legend>怎么改的</legend>
        <div className="chips">
          {usualMeasures.map((measure) => (
            <button
              key={measure}
              type="button"
              className="chip"
              aria-pressed={word(body.measures) === measure}
              onClick={() => set({ measures: measure })}
            >
              {measure}
            </button>
          ))}
        </div>
        <textarea
          value={word(body.measures)}
          rows={2}
          maxLength={500}
          aria-label="怎么改的"
          onChange={(event) => set({ measures: event.target.value })}
        />
      </fieldset>
      <PersonSelect
        label="复查人"
        tenantId={tenantId}
        value={word(body.checkedBy)}
        onChange={(checkedBy) => set({ checkedBy })}
        help="不能是整改人自己"
      />
      <PhotoField command={command} field="afterPhotos" label="整改后照片（可以不拍）" kind="photos" />
    </div>
  )
}
