import { Button, Progress } from 'antd'
import { useRef, useState } from 'react'
import { filePath } from '#contract/file.ts'
import { type InputProps, strings } from '#web/desk/act/fields/inputProps.ts'
import { usePlace } from '#web/desk/act/place.ts'
import { problemText } from '#web/parts/api.ts'
import { upload } from '#web/parts/upload.ts'
import { fileSize } from '#web/parts/words.ts'

type Sending = { readonly key: string; readonly name: string; readonly share: number; readonly failed?: string }

const Waiting = ({ sending, dismiss }: { sending: readonly Sending[]; dismiss: (key: string) => void }) => (
  <ul className="uploads">
    {sending.map(({ key, name, share, failed }) => (
      <li key={key}>
        <span>{name}</span>
        {failed ? (
          <span role="alert">
            <strong>{failed}</strong>
            <Button type="link" size="small" onClick={() => dismiss(key)}>
              知道了
            </Button>
          </span>
        ) : (
          <Progress percent={Math.round(share * 100)} size="small" />
        )}
      </li>
    ))}
  </ul>
)

/** Files go up before the record that names them is saved, with progress; pictures show as thumbnails. */
export const FilesInput = ({ id, field, value, onChange }: InputProps) => {
  const { tenantId, files, addFile } = usePlace()
  const [sending, setSending] = useState<readonly Sending[]>([])
  const chooser = useRef<HTMLInputElement>(null)
  const chosen = useRef(strings(value))
  chosen.current = strings(value)
  const pictures = field.meta.widget === 'photos'

  const change = (key: string, more: Partial<Sending>) =>
    setSending((all) => all.map((one) => (one.key === key ? { ...one, ...more } : one)))
  const dismiss = (key: string) => setSending((all) => all.filter((one) => one.key !== key))

  const send = async (file: File) => {
    const key = crypto.getRandomValues(new Uint32Array(1)).join()
    setSending((all) => [...all, { key, name: file.name, share: 0 }])
    const sent = await upload(tenantId, file, (share) => change(key, { share }))
    if (!sent.ok) return change(key, { failed: problemText(sent.problem) })
    dismiss(key)
    addFile(sent.file.sha256, { name: sent.file.name, mime: sent.file.mime, size: sent.file.size })
    chosen.current = [...new Set([...chosen.current, sent.file.sha256])]
    onChange(chosen.current)
  }
  const take = async (list: FileList | null) => {
    for (const file of list ?? []) await send(file)
    if (chooser.current) chooser.current.value = ''
  }
  const remove = (sha256: string) => onChange(chosen.current.filter((one) => one !== sha256))

  return (
    <div className="files-input">
      <ul className={pictures ? 'thumbs' : 'file-list'}>
        {chosen.current.map((sha256) => (
          <li key={sha256}>
            {files[sha256]?.mime.startsWith('image/') && (
              <img src={filePath(tenantId, sha256, 'thumb')} alt={files[sha256].name} width={96} height={96} />
            )}
            <span className="file-name">
              {files[sha256]?.name ?? sha256.slice(0, 8)}
              {files[sha256] && <small className="soft"> {fileSize(files[sha256].size)}</small>}
            </span>
            <Button size="small" type="text" onClick={() => remove(sha256)} aria-label={`去掉 ${files[sha256]?.name}`}>
              去掉
            </Button>
          </li>
        ))}
      </ul>
      <Waiting sending={sending} dismiss={dismiss} />
      <input
        ref={chooser}
        id={id}
        type="file"
        multiple
        className="off-screen"
        {...(pictures && { accept: 'image/*' })}
        onChange={({ target }) => void take(target.files)}
      />
      <Button onClick={() => chooser.current?.click()}>{pictures ? '选择照片' : '选择文件'}</Button>
    </div>
  )
}
