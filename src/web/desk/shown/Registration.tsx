import { App, Button, Form } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import type { Problem } from '#contract/problem.ts'
import { ProblemBox } from '#web/desk/shown/ProblemBox.tsx'
import { StaleEntry } from '#web/desk/shown/StaleEntry.tsx'
import { fieldProblems } from '#web/parts/api.ts'

export type Wrong = Readonly<Record<string, string>>

type FieldProps = { name: string; label: string; help?: string; wrong: Wrong; children: ReactNode }

/** Label above, help under; a complaint takes the help's place. The input inside carries `id={name}`. */
export const Registered = ({ name, label, help, wrong, children }: FieldProps) => {
  const told = wrong[name] ?? help
  return (
    <Form.Item
      label={label}
      htmlFor={name}
      data-field={name}
      {...(told && { help: <span role={wrong[name] ? 'alert' : undefined}>{told}</span> })}
      {...(wrong[name] && { validateStatus: 'error' as const })}
    >
      {children}
    </Form.Item>
  )
}

type Props = {
  label: string
  /** The button's verb. */
  verb: string
  dirty: boolean
  send: () => Promise<Problem | undefined>
  cancel: () => void
  /** For an entry that stands already: its fields in words, and how to go on after seeing what another entered. */
  entry?: { readonly labels: Readonly<Record<string, string>>; readonly takeLatest: (problem: Problem) => void }
  children: (wrong: Wrong) => ReactNode
}

/** A registry's form: errors at the field and on top, a warning before anything typed is lost. */
export const Registration = ({ label, verb, dirty, send, cancel, entry, children }: Props) => {
  const { modal } = App.useApp()
  const [problem, setProblem] = useState<Problem>()
  const [sending, setSending] = useState(false)

  useEffect(() => {
    if (!dirty) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [dirty])

  const submit = async () => {
    setSending(true)
    setProblem(await send())
    setSending(false)
  }
  const giveUp = () => {
    if (!dirty) return cancel()
    modal.confirm({
      title: '放弃已经填写的内容？',
      content: '还没有登记，填写的内容会清除。',
      okText: '放弃',
      cancelText: '继续填写',
      onOk: cancel,
    })
  }
  return (
    <form
      className="act-form"
      aria-label={label}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      {problem?.code === 'stale-version' && entry ? (
        <StaleEntry
          problem={problem}
          labels={entry.labels}
          onTakeLatest={() => {
            entry.takeLatest(problem)
            setProblem(undefined)
          }}
        />
      ) : (
        <ProblemBox problem={problem} />
      )}
      <Form component={false} layout="vertical" size="large">
        {children(problem ? fieldProblems(problem) : {})}
      </Form>
      <footer className="act-foot">
        <Button type="primary" size="large" htmlType="submit" loading={sending}>
          {verb}
        </Button>
        <Button size="large" onClick={giveUp}>
          取消
        </Button>
      </footer>
    </form>
  )
}
