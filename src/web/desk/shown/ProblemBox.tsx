import { useEffect, useRef } from 'react'
import type { Problem } from '#contract/problem.ts'
import { missingOf } from '#web/parts/api.ts'

/** What stands against it, by which clause, how to mend it. Takes the eye and the keyboard when it appears. */
export const ProblemBox = ({ problem }: { problem: Problem | undefined }) => {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (problem) box.current?.focus()
  }, [problem])
  if (!problem) return null
  const missing = missingOf(problem)
  return (
    <div ref={box} role="alert" tabIndex={-1} className="problem" data-problem={problem.code}>
      <p className="problem-detail">
        {missing.length > 0 ? `还缺 ${missing.length} 项` : problem.detail || problem.title}
      </p>
      {missing.length > 0 && (
        <ul>
          {missing.map((title) => (
            <li key={title}>{title}</li>
          ))}
        </ul>
      )}
      {problem.remedy && <p>{problem.remedy}</p>}
      {problem.clause && <p className="soft">依据：{problem.clause}</p>}
    </div>
  )
}
