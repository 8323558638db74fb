import { App, Button } from 'antd'
import { copyText } from '#web/desk/shown/copyText.ts'

type Props = { text: string; about: string; word?: string }

/** One click, and the text stands ready to be pasted into the group chat. */
export const CopyReminder = ({ text, about, word = '复制催办' }: Props) => {
  const { message, modal } = App.useApp()
  const copy = async () => {
    if (await copyText(text)) return message.success('催办的话已复制，可以贴到群里')
    modal.info({ title: '请手动复制', content: text })
  }
  return (
    <Button size="small" className="remind" onClick={() => void copy()} aria-label={`${word}：${about}`}>
      {word}
    </Button>
  )
}
