import { useState } from 'react'
import { answer } from '#domain/selfCheck/answer.ts'
import { usePlaces } from '#web/field/hazard/reads.ts'
import type { PendingAnswer } from '#web/field/outbox/pending.ts'
import { PhotoField } from '#web/field/photo/PhotoField.tsx'
import { type Given, givenIn } from '#web/field/selfCheck/savedAnswer.ts'

type DetailsProps = { readonly draft: PendingAnswer; readonly change: (given: Given) => void }

/** Where, what, and a photo; a photo is no reason to go near danger (PRACTICE A10). */
export const Details = ({ draft, change }: DetailsProps) => {
  const { place = '', note = '', tooDangerous = false } = givenIn(draft)
  const places = usePlaces(draft.tenantId)
  return (
    <div className="stack">
      <fieldset className="field">
        <legend>部位</legend>
        <div className="chips">
          {places.map((one) => (
            <button
              key={one}
              type="button"
              className="chip"
              aria-pressed={place === one}
              onClick={() => change({ place: place === one ? '' : one })}
            >
              {one}
            </button>
          ))}
        </div>
        <input
          value={places.includes(place) ? '' : place}
          onChange={(event) => change({ place: event.target.value })}
          placeholder={places.length > 0 ? '别的部位，写在这里' : '例如：上山道路中段'}
          aria-label="部位（自己写）"
          maxLength={100}
        />
      </fieldset>
      <label className="field">
        <span>情况</span>
        <textarea
          value={note}
          rows={3}
          maxLength={1000}
          onChange={(event) => change({ note: event.target.value })}
          placeholder="看到什么，例如：车挡塌了约 5 米"
        />
      </label>
      {!tooDangerous && (
        <PhotoField command={draft} field="photos" label="照片" kind="photos" help="从远处拍即可，不要靠近危险处" />
      )}
      <label className="option">
        <input
          type="checkbox"
          checked={tooDangerous}
          onChange={(event) => change({ tooDangerous: event.target.checked || undefined })}
        />
        <span>危险，不宜靠近</span>
      </label>
    </div>
  )
}

/** What stands against giving it so, in the schema's own words. */
const complaint = (draft: PendingAnswer): string | undefined => {
  const given = givenIn(draft)
  const read = answer.safeParse({ ...given, item: draft.item, seq: 0 })
  return read.error?.issues[0]?.message
}

type FormProps = DetailsProps & {
  readonly giveWord: string
  readonly onGive: () => void
  readonly onCancel: () => void
}

const Action = ({ draft, giveWord, onGive, onCancel }: FormProps) => {
  const [told, setTold] = useState<string>()
  const give = () => {
    const found = complaint(draft)
    setTold(found)
    if (!found) onGive()
  }
  const standing = told ?? draft.refused?.detail
  return (
    <div className="action">
      {standing && (
        <p className="refusal" role="alert">
          {standing}
        </p>
      )}
      <div className="row">
        <button type="button" className="button quiet" onClick={onCancel}>
          不这样答
        </button>
        <button type="button" className="button primary large grow" data-act="give" onClick={give}>
          {giveWord}
        </button>
      </div>
    </div>
  )
}

/** 有问题: sent at once and registered at once, without waiting for the sheet (PRACTICE A3). */
export const BadForm = (props: FormProps) => (
  <>
    <Details draft={props.draft} change={props.change} />
    <Action {...props} />
  </>
)

const usualReasons = ['本矿没有这项设施', '本矿没有这项作业'] as const

/** 不涉及 is said with its reason. */
export const ReasonForm = (props: FormProps) => {
  const { reason = '' } = givenIn(props.draft)
  return (
    <>
      <fieldset className="field">
        <legend>不涉及的理由</legend>
        <div className="chips">
          {usualReasons.map((one) => (
            <button
              key={one}
              type="button"
              className="chip"
              aria-pressed={reason === one}
              onClick={() => props.change({ reason: one })}
            >
              {one}
            </button>
          ))}
        </div>
        <textarea
          value={reason}
          rows={2}
          maxLength={300}
          aria-label="不涉及的理由"
          onChange={(event) => props.change({ reason: event.target.value })}
        />
      </fieldset>
      <Action {...props} />
    </>
  )
}
