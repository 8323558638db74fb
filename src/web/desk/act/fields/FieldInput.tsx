import { Checkbox, DatePicker, Input, InputNumber, Radio, Select } from 'antd'
import dayjs from 'dayjs'
import { CriteriaInput } from '#web/desk/act/fields/CriteriaInput.tsx'
import { FilesInput } from '#web/desk/act/fields/FilesInput.tsx'
import { HazardInput } from '#web/desk/act/fields/HazardInput.tsx'
import type { InputProps } from '#web/desk/act/fields/inputProps.ts'
import { MoneyInput } from '#web/desk/act/fields/MoneyInput.tsx'
import { PersonInput } from '#web/desk/act/fields/PersonInput.tsx'
import { useStanding } from '#web/desk/session/session.ts'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

const DateInput = ({ id, value, onChange, field }: InputProps) => {
  const { app } = useStanding()
  return (
    <DatePicker
      id={id}
      className="wide"
      format="YYYY-MM-DD"
      placeholder={field.name === 'on' ? `今天（${app.businessDate}）` : '年-月-日'}
      defaultPickerValue={dayjs(app.businessDate)}
      value={typeof value === 'string' ? dayjs(value) : null}
      onChange={(picked) => onChange(picked?.format('YYYY-MM-DD'))}
      showNow={false}
    />
  )
}

const InstantInput = ({ id, value, onChange }: InputProps) => {
  const { app } = useStanding()
  return (
    <DatePicker
      id={id}
      className="wide"
      showTime={{ format: 'HH:mm' }}
      format="YYYY-MM-DD HH:mm"
      defaultPickerValue={dayjs(app.businessDate)}
      value={typeof value === 'string' ? dayjs(value) : null}
      onChange={(picked) => onChange(picked?.format('YYYY-MM-DDTHH:mm:ssZ'))}
      showNow={false}
    />
  )
}

const few = 5

const ChoiceInput = ({ id, value, onChange, field }: InputProps) => {
  const options = Object.entries(field.meta.options ?? {}).map(([key, label]) => ({ value: key, label }))
  if (options.length <= few)
    return (
      <Radio.Group
        id={id}
        aria-label={field.meta.label}
        className="choices"
        options={options}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    )
  return (
    <Select
      id={id}
      showSearch={{ optionFilterProp: 'label' }}
      allowClear={!field.required}
      virtual={false}
      listHeight={400}
      options={options}
      value={value}
      onChange={onChange}
      placeholder="请选择"
    />
  )
}

const NumberInput = ({ id, value, onChange, field }: InputProps) => (
  <InputNumber
    id={id}
    min={0}
    precision={0}
    {...(field.meta.widget === 'percent' && { max: 100, suffix: '%' })}
    value={typeof value === 'number' ? value : null}
    onChange={(given) => onChange(given ?? undefined)}
  />
)

/** One widget per kind of field; a new fact of the life cycle needs no form of its own. */
export const FieldInput = (props: InputProps) => {
  const { id, value, onChange, field } = props
  switch (field.meta.widget) {
    case 'line':
      return <Input id={id} value={text(value)} onChange={({ target }) => onChange(target.value)} />
    case 'text':
      return (
        <Input.TextArea
          id={id}
          autoSize={{ minRows: 2, maxRows: 10 }}
          value={text(value)}
          onChange={({ target }) => onChange(target.value)}
        />
      )
    case 'date':
      return <DateInput {...props} />
    case 'instant':
      return <InstantInput {...props} />
    case 'money':
      return <MoneyInput {...props} />
    case 'percent':
    case 'number':
      return <NumberInput {...props} />
    case 'choice':
      return <ChoiceInput {...props} />
    case 'choices':
      return (
        <Checkbox.Group
          className="choices"
          options={Object.entries(field.meta.options ?? {}).map(([key, label]) => ({ value: key, label }))}
          value={Array.isArray(value) ? value.map(String) : []}
          onChange={onChange}
        />
      )
    case 'check':
      return (
        <Checkbox id={id} checked={value === true} onChange={({ target }) => onChange(target.checked || undefined)}>
          {field.meta.label}
        </Checkbox>
      )
    case 'files':
    case 'photos':
      return <FilesInput {...props} />
    case 'person':
    case 'people':
      return <PersonInput {...props} />
    case 'criteria':
      return <CriteriaInput {...props} />
    case 'hazard':
      return <HazardInput {...props} />
  }
}
