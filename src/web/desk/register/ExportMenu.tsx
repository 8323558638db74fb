import { App, Button, Dropdown } from 'antd'
import { useState } from 'react'
import { type ExportFormat, exportRegister, readExport } from '#contract/register.ts'
import type { View } from '#domain/register/view.ts'
import { saveFile } from '#web/desk/importing/saveFile.ts'
import { api, problemText } from '#web/parts/api.ts'
import { newCommandId } from '#web/parts/commandId.ts'

type Progress = { readonly written: number; readonly total: number }

const askEveryMs = 700

/** Every row that matches, in the columns that are shown; how far it has come is told while it runs. */
export const ExportMenu = ({ view }: { view: Omit<View, 'name'> }) => {
  const { message } = App.useApp()
  const [progress, setProgress] = useState<Progress>()
  const run = async (format: ExportFormat) => {
    const commandId = newCommandId()
    setProgress({ written: 0, total: 0 })
    const asking = setInterval(async () => {
      const answer = await api.call(readExport, { params: { id: commandId } })
      if (answer.ok) setProgress(answer.value)
    }, askEveryMs)
    const { columns, filter, sort, descending } = view
    const body = { commandId, format, columns: [...columns], filter, sort, descending }
    const file = await api.download(exportRegister, { body })
    clearInterval(asking)
    setProgress(undefined)
    if (file.ok) saveFile(file.value.content, file.value.fileName)
    else message.error(problemText(file.problem))
  }
  const items = [
    { key: 'xlsx', label: '表格文件 .xlsx（用 WPS 打开）', onClick: () => void run('xlsx') },
    { key: 'csv', label: '文本 .csv', onClick: () => void run('csv') },
  ]
  return (
    <Dropdown menu={{ items }} autoFocus trigger={['click']} disabled={progress !== undefined}>
      <Button loading={progress !== undefined}>
        {progress ? `正在导出 ${progress.written} / ${progress.total || '…'}` : '导出'}
      </Button>
    </Dropdown>
  )
}
