import { useState } from 'react'
import { useCriteria } from '#web/field/hazard/reads.ts'

type CriteriaFieldProps = {
  readonly label: string
  readonly mineId: string
  readonly on: string
  readonly value: readonly string[]
  readonly onChange: (codes: string[]) => void
  readonly help?: string | undefined
  readonly problem?: string | undefined
}

/** The criteria in force on the day of finding that concern this mine, with their own text in view (PRACTICE A4). */
export const CriteriaField = ({ label, mineId, on, value, onChange, help, problem }: CriteriaFieldProps) => {
  const { data, error } = useCriteria(mineId, on)
  const [search, setSearch] = useState('')
  const shown = (data ?? []).filter(
    ({ code, title, text }) => value.includes(code) || `${code}${title}${text}`.includes(search.trim()),
  )
  const toggle = (code: string) =>
    onChange(value.includes(code) ? value.filter((one) => one !== code) : [...value, code])
  return (
    <fieldset className="field">
      <legend>{label}</legend>
      {help && <p className="help">{help}</p>}
      <input
        type="search"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        placeholder="找：边坡、排土场、防水……"
        aria-label={`${label}：查找`}
      />
      <div className="scroll-box">
        {shown.map(({ code, title, text }) => (
          <label key={code} className="option">
            <input type="checkbox" checked={value.includes(code)} onChange={() => toggle(code)} />
            <span>
              <strong>
                {code} {title}
              </strong>
              <br />
              <span className="soft as-written">{text}</span>
            </span>
          </label>
        ))}
      </div>
      {(problem ?? error) && <p className="refusal">{problem ?? error?.message}</p>}
    </fieldset>
  )
}
