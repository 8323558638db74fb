import { Drawer, Input } from 'antd'
import { useState } from 'react'
import { postBoard } from '#contract/board.ts'
import { boardActs } from '#domain/board/record.ts'
import { fieldMeta } from '#domain/field.ts'
import { FilesInput } from '#web/desk/act/fields/FilesInput.tsx'
import { strings } from '#web/desk/act/fields/inputProps.ts'
import { type Place, PlaceContext } from '#web/desk/act/place.ts'
import { Registered, Registration } from '#web/desk/shown/Registration.tsx'
import { api } from '#web/parts/api.ts'
import { newCommandId } from '#web/parts/commandId.ts'

type Props = { mineId: string; mineName: string; close: () => void; done: () => Promise<void> }

const photosMeta = fieldMeta(boardActs.post.shape.photos)

/** 张贴: recorded once for the sheet, and each hazard on it becomes 已公示. */
export const PostSheet = ({ mineId, mineName, close, done }: Props) => {
  const [where, setWhere] = useState('')
  const [photos, setPhotos] = useState<readonly string[]>([])
  const [files, setFiles] = useState<Place['files']>({})
  const [commandId] = useState(newCommandId)
  const send = async () => {
    const answer = await api.call(postBoard, { params: { mineId }, body: { commandId, where, photos: [...photos] } })
    if (!answer.ok) return answer.problem
    await done()
    return undefined
  }
  const place: Place = {
    tenantId: mineId,
    tenantName: mineName,
    files,
    addFile: (sha256, file) => setFiles((all) => ({ ...all, [sha256]: file })),
  }
  return (
    <Drawer open onClose={close} title="记张贴" size={480}>
      <p>记一次，牌上每条没有销号的隐患都记上“公示”。</p>
      <PlaceContext value={place}>
        <Registration label="记张贴" verb="记张贴" dirty={where !== '' || photos.length > 0} send={send} cancel={close}>
          {(wrong) => (
            <>
              <Registered name="where" label="张贴位置" help="企业醒目位置，例如矿门公示栏" wrong={wrong}>
                <Input id="where" value={where} onChange={({ target }) => setWhere(target.value)} />
              </Registered>
              {photosMeta && (
                <Registered name="photos" label="张贴照片" wrong={wrong}>
                  <FilesInput
                    id="photos"
                    field={{ name: 'photos', meta: photosMeta, required: false }}
                    value={photos}
                    onChange={(value) => setPhotos(strings(value))}
                  />
                </Registered>
              )}
            </>
          )}
        </Registration>
      </PlaceContext>
    </Drawer>
  )
}
