import { useState } from 'react'
import type { Problem } from '#contract/problem.ts'
import { signOut, switchGrant } from '#contract/session.ts'
import { ask } from '#web/field/connection/ask.ts'
import { useOutbox } from '#web/field/outbox/outbox.ts'
import { go } from '#web/field/routing/location.ts'
import { setBigPrint, useBigPrint } from '#web/field/session/bigPrint.ts'
import { enter, leave, useSession } from '#web/field/session/session.tsx'
import { problemText } from '#web/parts/api.ts'

/** Who works here, in which post; the other posts of the account; the size of print. */
export const Me = () => {
  const session = useSession()
  const { commands } = useOutbox()
  const big = useBigPrint()
  const [problem, setProblem] = useState<Problem>()
  const same = (index: number): boolean => JSON.stringify(session.grants[index]) === JSON.stringify(session.grant)
  const change = async (grant: number) => {
    const answer = await ask(switchGrant, { body: { grant } })
    if (!answer.ok) return setProblem(answer.problem)
    enter(answer.value)
    go('/')
  }
  const quit = async () => {
    if (
      commands.length > 0 &&
      !window.confirm(`还有 ${commands.length} 条没有上传，退出后留在手机里，再登录时上传。退出？`)
    )
      return
    const answer = await ask(signOut, {})
    if (!answer.ok && answer.problem.status !== 401) return setProblem(answer.problem)
    leave()
    go('/', { replace: true })
    window.location.reload()
  }
  return (
    <main className="page stack">
      <h1>我的</h1>
      <p>
        账号 <code>{session.login}</code>
        <br />
        {session.homeName}
      </p>
      <fieldset className="field">
        <legend>岗位</legend>
        {session.grants.map((grant, index) => (
          <label key={`${grant.role}-${grant.scopeTitle}`} className="option">
            <input type="radio" name="grant" checked={same(index)} onChange={() => void change(index)} />
            <span>
              {grant.roleTitle}
              <span className="soft"> {grant.scopeTitle}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <label className="option">
        <input type="checkbox" checked={big} onChange={(event) => setBigPrint(event.target.checked)} />
        <span>大字</span>
      </label>
      {problem && (
        <p className="refusal" role="alert">
          {problemText(problem)}
        </p>
      )}
      <a className="button" href="/">
        打开办公端
      </a>
      <a className="button quiet" href="/docs">
        使用说明
      </a>
      <button type="button" className="button quiet" onClick={() => void quit()}>
        退出登录
      </button>
    </main>
  )
}
