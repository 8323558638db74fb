import { useId } from 'react'
import { usePeople } from '#web/field/hazard/reads.ts'

type PersonSelectProps = {
  readonly label: string
  readonly tenantId: string
  readonly value: string
  readonly onChange: (id: string | undefined) => void
  readonly help?: string | undefined
  readonly problem?: string | undefined
}

/** By post, as the records know people; the masked name beside it where it may be seen. */
export const PersonSelect = ({ label, tenantId, value, onChange, help, problem }: PersonSelectProps) => {
  const { data, error } = usePeople(tenantId)
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value || undefined)}>
        <option value="">选岗位</option>
        {data?.map((person) => (
          <option key={person.id} value={person.id}>
            {[person.post, person.name].filter(Boolean).join(' ')}
          </option>
        ))}
      </select>
      {help && <p className="help">{help}</p>}
      {(problem ?? error) && <p className="refusal">{problem ?? error?.message}</p>}
    </div>
  )
}
