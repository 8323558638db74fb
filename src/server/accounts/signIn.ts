import { z } from 'zod'
import type { Grant } from '#domain/access/actor.ts'
import { grant } from '#domain/org/account.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'
import { clearFailures, lockedUntil, recordFailure } from '#server/accounts/lockout.ts'
import { decoyHash, passwordFits } from '#server/accounts/password.ts'
import { openSession, type SessionOwner } from '#server/accounts/sessions.ts'
import type { DatabasePool } from '#server/platform/database/pool.ts'

const found = z.object({
  account_id: z.string(),
  home_tenant_id: z.string(),
  person_id: z.string().nullable(),
  password_hash: z.string(),
  disabled: z.boolean(),
  grants: z.array(grant),
})

export type SignedIn = {
  readonly token: string
  readonly owner: SessionOwner
  readonly grants: readonly Grant[]
  readonly grant: Grant
}

const wrong = refuse({
  code: 'wrong-password',
  message: '账号或密码不对',
  remedy: '核对后重试；忘记密码请找本单位管理员重设',
})

/** Unknown account, wrong password and disabled account are answered alike and take as long. */
export const signInWith = async (
  pool: DatabasePool,
  given: { readonly login: string; readonly password: string; readonly grant?: number | undefined },
  now: Date,
): Promise<Outcome<SignedIn>> => {
  const locked = await lockedUntil(pool, given.login, now)
  if (locked) {
    const minutes = Math.ceil((locked.getTime() - now.getTime()) / 60_000)
    return refuse({
      code: 'locked-out',
      message: `连续输错密码，账号暂停登录，约 ${minutes} 分钟后再试`,
      remedy: '等待后重试；不是您本人操作的，请告诉管理员',
    })
  }
  const { rows } = await pool.query('select * from machinery.sign_in_account($1)', [given.login])
  const account = rows.length > 0 ? found.parse(rows[0]) : undefined
  const fits = await passwordFits(account?.password_hash ?? decoyHash, given.password)
  if (!account || !fits || account.disabled) {
    await recordFailure(pool, given.login, now)
    return wrong
  }
  if (!(await clearFailures(pool, given.login, now))) return wrong
  const chosen = account.grants[given.grant ?? 0]
  if (!chosen) return refuse({ code: 'no-such-grant', message: '账号没有这个岗位', remedy: '重新选择岗位' })
  const owner: SessionOwner = {
    accountId: account.account_id,
    login: given.login,
    homeTenantId: account.home_tenant_id,
    ...(account.person_id && { personId: account.person_id }),
  }
  return ok({ token: await openSession(pool, owner, chosen, now), owner, grants: account.grants, grant: chosen })
}
