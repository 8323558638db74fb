import { useId } from 'react'
import type { HazardShown } from '#contract/hazard.ts'
import { CriteriaField } from '#web/field/act/CriteriaField.tsx'
import type { FormField } from '#web/field/act/formFields.ts'
import { MoneyInput } from '#web/field/act/MoneyInput.tsx'
import { Choices } from '#web/field/hazard/Choices.tsx'
import { PersonSelect } from '#web/field/hazard/PersonSelect.tsx'
import { useHazardsOf, usePeople } from '#web/field/hazard/reads.ts'
import type { PendingAct } from '#web/field/outbox/pending.ts'
import { PhotoField } from '#web/field/photo/PhotoField.tsx'

export type FieldInputProps = {
  readonly field: FormField
  readonly command: PendingAct
  readonly hazard: HazardShown
  readonly value: unknown
  readonly onChange: (value: unknown) => void
  readonly problem: string | undefined
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const amount = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [])
const orNothing = <T,>(list: readonly T[]): readonly T[] | undefined => (list.length > 0 ? list : undefined)

/** One field, drawn from the description that the act's schema carries. */
export const FieldInput = ({ field, command, hazard, value, onChange, problem }: FieldInputProps) => {
  const { name, meta, required } = field
  const label = required && meta.widget !== 'check' ? `${meta.label}（必填）` : meta.label
  const { help, options = {} } = meta
  const { tenantId } = command
  switch (meta.widget) {
    case 'photos':
    case 'files':
      return (
        <PhotoField command={command} field={name} label={label} kind={meta.widget} help={help} problem={problem} />
      )
    case 'choice':
      return (
        <Choices
          legend={label}
          options={options}
          value={text(value)}
          onChange={onChange}
          help={help}
          problem={problem}
        />
      )
    case 'choices':
      return (
        <Ticks
          legend={label}
          options={Object.entries(options)}
          value={texts(value)}
          onChange={(chosen) => onChange(orNothing(chosen))}
          help={help}
          problem={problem}
        />
      )
    case 'check':
      return (
        <label className="option">
          <input
            type="checkbox"
            checked={value === true}
            onChange={(event) => onChange(event.target.checked || undefined)}
          />
          <span>{label}</span>
        </label>
      )
    case 'money':
      return <MoneyInput label={label} value={amount(value)} onChange={onChange} help={help} problem={problem} />
    case 'person':
      return (
        <PersonSelect
          label={label}
          tenantId={tenantId}
          value={text(value)}
          onChange={onChange}
          help={help}
          problem={problem}
        />
      )
    case 'people':
      return (
        <PeopleTicks
          legend={label}
          tenantId={tenantId}
          value={texts(value)}
          onChange={(chosen) => onChange(orNothing(chosen))}
          help={help}
          problem={problem}
        />
      )
    case 'criteria':
      return (
        <CriteriaField
          label={label}
          mineId={hazard.state.finding.mineId}
          on={hazard.state.finding.on}
          value={texts(value)}
          onChange={(codes) => onChange(orNothing(codes))}
          help={help}
          problem={problem}
        />
      )
    case 'hazard':
      return (
        <OtherHazard
          label={label}
          hazard={hazard}
          value={text(value)}
          onChange={onChange}
          help={help}
          problem={problem}
        />
      )
    default:
      return <Typed field={field} label={label} value={value} onChange={onChange} problem={problem} />
  }
}

type TypedProps = Pick<FieldInputProps, 'field' | 'value' | 'onChange' | 'problem'> & { readonly label: string }

const wholeNumber = (typed: string): number | undefined => {
  const read = Number.parseInt(typed, 10)
  return Number.isNaN(read) ? undefined : read
}

const Typed = ({ field, label, value, onChange, problem }: TypedProps) => {
  const id = useId()
  const { widget, help } = field.meta
  const common = { id, 'aria-describedby': `${id}-help`, 'aria-invalid': problem !== undefined }
  const typed = (entered: string) => onChange(entered === '' ? undefined : entered)
  const input = () => {
    switch (widget) {
      case 'text':
        return <textarea {...common} rows={3} value={text(value)} onChange={(event) => typed(event.target.value)} />
      case 'date':
        return <input {...common} type="date" value={text(value)} onChange={(event) => typed(event.target.value)} />
      case 'instant':
        return (
          <input
            {...common}
            type="datetime-local"
            value={text(value).slice(0, 16)}
            onChange={(event) => typed(event.target.value && `${event.target.value}:00+08:00`)}
          />
        )
      case 'percent':
      case 'number':
        return (
          <input
            {...common}
            inputMode="numeric"
            value={amount(value) ?? ''}
            onChange={(event) => onChange(wholeNumber(event.target.value))}
          />
        )
      default:
        return <input {...common} value={text(value)} onChange={(event) => typed(event.target.value)} />
    }
  }
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {input()}
      {widget === 'percent' && (
        <div className="chips">
          {[25, 50, 75, 100].map((percent) => (
            <button
              key={percent}
              type="button"
              className="chip"
              aria-pressed={value === percent}
              onClick={() => onChange(percent)}
            >
              {percent}%
            </button>
          ))}
        </div>
      )}
      <div id={`${id}-help`}>
        {help && <p className="help">{help}</p>}
        {problem && <p className="refusal">{problem}</p>}
      </div>
    </div>
  )
}

type TicksProps = {
  readonly legend: string
  readonly options: readonly (readonly [string, string])[]
  readonly value: readonly string[]
  readonly onChange: (chosen: string[]) => void
  readonly help?: string | undefined
  readonly problem?: string | undefined
}

const Ticks = ({ legend, options, value, onChange, help, problem }: TicksProps) => (
  <fieldset className="field">
    <legend>{legend}</legend>
    <div className="scroll-box">
      {options.map(([name, title]) => (
        <label key={name} className="option">
          <input
            type="checkbox"
            checked={value.includes(name)}
            onChange={() => onChange(value.includes(name) ? value.filter((one) => one !== name) : [...value, name])}
          />
          <span>{title}</span>
        </label>
      ))}
    </div>
    {help && <p className="help">{help}</p>}
    {problem && <p className="refusal">{problem}</p>}
  </fieldset>
)

const PeopleTicks = ({ tenantId, ...ticks }: Omit<TicksProps, 'options'> & { readonly tenantId: string }) => {
  const { data } = usePeople(tenantId)
  const options = (data ?? []).map(({ id, post, name }) => [id, [post, name].filter(Boolean).join(' ')] as const)
  return <Ticks {...ticks} options={options} />
}

type OtherHazardProps = {
  readonly label: string
  readonly hazard: HazardShown
  readonly value: string
  readonly onChange: (value: unknown) => void
  readonly help: string | undefined
  readonly problem: string | undefined
}

const OtherHazard = ({ label, hazard, value, onChange, help, problem }: OtherHazardProps) => {
  const { data } = useHazardsOf(hazard.state.finding.mineId)
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value || undefined)}>
        <option value="">选一条</option>
        {data
          ?.filter((other) => other.id !== hazard.id)
          .map((other) => (
            <option key={other.id} value={other.id}>
              {other.number} {other.place ?? other.description ?? ''}
            </option>
          ))}
      </select>
      {help && <p className="help">{help}</p>}
      {problem && <p className="refusal">{problem}</p>}
    </div>
  )
}
