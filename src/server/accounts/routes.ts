import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import { appInfo, currentSession, firstSetup, signIn, signOut, switchGrant } from '#contract/session.ts'
import { ok, refuse } from '#domain/refusal.ts'
import { describeSession } from '#server/accounts/describe.ts'
import { changeGrant, closeSession, lifetimeHours } from '#server/accounts/sessions.ts'
import { setUp } from '#server/accounts/setUp.ts'
import { signInWith } from '#server/accounts/signIn.ts'
import { businessDate, businessTime } from '#server/platform/clock.ts'
import type { DatabasePool } from '#server/platform/database/pool.ts'
import { cookieName } from '#server/platform/http/app.ts'
import { guarded, type Mounted, open } from '#server/platform/http/mounted.ts'
import type { Platform } from '#server/platform/platform.ts'

export type AccountRouteOptions = {
  /** Accounts the demo shows on its sign-in page; told by the demo alone, whatever is given. */
  readonly demoAccounts: readonly { readonly login: string; readonly title: string; readonly password: string }[]
  /** Printed on the console at first start. */
  readonly setupCode: string
}

const setUpAlready = refuse({
  code: 'set-up-already',
  message: '本系统已经设置过',
  remedy: '用已有的管理员账号登录',
})

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** In a time that tells nothing of how much of the code was right. */
const isSame = (given: string, code: string): boolean => timingSafeEqual(digest(given), digest(code))

/** Two who hold the code at the same moment must not both become the first administrator. */
const oneAtATime = async <T>(pool: DatabasePool, work: () => Promise<T>): Promise<T> => {
  const client = await pool.connect()
  try {
    await client.query(`select pg_advisory_lock(hashtext('bihuan first setup'))`)
    return await work()
  } finally {
    const failed = await client.query(`select pg_advisory_unlock(hashtext('bihuan first setup'))`).then(
      () => false,
      () => true,
    )
    client.release(failed)
  }
}

export const accountRoutes = (platform: Platform, options: AccountRouteOptions): readonly Mounted[] => {
  const { pool, secure, realClock } = platform

  const remember = (reply: FastifyReply, token: string): void => {
    // With an age, so that a phone that drops its browser from memory is still signed in.
    const maxAge = lifetimeHours * 3600
    reply.setCookie(cookieName(secure), token, { path: '/', httpOnly: true, sameSite: 'strict', secure, maxAge })
  }

  const hasAccounts = async (): Promise<boolean> => {
    const { rows } = await pool.query<{ some: boolean }>('select machinery.has_accounts() as some')
    return rows[0]?.some === true
  }

  return [
    open(appInfo, async () => {
      const now = platform.clock.now()
      return ok({
        demo: platform.demo,
        ...(platform.demo && { watermark: '演示数据·虚构' }),
        businessDate: businessDate(now),
        businessTime: businessTime(now),
        needsSetup: !(await hasAccounts()),
        version: platform.version,
        demoAccounts: platform.demo
          ? options.demoAccounts.map(({ login, title, password }) => ({ login, title, password }))
          : [],
      })
    }),
    open(signIn, async ({ body, reply }) => {
      const signed = await signInWith(pool, body, realClock.now())
      if (!signed.ok) return signed
      const { token, owner, grants, grant } = signed.value
      remember(reply, token)
      const session = await describeSession(platform, { actor: { ...owner, ...grant }, login: owner.login, grants })
      return ok({ session, token })
    }),
    guarded(currentSession, async ({ caller }) => ok(await describeSession(platform, caller))),
    guarded(switchGrant, async ({ caller, body }) => {
      const grant = caller.grants[body.grant]
      if (!grant) return refuse({ code: 'no-such-grant', message: '账号没有这个岗位', remedy: '重新选择岗位' })
      await changeGrant(pool, caller.sessionToken, grant)
      return ok(await describeSession(platform, { ...caller, actor: { ...caller.actor, ...grant } }))
    }),
    guarded(signOut, async ({ caller, reply }) => {
      await closeSession(pool, caller.sessionToken)
      // A browser ignores a __Host- cookie that comes without its marks, its removal too.
      reply.clearCookie(cookieName(secure), { path: '/', httpOnly: true, sameSite: 'strict', secure })
      return ok({})
    }),
    open(firstSetup, async ({ body, reply }) => {
      if (await hasAccounts()) return setUpAlready
      if (!isSame(body.code, options.setupCode))
        return refuse({ code: 'wrong-setup-code', message: '设置码不对', remedy: '设置码显示在服务器启动的窗口里' })
      const done = await oneAtATime(pool, async () => ((await hasAccounts()) ? setUpAlready : setUp(platform, body)))
      if (!done.ok) return done
      const signed = await signInWith(pool, body, realClock.now())
      if (!signed.ok) return signed
      const { token, owner, grants, grant } = signed.value
      remember(reply, token)
      const session = await describeSession(platform, { actor: { ...owner, ...grant }, login: owner.login, grants })
      return ok({ session, token })
    }),
  ]
}
