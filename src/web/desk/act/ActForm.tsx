import { App, Button, Form } from 'antd'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { actOnHazard } from '#contract/hazard.ts'
import type { Problem } from '#contract/problem.ts'
import type { ReceiptShown } from '#contract/receipt.ts'
import { type HazardAct, transitionOf } from '#domain/hazard/transitions.ts'
import { FieldInput } from '#web/desk/act/fields/FieldInput.tsx'
import { type Place, PlaceContext } from '#web/desk/act/place.ts'
import { StaleBox } from '#web/desk/act/StaleBox.tsx'
import { bodyOf, complaints, type FormField, formFields, type Values } from '#web/desk/act/shape.ts'
import { useDraft } from '#web/desk/act/useDraft.ts'
import { markSignedOut, queries } from '#web/desk/queries.ts'
import { ProblemBox } from '#web/desk/shown/ProblemBox.tsx'
import { api, fieldProblems, ProblemError } from '#web/parts/api.ts'
import { timeOf } from '#web/parts/words.ts'

export type ActFormProps = {
  readonly act: HazardAct
  readonly place: Omit<Place, 'files' | 'addFile' | 'tenantId'>
  /** The register that takes the record; may follow from what is filled in (a tip from the public stays with the bureau). */
  readonly tenantOf: (values: Values) => string | undefined
  /** The stream to continue; left out, a new one begins. */
  readonly hazardId?: string
  readonly version?: number
  readonly initial?: Values
  readonly extra?: Readonly<Record<string, unknown>>
  /** Fields that are not asked, given what is filled in so far. */
  readonly hidden?: (values: Values) => readonly string[]
  /** Of a choice's options, those that make sense here, in order; by field. */
  readonly offered?: Readonly<Record<string, readonly string[]>>
  /** Stands above the fields. */
  readonly children?: ReactNode
  /** A further button at the foot, given what is filled in so far. */
  readonly beside?: ((body: Readonly<Record<string, unknown>>) => ReactNode) | undefined
  readonly onDone: (receipt: ReceiptShown) => void
  readonly onCancel: () => void
  /** Asks for the record as it stands now, after another's act. */
  readonly onStale?: () => Promise<number | undefined>
}

const fieldId = (act: string, { name }: FormField): string => `${act}-${name}`

const withOffered = (field: FormField, offered: readonly string[] | undefined): FormField => {
  const { options } = field.meta
  if (!offered || !options) return field
  const chosen = Object.fromEntries(offered.flatMap((key) => (options[key] ? [[key, options[key]]] : [])))
  return { ...field, meta: { ...field.meta, options: chosen } }
}

type RowProps = {
  act: string
  field: FormField
  value: unknown
  wrong: string | undefined
  set: (value: unknown) => void
}

/** One field with its label, its help and what is wrong with it. */
export const Row = ({ act, field, value, wrong, set }: RowProps) => {
  const id = fieldId(act, field)
  const help = wrong ?? field.meta.help
  const plainCheck = field.meta.widget === 'check'
  return (
    <Form.Item
      {...(!plainCheck && { label: field.required ? field.meta.label : `${field.meta.label}（可不填）` })}
      htmlFor={id}
      data-field={field.name}
      {...(help && { help: <span role={wrong ? 'alert' : undefined}>{help}</span> })}
      {...(wrong && { validateStatus: 'error' as const })}
    >
      <FieldInput id={id} field={field} value={value} onChange={set} />
    </Form.Item>
  )
}

/** One form for every act: drawn from the act's own schema, checked by it, sent once under one command id. */
export const ActForm = (props: ActFormProps) => {
  const { act, place, tenantOf, hazardId, initial, extra, hidden, onDone, onCancel, onStale } = props
  const { modal, message } = App.useApp()
  const name = `${hazardId ?? 'new'}.${act}`
  const { draft, dirty, set, addFile, drop } = useDraft(name, initial)
  const [version, setVersion] = useState(props.version)
  const [problem, setProblem] = useState<Problem>()
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const [sending, setSending] = useState(false)
  const transition = transitionOf(act)
  const unasked = hidden?.(draft.values) ?? []
  const fields = formFields(act)
    .filter((field) => !unasked.includes(field.name))
    .map((field) => withOffered(field, props.offered?.[field.name]))
  const body = { ...bodyOf(draft.values), ...extra }
  const tenantId = tenantOf(draft.values)

  const change = (field: string, value: unknown) => {
    set(field, value)
    setWrong(({ [field]: _mended, ...rest }) => rest)
  }

  const send = async () => {
    const told = complaints(act, body)
    setWrong(told)
    if (Object.keys(told).length > 0 || !tenantId) {
      const named = fields.filter((field) => told[field.name]).map(({ meta }) => meta.label)
      return setProblem({
        type: 'about:blank',
        title: '填写有误',
        status: 400,
        code: 'invalid-input',
        detail: named.length > 0 ? `请改正：${named.join('、')}` : (told.mineId ?? '请选择隐患所在的矿山'),
      })
    }
    setSending(true)
    const answer = await api.call(actOnHazard, {
      params: { tenantId, id: hazardId ?? draft.newId, act },
      body: { commandId: draft.commandId, ...(version !== undefined && { expectedVersion: version }), body },
    })
    setSending(false)
    if (!answer.ok) {
      markSignedOut(new ProblemError(answer.problem))
      setWrong(fieldProblems(answer.problem))
      return setProblem(answer.problem)
    }
    drop()
    message.success(`已办理：${transition?.title ?? act}（${timeOf(answer.value.receivedAt)} 收到）`)
    await queries.invalidateQueries()
    onDone(answer.value)
  }

  const cancel = () => {
    if (!dirty) return onCancel()
    modal.confirm({
      title: '放弃已经填写的内容？',
      content: '没有办理，填写的内容会清除；已上传的文件不会记入任何记录。',
      okText: '放弃',
      cancelText: '继续填写',
      onOk: () => {
        drop()
        onCancel()
      },
    })
  }

  /** Enter in a line or a calendar must not carry out an act; Ctrl+Enter does. */
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return
    event.preventDefault()
    if (event.ctrlKey || event.metaKey) void send()
  }

  const takeLatest = async () => {
    setVersion(await onStale?.())
    setProblem(undefined)
  }

  return (
    <PlaceContext value={{ ...place, tenantId: tenantId ?? '', files: draft.files, addFile }}>
      <form
        className="act-form"
        aria-label={transition?.title}
        noValidate
        onKeyDown={onKeyDown}
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        {problem?.code === 'stale-version' ? (
          <StaleBox problem={problem} act={act} mine={body} onTakeLatest={() => void takeLatest()} />
        ) : (
          <ProblemBox problem={problem} />
        )}
        {props.children}
        <Form component={false} layout="vertical" size="large">
          {fields.map((field) => (
            <Row
              key={field.name}
              act={act}
              field={field}
              value={draft.values[field.name]}
              wrong={wrong[field.name]}
              set={(value) => change(field.name, value)}
            />
          ))}
        </Form>
        <footer className="act-foot">
          <Button type="primary" size="large" htmlType="submit" loading={sending} data-act={act}>
            {transition?.title.replace(/（.*）$/, '') ?? act}
          </Button>
          <Button size="large" onClick={cancel}>
            取消
          </Button>
          {props.beside?.(body)}
          <p className="soft">依据：{transition?.clause}</p>
        </footer>
      </form>
    </PlaceContext>
  )
}
