import { Button } from 'antd'
import { useRef, useState } from 'react'
import { fileSize } from '#web/parts/words.ts'

type Props = { file: File | undefined; busy: boolean; onFile: (file: File) => void }

/** Where a workbook is dropped, or chosen by keyboard. */
export const Drop = ({ file, busy, onFile }: Props) => {
  const chooser = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const take = (list: FileList | null) => {
    const [first] = list ?? []
    if (first) onFile(first)
    // The same file, mended, can be chosen again.
    if (chooser.current) chooser.current.value = ''
  }
  return (
    <section
      aria-label="选择表格"
      className="drop"
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        take(event.dataTransfer.files)
      }}
    >
      <input
        ref={chooser}
        id="import-file"
        type="file"
        className="off-screen"
        aria-label="表格文件"
        accept=".xlsx,.xls,.csv,.xlsm,.et"
        onChange={({ target }) => take(target.files)}
      />
      <Button size="large" type={file ? 'default' : 'primary'} loading={busy} onClick={() => chooser.current?.click()}>
        {file ? '换一个表格' : '选择表格'}
      </Button>
      <p className="soft">
        {file ? `${file.name}，${fileSize(file.size)}` : '也可以把表格拖到这里。.xlsx、.xls、.csv 都行，最大 20 MB。'}
      </p>
    </section>
  )
}
