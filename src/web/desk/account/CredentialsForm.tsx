import { App, Input } from 'antd'
import { useState } from 'react'
import { setCredentials } from '#contract/org.ts'
import { queries } from '#web/desk/queries.ts'
import { Registered, Registration } from '#web/desk/shown/Registration.tsx'
import { api } from '#web/parts/api.ts'

type Props = { tenantId: string; id: string; login: string | undefined }

export const CredentialsForm = ({ tenantId, id, login: standing }: Props) => {
  const { message } = App.useApp()
  const [login, setLogin] = useState(standing ?? '')
  const [password, setPassword] = useState('')
  const clear = () => {
    setLogin(standing ?? '')
    setPassword('')
  }
  const send = async () => {
    const answer = await api.call(setCredentials, { params: { tenantId, id }, body: { login, password } })
    if (!answer.ok) return answer.problem
    setPassword('')
    await queries.invalidateQueries()
    message.success('账号名和密码已设置')
    return undefined
  }
  return (
    <section aria-labelledby="credentials">
      <h2 id="credentials">账号名和密码</h2>
      {!standing && <p>还没有设账号名和密码，这个账号现在不能登录。</p>}
      <Registration
        label="账号名和密码"
        verb={standing ? '重设密码' : '设置账号名和密码'}
        dirty={login !== (standing ?? '') || password !== ''}
        send={send}
        cancel={clear}
      >
        {(wrong) => (
          <>
            <Registered name="login" label="账号名" wrong={wrong}>
              <Input id="login" autoComplete="off" value={login} onChange={({ target }) => setLogin(target.value)} />
            </Registered>
            <Registered
              name="password"
              label="密码"
              help="至少 8 个字；当面交给本人。重设后，用旧密码登录着的都要重新登录"
              wrong={wrong}
            >
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
