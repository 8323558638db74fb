import { useEffect, useRef } from 'react'
import type { Problem } from '#contract/problem.ts'
import { fieldProblems, missingOf } from '#web/parts/api.ts'

/** A refusal that lists fields names them by their code; the list below says the same in the form's words. */
const headline = ({ detail, title }: Problem, missing: number, wrong: number): string => {
  if (missing > 0) return `还缺 ${missing} 项`
  return wrong > 0 ? `有 ${wrong} 处要改` : detail || title
}

/** What stands against it, by which clause, how to mend it. Takes the eye and the keyboard when it appears. */
export const ProblemBox = ({ problem }: { problem: Problem | undefined }) => {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (problem) box.current?.focus()
  }, [problem])
  if (!problem) return null
  const missing = missingOf(problem)
  const wrong = [...new Set(Object.values(fieldProblems(problem)))]
  const listed = missing.length > 0 ? missing : wrong
  return (
    <div ref={box} role="alert" tabIndex={-1} className="problem" data-problem={problem.code}>
      <p className="problem-detail">{headline(problem, missing.length, wrong.length)}</p>
      {listed.length > 0 && (
        <ul>
          {listed.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {problem.remedy && <p>{problem.remedy}</p>}
      {problem.clause && <p className="soft">依据：{problem.clause}</p>}
    </div>
  )
}
