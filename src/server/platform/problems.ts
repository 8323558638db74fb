import type { Problem } from '#contract/problem.ts'
import type { Refusal } from '#domain/refusal.ts'

/** The catalogue: what a refusal's code means over HTTP. A code that is not listed is a rule of the law: 422. */
const statuses: Readonly<Record<string, number>> = {
  'invalid-input': 400,
  'not-signed-in': 401,
  'wrong-password': 401,
  'wrong-setup-code': 403,
  'role-may-not': 403,
  'out-of-scope': 403,
  'foreign-origin': 403,
  'not-found': 404,
  'unknown-act': 404,
  'stale-version': 409,
  'command-id-reused': 409,
  'already-taken': 409,
  'board-changed': 409,
  'begun-already': 409,
  'set-up-already': 409,
  'id-in-use': 409,
  'too-busy': 409,
  fileMissing: 404,
  'request-too-large': 413,
  fileTooLarge: 413,
  'not-json': 415,
  fileTypeNotAccepted: 415,
  fileNotWhatItClaims: 415,
  'locked-out': 429,
  'too-many-requests': 429,
  'database-away': 503,
  storageFull: 507,
}

const statusOf = (code: string): number => (Object.hasOwn(statuses, code) ? statuses[code] : undefined) ?? 422

const titles: Readonly<Record<number, string>> = {
  400: '填写有误',
  401: '请登录',
  403: '没有这项权限',
  404: '没有找到',
  409: '与已有记录冲突',
  413: '文件太大',
  415: '文件类型不符',
  422: '不能办理',
  429: '请稍后再试',
  500: '系统出错',
  503: '暂时不能办理',
  507: '存储空间已满',
}

export const problemOf = (refusal: Refusal): Problem => {
  const status = statusOf(refusal.code)
  return {
    type: `/problems/${refusal.code}`,
    title: titles[status] ?? '不能办理',
    status,
    detail: refusal.message,
    code: refusal.code,
    ...(refusal.clause && { clause: refusal.clause }),
    ...(refusal.remedy && { remedy: refusal.remedy }),
    ...(refusal.details && { details: { ...refusal.details } }),
  }
}

/** The connection ended under the act: it may stand or not. Whoever sends it again under the same id learns which. */
export const databaseAway: Refusal = {
  code: 'database-away',
  message: '数据库暂时连不上，这一次办成没有还不知道',
  remedy: '稍等片刻原样再办一次：已经办成的不会再办，会得到原来的回执',
}

/** A fault of ours: no stack, no SQL leaves the house; the number finds it in the server's log. */
export const faultOf = (requestId: string): Problem => ({
  type: '/problems/fault',
  title: '系统出错',
  status: 500,
  detail: `没有办成，也没有留下半截记录（编号 ${requestId}）`,
  code: 'fault',
  remedy: '稍后重试；仍不行请把编号告诉系统管理员',
})
