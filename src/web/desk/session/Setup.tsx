import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import type { Problem } from '#contract/problem.ts'
import { firstSetup, type SessionShown } from '#contract/session.ts'
import { ProblemBox } from '#web/desk/shown/ProblemBox.tsx'
import { api, fieldProblems } from '#web/parts/api.ts'

const asked = [
  { name: 'bureauName', label: '局名', help: '例如：某某区应急管理局', type: 'text' },
  { name: 'div', label: '行政区划代码', help: '6 位数字；本局管辖这个区划内的矿山', type: 'text' },
  { name: 'login', label: '管理员账号', help: '至少 2 个字', type: 'text' },
  { name: 'password', label: '管理员密码', help: '至少 8 个字，不用常见的密码', type: 'password' },
  { name: 'code', label: '设置码', help: '显示在服务器启动的窗口里，证明您管着这台服务器', type: 'text' },
] as const

type Name = (typeof asked)[number]['name']

/** First run: there is no built-in password, so the first administrator is made here. */
export const Setup = ({ onDone }: { onDone: (session: SessionShown) => void }) => {
  const [values, setValues] = useState<Record<Name, string>>({
    bureauName: '',
    div: '',
    login: '',
    password: '',
    code: '',
  })
  const [problem, setProblem] = useState<Problem>()
  const [sending, setSending] = useState(false)
  const wrong = problem ? fieldProblems(problem) : {}

  const send = async () => {
    setSending(true)
    const answer = await api.call(firstSetup, { body: values })
    setSending(false)
    if (answer.ok) return onDone(answer.value.session)
    setProblem(answer.problem)
  }

  return (
    <main className="door">
      <header className="door-head">
        <p className="brand">闭环</p>
        <p className="soft">第一次启动：建立本局和第一个管理员</p>
      </header>
      <section aria-labelledby="setup" className="sign-in">
        <h1 id="setup">首次设置</h1>
        <ProblemBox problem={problem} />
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void send()
          }}
        >
          <Form component={false} layout="vertical" size="large">
            {asked.map(({ name, label, help, type }) => (
              <Form.Item
                key={name}
                label={label}
                htmlFor={name}
                help={wrong[name] ?? help}
                {...(wrong[name] && { validateStatus: 'error' })}
              >
                <Input
                  id={name}
                  type={type}
                  autoComplete={type === 'password' ? 'new-password' : 'off'}
                  value={values[name]}
                  onChange={({ target }) => setValues({ ...values, [name]: target.value })}
                />
              </Form.Item>
            ))}
            <Button type="primary" htmlType="submit" loading={sending} block>
              建立并登录
            </Button>
          </Form>
        </form>
      </section>
    </main>
  )
}
