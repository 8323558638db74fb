import { Button } from 'antd'
import { ProblemBox } from '#web/desk/shown/ProblemBox.tsx'
import { ProblemError } from '#web/parts/api.ts'

const told = (error: unknown) =>
  error instanceof ProblemError
    ? error.problem
    : {
        type: 'about:blank',
        title: '页面出错',
        status: 0,
        code: 'unreadable',
        detail: '服务器的回答读不懂，可能是两边版本不同',
        remedy: '刷新页面后重试',
      }

/** A read that failed, with the one thing to do: ask again. */
export const QueryProblem = ({ error, retry }: { error: unknown; retry: () => unknown }) => (
  <div className="query-problem">
    <ProblemBox problem={told(error)} />
    <Button onClick={() => void retry()}>重试</Button>
  </div>
)
