import { createClient } from '#contract/client.ts'
import type { Problem } from '#contract/problem.ts'
import { Failed } from './failure.ts'
import { refused } from './refusal.ts'
import { keptSession } from './sessionFile.ts'

/** A problem that the server answered, as a command tells it. */
export const failed = ({ detail, clause, remedy, code, title }: Problem): Failed =>
  code === 'unreachable'
    ? new Failed(`${title}；核对 --url，看看系统是否已经启动`)
    : refused({ message: detail, ...(clause && { clause }), ...(remedy && { remedy }) })

/** The contract's client under the session that `bihuan login` opened. */
export const kept = () => {
  const found = keptSession()
  if (!found) throw new Failed('还没有登录；运行 bihuan login --account 账号')
  return { ...found, client: createClient({ baseUrl: found.url, token: () => found.token }) }
}
