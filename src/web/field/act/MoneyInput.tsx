import { useId, useState } from 'react'
import { formatYuan, parseYuan } from '#domain/money.ts'

type MoneyInputProps = {
  readonly label: string
  /** fen */
  readonly value: number | undefined
  readonly onChange: (fen: number | undefined) => void
  readonly help?: string | undefined
  readonly problem?: string | undefined
}

const yuan = (fen: number | undefined): string => (fen === undefined ? '' : String(fen / 100))

/** Typed as people write money (12300、18.6万元); kept in fen. The amount is read back, so that 元 and 万元 are not mixed up. */
export const MoneyInput = ({ label, value, onChange, help, problem }: MoneyInputProps) => {
  const [typed, setTyped] = useState(() => yuan(value))
  const [unread, setUnread] = useState<string>()
  const id = useId()
  const change = (text: string) => {
    setTyped(text)
    if (text.trim() === '') {
      setUnread(undefined)
      return onChange(undefined)
    }
    const read = parseYuan(text)
    setUnread(read.ok ? undefined : `${read.refusal.message}，${read.refusal.remedy ?? ''}`)
    onChange(read.ok ? read.value : undefined)
  }
  return (
    <div className="field">
      <label htmlFor={id}>{label}（元）</label>
      <input id={id} inputMode="decimal" value={typed} onChange={(event) => change(event.target.value)} />
      {value !== undefined && <p className="help number">{formatYuan(value)}</p>}
      {help && <p className="help">{help}</p>}
      {(unread ?? problem) && <p className="refusal">{unread ?? problem}</p>}
    </div>
  )
}
