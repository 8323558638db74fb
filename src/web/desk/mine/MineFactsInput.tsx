import { InputNumber, Radio, Select } from 'antd'
import { listMineFacts, type MineFactAsked } from '#contract/org.ts'
import type { Mine, MineType } from '#domain/org/mine.ts'
import { useAnswer } from '#web/desk/queries.ts'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'
import type { Wrong } from '#web/desk/shown/Registration.tsx'

type Facts = Mine['facts']
type Value = Facts[string] | undefined

const unknown = 'unknown'

type InputProps = { fact: MineFactAsked; value: Value; onChange: (value: Value) => void }

/** Three answers, and 未知 is one of them: what nobody knows must not read as “no”. */
const YesNo = ({ fact, value, onChange }: InputProps) => (
  <Radio.Group
    aria-label={fact.question}
    className="choices"
    options={[
      { value: 'true', label: '是' },
      { value: 'false', label: '否' },
      { value: unknown, label: '未知' },
    ]}
    value={typeof value === 'boolean' ? String(value) : unknown}
    onChange={({ target }) => onChange(target.value === unknown ? undefined : target.value === 'true')}
  />
)

const Figure = ({ fact, value, onChange }: InputProps) => (
  <InputNumber
    id={`fact-${fact.key}`}
    min={0}
    placeholder="未知"
    suffix={fact.unit}
    value={typeof value === 'number' ? value : null}
    onChange={(given) => onChange(typeof given === 'number' ? given : undefined)}
  />
)

const Choice = ({ fact, value, onChange }: InputProps) => (
  <Select
    id={`fact-${fact.key}`}
    options={[
      { value: unknown, label: '未知' },
      ...Object.entries(fact.options ?? {}).map(([key, label]) => ({ value: key, label })),
    ]}
    value={typeof value === 'string' ? value : unknown}
    onChange={(chosen) => onChange(chosen === unknown ? undefined : chosen)}
  />
)

const inputs = { yesNo: YesNo, number: Figure, choice: Choice } as const

/** The question's own input: 未知 is always one of the answers. */
export const FactInput = (props: InputProps) => {
  const Input = inputs[props.fact.kind]
  return <Input {...props} />
}

type Props = {
  mineType: MineType | undefined
  value: Facts
  wrong: Wrong
  onChange: (facts: Facts) => void
}

/** What decides which criteria concern this mine, as the rulebook asks it. */
export const MineFactsInput = ({ mineType, value, wrong, onChange }: Props) => {
  const asked = useAnswer(listMineFacts, {}, { staleTime: 300_000 })
  if (asked.isError) return <QueryProblem error={asked.error} retry={() => asked.refetch()} />
  const set = (key: string, answer: Value) => {
    const { [key]: _before, ...others } = value
    onChange(answer === undefined ? others : { ...others, [key]: answer })
  }
  const facts = (asked.data?.items ?? []).filter(({ mineTypes }) => mineTypes.some((one) => one === mineType))
  return (
    <fieldset className="mine-facts">
      <legend>决定判定标准是否适用的情况</legend>
      <p className="soft">
        {mineType
          ? '不知道的留“未知”：判定标准照样要查，显示“资料不足”；填了“否”才会显示“不涉及”，并写明是谁填的。'
          : '先选矿山类型，再列出要问的情况。'}
      </p>
      {wrong.facts && (
        <p role="alert">
          <strong>{wrong.facts}</strong>
        </p>
      )}
      {facts.map((fact) => {
        return (
          <div key={fact.key} className="mine-fact" data-fact={fact.key}>
            {fact.kind === 'yesNo' ? (
              <span>{fact.question}</span>
            ) : (
              <label htmlFor={`fact-${fact.key}`}>{fact.question}</label>
            )}
            <FactInput fact={fact} value={value[fact.key]} onChange={(answer) => set(fact.key, answer)} />
          </div>
        )
      })}
    </fieldset>
  )
}
