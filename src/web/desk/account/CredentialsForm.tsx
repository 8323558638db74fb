import { App, Input } from 'antd'
import { useState } from 'react'
import { setCredentials } from '#contract/org.ts'
import { Registered, Registration } from '#web/desk/shown/Registration.tsx'
import { api } from '#web/parts/api.ts'

export const CredentialsForm = ({ tenantId, id }: { tenantId: string; id: string }) => {
  const { message } = App.useApp()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const clear = () => {
    setLogin('')
    setPassword('')
  }
  const send = async () => {
    const answer = await api.call(setCredentials, { params: { tenantId, id }, body: { login, password } })
    if (!answer.ok) return answer.problem
    clear()
    message.success('账号名和密码已设置')
    return undefined
  }
  return (
    <section aria-labelledby="credentials">
      <h2 id="credentials">账号名和密码</h2>
      <Registration
        label="账号名和密码"
        verb="设置账号名和密码"
        dirty={login + password !== ''}
        send={send}
        cancel={clear}
      >
        {(wrong) => (
          <>
            <Registered name="login" label="账号名" wrong={wrong}>
              <Input id="login" autoComplete="off" value={login} onChange={({ target }) => setLogin(target.value)} />
            </Registered>
            <Registered name="password" label="密码" help="当面交给本人，第一次登录后请本人更换" wrong={wrong}>
              <Input.Password
                id="password"
                autoComplete="new-password"
                value={password}
                onChange={({ target }) => setPassword(target.value)}
              />
            </Registered>
          </>
        )}
      </Registration>
    </section>
  )
}
