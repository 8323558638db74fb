import { type FormEvent, useRef, useState } from 'react'
import type { Problem } from '#contract/problem.ts'
import { type SessionShown, signIn } from '#contract/session.ts'
import { ask } from '#web/field/connection/ask.ts'
import { useApp } from '#web/field/session/app.ts'
import { problemText } from '#web/parts/api.ts'

type SignInProps = {
  readonly onSignedIn: (session: SessionShown) => void
  readonly unreachable: boolean
}

export const SignIn = ({ onSignedIn, unreachable }: SignInProps) => {
  const app = useApp()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const passwordInput = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const accounts = app.data?.demoAccounts ?? []
  const pick = (account: string) => {
    setLogin(account)
    passwordInput.current?.focus()
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    const answer = await ask(signIn, { body: { login: login.trim(), password } })
    setBusy(false)
    if (answer.ok) return onSignedIn(answer.value.session)
    setProblem(answer.problem)
  }
  return (
    <main className="page sign-in">
      <h1>闭环</h1>
      <p className="soft">报隐患、办隐患</p>
      {unreachable && <p className="refusal">连不上服务器。有网络后再登录；没上传的内容还在手机里。</p>}
      <form className="stack" onSubmit={submit}>
        <label className="field">
          <span>账号</span>
          <input
            value={login}
            onChange={(event) => setLogin(event.target.value)}
            autoComplete="username"
            autoCapitalize="none"
            required
          />
        </label>
        <label className="field">
          <span>密码</span>
          <input
            ref={passwordInput}
            type="password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            autoComplete="current-password"
            required
          />
        </label>
        {problem && (
          <p className="refusal" role="alert">
            {problemText(problem)}
          </p>
        )}
        <button type="submit" className="button primary large" disabled={busy} data-act="signIn">
          {busy ? '正在登录…' : '登录'}
        </button>
      </form>
      {accounts.length > 0 && (
        <section>
          <h2>演示账号</h2>
          <p className="soft">点一下填好账号；密码见服务器启动窗口，演示区的密码都一样。</p>
          <div className="chips">
            {accounts.map((account) => (
              <button
                key={account.login}
                type="button"
                className="chip"
                aria-pressed={login === account.login}
                onClick={() => pick(account.login)}
              >
                {account.title}
              </button>
            ))}
          </div>
        </section>
      )}
    </main>
  )
}
