import { useId, useState } from 'react'
import { attach, detach, useOutbox } from '#web/field/outbox/outbox.ts'
import type { Attached, Pending } from '#web/field/outbox/pending.ts'
import { useAttachmentUrl } from '#web/field/outbox/useAttachmentUrl.ts'
import { fileSize } from '#web/parts/words.ts'

const isPicture = (name: string): boolean => /\.(jpe?g|png|webp|heic|heif|gif|avif)$/i.test(name)

const standing = (entry: Attached, percent: number | undefined): string =>
  entry.sha256 ? '已上传' : percent === undefined ? '待上传' : `上传 ${percent}%`

type TileProps = { readonly commandId: string; readonly entry: Attached; readonly percent: number | undefined }

const Tile = ({ commandId, entry, percent }: TileProps) => {
  const url = useAttachmentUrl(entry.id)
  return (
    <li className="photo-tile">
      {url && isPicture(entry.name) ? (
        <img src={url} alt={entry.name} />
      ) : (
        <span className="file-name">
          {entry.name}
          <br />
          {fileSize(entry.size)}
        </span>
      )}
      <span className="photo-standing" role="status">
        {standing(entry, percent)}
      </span>
      {percent !== undefined && <progress max={100} value={percent} aria-label="上传进度" />}
      <button
        type="button"
        className="photo-remove"
        aria-label={`删去 ${entry.name}`}
        onClick={() => void detach(commandId, entry.id)}
      >
        ×
      </button>
    </li>
  )
}

type FieldProps = {
  readonly command: Pending
  readonly field: string
  readonly label: string
  /** Photographs, or any document. */
  readonly kind: 'photos' | 'files'
  readonly help?: string | undefined
  readonly problem?: string | undefined
}

const most = 20

/** Camera first, album beside it; every photo goes to the phone's storage at once and then to the server. */
export const PhotoField = ({ command, field, label, kind, help, problem }: FieldProps) => {
  const { travelling } = useOutbox()
  const id = useId()
  const [failed, setFailed] = useState<string>()
  const entries = command.attached.filter((one) => one.field === field)
  const take = async (list: FileList | null) => {
    setFailed(undefined)
    try {
      for (const file of [...(list ?? [])].slice(0, most - entries.length)) await attach(command.commandId, field, file)
    } catch {
      setFailed('手机存储已满，照片没有留下。删去一些文件后再拍。')
    }
  }
  const chooser = (name: string, capture: boolean) => (
    <label className="button choose">
      {name}
      <input
        type="file"
        className="unseen"
        aria-label={`${label}：${name}`}
        {...(kind === 'photos' && { accept: 'image/*' })}
        {...(capture ? { capture: 'environment' as const } : { multiple: true })}
        onChange={(event) => {
          void take(event.target.files)
          event.target.value = ''
        }}
      />
    </label>
  )
  return (
    <fieldset className="field" aria-describedby={`${id}-help`}>
      <legend>{label}</legend>
      {entries.length > 0 && (
        <ul className="photos">
          {entries.map((entry) => (
            <Tile key={entry.id} commandId={command.commandId} entry={entry} percent={travelling[entry.id]} />
          ))}
        </ul>
      )}
      <div className="row">
        {kind === 'photos' && chooser(entries.length > 0 ? '再拍一张' : '拍照', true)}
        {chooser(kind === 'photos' ? '从相册选' : '选文件', false)}
      </div>
      <div id={`${id}-help`}>
        {help && <p className="help">{help}</p>}
        {(problem ?? failed) && <p className="refusal">{problem ?? failed}</p>}
      </div>
    </fieldset>
  )
}
