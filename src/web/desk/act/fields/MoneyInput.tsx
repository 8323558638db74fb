import { Input } from 'antd'
import { useState } from 'react'
import { formatYuan, parseYuan } from '#domain/money.ts'
import type { InputProps } from '#web/desk/act/fields/inputProps.ts'

const written = (value: unknown): string =>
  typeof value === 'number' ? formatYuan(value).replace(' 元', '') : typeof value === 'string' ? value : ''

/** Yuan as people write it (`12,300`, `18.6万`); fen go out. What cannot be read stays as typed and is complained of. */
export const MoneyInput = ({ id, value, onChange }: InputProps) => {
  const [typed, setTyped] = useState(() => written(value))
  const read = typed === '' ? undefined : parseYuan(typed)
  const change = (next: string) => {
    setTyped(next)
    const amount = next.trim() === '' ? undefined : parseYuan(next)
    onChange(amount?.ok ? amount.value : amount ? next : undefined)
  }
  return (
    <>
      <Input
        id={id}
        className="money"
        inputMode="decimal"
        suffix="元"
        value={typed}
        onChange={({ target }) => change(target.value)}
        onBlur={() => typeof value === 'number' && setTyped(written(value))}
      />
      {read && (
        <span className="soft money-read">
          {read.ok ? `即 ${formatYuan(read.value)}` : [read.refusal.message, read.refusal.remedy].join('；')}
        </span>
      )}
    </>
  )
}
