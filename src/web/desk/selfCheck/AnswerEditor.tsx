import { Button, Checkbox, Input } from 'antd'
import { type KeyboardEvent, useState } from 'react'
import type { ShownAnswer, ShownItem } from '#contract/selfCheck.ts'
import { fieldMeta } from '#domain/field.ts'
import { answer } from '#domain/selfCheck/answer.ts'
import { selfCheckBodies } from '#domain/selfCheck/decide.ts'
import type { DraftFile } from '#web/desk/act/draft.ts'
import { FilesInput } from '#web/desk/act/fields/FilesInput.tsx'
import { PlaceContext } from '#web/desk/act/place.ts'
import type { FormField } from '#web/desk/act/shape.ts'
import type { GivenAtDesk } from '#web/desk/selfCheck/useSheet.ts'

type Props = {
  readonly mineId: string
  readonly item: ShownItem
  readonly outcome: 'bad' | 'notApplicable'
  readonly before: ShownAnswer | undefined
  readonly onGive: (given: GivenAtDesk) => void
  readonly onCancel: () => void
}

const paperSchema = selfCheckBodies.sign.shape.paper
const meta = fieldMeta(paperSchema)

/** A photo field as the acts' own forms draw it, outside of such a form. */
export const PhotosInput = ({
  mineId,
  value,
  onChange,
}: {
  mineId: string
  value: readonly string[]
  onChange: (value: readonly string[]) => void
}) => {
  const [files, setFiles] = useState<Readonly<Record<string, DraftFile>>>({})
  if (!meta) return null
  const field: FormField = { name: 'photos', meta, required: false }
  return (
    <PlaceContext
      value={{
        tenantId: mineId,
        tenantName: '',
        files,
        addFile: (sha256, file) => setFiles((all) => ({ ...all, [sha256]: file })),
      }}
    >
      <FilesInput
        id={`photos-${mineId}`}
        field={field}
        value={value}
        onChange={(next) => onChange(Array.isArray(next) ? next.map(String) : [])}
      />
    </PlaceContext>
  )
}

/** Where and what, or why it does not concern the mine. Enter saves, Escape leaves it as it was. */
export const AnswerEditor = ({ mineId, item, outcome, before, onGive, onCancel }: Props) => {
  const [place, setPlace] = useState(before?.place ?? '')
  const [note, setNote] = useState(before?.note ?? '')
  const [reason, setReason] = useState(before?.reason ?? '')
  const [tooDangerous, setTooDangerous] = useState(before?.tooDangerous ?? false)
  const [photos, setPhotos] = useState<readonly string[]>(before?.photos ?? [])
  const [told, setTold] = useState<string>()

  const give = () => {
    const given: GivenAtDesk =
      outcome === 'bad'
        ? {
            item: item.code,
            outcome,
            ...(place.trim() && { place: place.trim() }),
            ...(note.trim() && { note: note.trim() }),
            ...(tooDangerous && { tooDangerous }),
            ...(photos.length > 0 && { photos: [...photos] }),
          }
        : { item: item.code, outcome, ...(reason.trim() && { reason: reason.trim() }) }
    const wrong = answer.safeParse({ ...given, seq: 0 }).error?.issues[0]?.message
    setTold(wrong)
    if (!wrong) onGive(given)
  }
  const keys = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.key === 'Escape') onCancel()
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || !(event.target instanceof HTMLInputElement)) return
    event.preventDefault()
    give()
  }
  return (
    <fieldset className="answer-editor" aria-label={`${item.number} 的说明`} onKeyDown={keys}>
      {outcome === 'bad' ? (
        <>
          <Input
            autoFocus
            aria-label="情况"
            placeholder="什么情况，例如：车挡塌了约 5 米"
            value={note}
            maxLength={1000}
            onChange={(event) => setNote(event.target.value)}
          />
          <Input
            aria-label="部位"
            placeholder="部位"
            value={place}
            maxLength={100}
            onChange={(event) => setPlace(event.target.value)}
          />
          <PhotosInput mineId={mineId} value={photos} onChange={setPhotos} />
          <Checkbox checked={tooDangerous} onChange={(event) => setTooDangerous(event.target.checked)}>
            危险，不宜靠近
          </Checkbox>
        </>
      ) : (
        <Input
          autoFocus
          aria-label="不涉及的理由"
          placeholder="不涉及的理由"
          value={reason}
          maxLength={300}
          onChange={(event) => setReason(event.target.value)}
        />
      )}
      {told && (
        <p role="alert" className="answer-told">
          {told}
        </p>
      )}
      <div className="answer-acts">
        <Button size="small" type="primary" onClick={give}>
          {outcome === 'bad' ? '报有问题' : '记不涉及'}
        </Button>
        <Button size="small" onClick={onCancel}>
          不这样答
        </Button>
      </div>
    </fieldset>
  )
}
