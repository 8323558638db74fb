import { App, Button } from 'antd'
import type { ReactNode } from 'react'
import { copyText } from '#web/desk/shown/copyText.ts'

type Props = { text: string; label: string; done: string; children: ReactNode }

export const CopyButton = ({ text, label, done, children }: Props) => {
  const { message } = App.useApp()
  const copy = async () => {
    if (await copyText(text)) return message.success(done)
    return message.info('浏览器不让复制，请手动选中')
  }
  return (
    <Button size="small" type="text" className="copy" title={label} onClick={() => void copy()}>
      {children}
    </Button>
  )
}
