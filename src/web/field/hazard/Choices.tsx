type ChoicesProps = {
  readonly legend: string
  readonly options: Readonly<Record<string, string>>
  readonly value: string | undefined
  readonly onChange: (value: string | undefined) => void
  readonly help?: string | undefined
  readonly problem?: string | undefined
}

/** One of a few, as buttons a thumb can hit; a second tap takes the answer back. */
export const Choices = ({ legend, options, value, onChange, help, problem }: ChoicesProps) => (
  <fieldset className="field">
    <legend>{legend}</legend>
    <div className="chips">
      {Object.entries(options).map(([name, title]) => (
        <button
          key={name}
          type="button"
          className="chip"
          aria-pressed={value === name}
          onClick={() => onChange(value === name ? undefined : name)}
        >
          {title}
        </button>
      ))}
    </div>
    {help && <p className="help">{help}</p>}
    {problem && <p className="refusal">{problem}</p>}
  </fieldset>
)
