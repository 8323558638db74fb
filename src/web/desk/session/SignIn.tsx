import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import type { Problem } from '#contract/problem.ts'
import { type SessionShown, signIn } from '#contract/session.ts'
import type { AppInfo } from '#web/desk/session/session.ts'
import { ProblemBox } from '#web/desk/shown/ProblemBox.tsx'
import { api } from '#web/parts/api.ts'

type Demo = AppInfo['demoAccounts'][number]

const DemoAccounts = ({ accounts, pick }: { accounts: readonly Demo[]; pick: (demo: Demo) => void }) => (
  <section aria-labelledby="demo-accounts" className="sign-in-demo">
    <h2 id="demo-accounts">演示账号</h2>
    <p className="soft">数据都是虚构的；点一个账号就以它的岗位登录。</p>
    <ul className="demo-accounts">
      {accounts.map((demo) => (
        <li key={demo.login}>
          <button type="button" className="plain-row" onClick={() => pick(demo)}>
            <span>{demo.title}</span>
            <code>{demo.login}</code>
          </button>
        </li>
      ))}
    </ul>
  </section>
)

export const SignIn = ({ app, onDone }: { app: AppInfo; onDone: (session: SessionShown) => void }) => {
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<Problem>()
  const [sending, setSending] = useState(false)

  const send = async (body: { login: string; password: string }) => {
    setSending(true)
    const answer = await api.call(signIn, { body })
    setSending(false)
    if (answer.ok) return onDone(answer.value.session)
    setProblem(answer.problem)
  }
  const pick = (demo: Demo) => {
    setLogin(demo.login)
    void send({ login: demo.login, password: demo.password })
  }

  return (
    <main className="door">
      <header className="door-head">
        <p className="brand">闭环</p>
        <p className="soft">非煤矿山重大事故隐患专项排查整治</p>
      </header>
      <div className="door-body">
        <section aria-labelledby="sign-in" className="sign-in">
          <h1 id="sign-in">登录</h1>
          <ProblemBox problem={problem} />
          <form
            onSubmit={(event) => {
              event.preventDefault()
              void send({ login, password })
            }}
          >
            <Form component={false} layout="vertical" size="large">
              <Form.Item label="账号" htmlFor="login">
                <Input
                  id="login"
                  autoComplete="username"
                  autoFocus
                  required
                  value={login}
                  onChange={({ target }) => setLogin(target.value)}
                />
              </Form.Item>
              <Form.Item label="密码" htmlFor="password">
                <Input.Password
                  id="password"
                  autoComplete="current-password"
                  required
                  value={password}
                  onChange={({ target }) => setPassword(target.value)}
                />
              </Form.Item>
              <Button type="primary" htmlType="submit" loading={sending} block>
                登录
              </Button>
            </Form>
          </form>
        </section>
        {app.demoAccounts.length > 0 && <DemoAccounts accounts={app.demoAccounts} pick={pick} />}
      </div>
      <footer className="door-foot soft">
        业务日期 {app.businessDate} · 版本 {app.version}
      </footer>
    </main>
  )
}
