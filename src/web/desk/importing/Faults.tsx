import { Button, Input } from 'antd'
import { useState } from 'react'
import type { ImportFaultShown } from '#contract/importing.ts'

type Props = {
  faults: readonly ImportFaultShown[]
  busy: boolean
  /** Takes the row as it stands, with the reason. */
  onVouch: (row: ImportFaultShown, reason: string) => void
}

/** A contradiction that may be as it is: whoever says so says why. */
const Vouch = ({ fault, busy, onVouch }: { fault: ImportFaultShown } & Omit<Props, 'faults'>) => {
  const [reason, setReason] = useState('')
  const name = `表“${fault.sheet}”第 ${fault.row} 行照收的理由`
  return (
    <form
      className="import-vouch"
      onSubmit={(event) => {
        event.preventDefault()
        if (reason.trim() !== '') onVouch(fault, reason.trim())
      }}
    >
      <Input
        size="small"
        aria-label={name}
        placeholder="确实如此的，写明理由"
        maxLength={300}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      <Button size="small" htmlType="submit" disabled={busy || reason.trim() === ''}>
        照收
      </Button>
    </form>
  )
}

const atOnce = 100

const holds = (fault: ImportFaultShown, text: string): boolean =>
  [fault.sheet, String(fault.row), fault.title ?? '', fault.reason, fault.remedy].some((part) => part.includes(text))

const itemOf = (fault: ImportFaultShown): string => fault.title ?? '整行'

const countsOf = (faults: readonly ImportFaultShown[]): readonly (readonly [string, number])[] => {
  const counts = new Map<string, number>()
  for (const fault of faults) counts.set(itemOf(fault), (counts.get(itemOf(fault)) ?? 0) + 1)
  return [...counts]
}

/** Every fault with its place, narrowed by item or by words. */
export const Faults = ({ faults, busy, onVouch }: Props) => {
  const [title, setTitle] = useState<string>()
  const [text, setText] = useState('')
  const [shown, setShown] = useState(atOnce)
  const counts = countsOf(faults)
  const wanted = faults.filter((fault) => (title === undefined || itemOf(fault) === title) && holds(fault, text))
  return (
    <section className="import-part" aria-labelledby="import-faults">
      <h2 id="import-faults">错误（{faults.length} 处）</h2>
      <search className="filters">
        {counts.map(([name, count]) => (
          <button
            key={name}
            type="button"
            className="chip"
            aria-pressed={title === name}
            onClick={() => setTitle(title === name ? undefined : name)}
          >
            {name} {count}
          </button>
        ))}
        <Input
          allowClear
          className="filter-select import-search"
          aria-label="在错误里查找"
          placeholder="行号、原因"
          value={text}
          onChange={({ target }) => setText(target.value.trim())}
        />
      </search>
      <div className="table-scroll">
        <table className="records" aria-label="错误">
          <thead>
            <tr>
              <th scope="col">在哪张表</th>
              <th scope="col" className="number">
                行
              </th>
              <th scope="col">列</th>
              <th scope="col">哪一项</th>
              <th scope="col">错在哪里</th>
              <th scope="col">怎么改</th>
            </tr>
          </thead>
          <tbody>
            {wanted.slice(0, shown).map((fault) => (
              <tr
                key={`${fault.sheet} ${fault.row} ${fault.column} ${fault.reason}`}
                data-fault={`${fault.column ?? ''}${fault.row}`}
              >
                <td data-label="在哪张表">{fault.sheet}</td>
                <td data-label="行" className="number">
                  {fault.row}
                </td>
                <td data-label="列">{fault.column}</td>
                <td data-label="哪一项">{itemOf(fault)}</td>
                <td data-label="错在哪里">{fault.reason}</td>
                <td data-label="怎么改">
                  {fault.remedy}
                  {fault.mayStand && <Vouch fault={fault} busy={busy} onVouch={onVouch} />}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="table-foot soft">
        已显示 {Math.min(shown, wanted.length)} 处，共 {wanted.length} 处
        {wanted.length > shown && (
          <Button size="small" onClick={() => setShown(shown + atOnce)}>
            再显示一些
          </Button>
        )}
      </p>
    </section>
  )
}
