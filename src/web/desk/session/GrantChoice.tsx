import { useState } from 'react'
import type { Problem } from '#contract/problem.ts'
import { type SessionShown, switchGrant } from '#contract/session.ts'
import { ProblemBox } from '#web/desk/shown/ProblemBox.tsx'
import { api } from '#web/parts/api.ts'

type Props = { session: SessionShown; onDone: (session: SessionShown) => void }

/** An account with several posts works under one at a time, so that every act says in which capacity it was done. */
export const GrantChoice = ({ session, onDone }: Props) => {
  const [problem, setProblem] = useState<Problem>()
  const choose = async (grant: number) => {
    const answer = await api.call(switchGrant, { body: { grant } })
    if (answer.ok) return onDone(answer.value)
    setProblem(answer.problem)
  }
  return (
    <main className="door">
      <header className="door-head">
        <p className="brand">闭环</p>
        <p className="soft">{session.homeName}</p>
      </header>
      <section aria-labelledby="grant-choice" className="sign-in">
        <h1 id="grant-choice">以哪个岗位工作</h1>
        <p className="soft">办理的每件事都记明岗位；以后可以在右上角换。</p>
        <ProblemBox problem={problem} />
        <ul className="demo-accounts">
          {session.grants.map(({ roleTitle, scopeTitle }, index) => (
            <li key={`${roleTitle}${scopeTitle}`}>
              <button type="button" className="plain-row" onClick={() => void choose(index)}>
                <strong>{roleTitle}</strong>
                <span className="soft">{scopeTitle}</span>
              </button>
            </li>
          ))}
        </ul>
      </section>
    </main>
  )
}
