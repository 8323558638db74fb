import { z } from 'zod'
import { plain, route } from '#contract/route.ts'
import { type Role, roleNames } from '#domain/access/role.ts'
import { line } from '#domain/text.ts'

const scope = z.union([
  z.object({ kind: z.literal('division'), code: z.string() }),
  z.object({ kind: z.literal('tenants'), ids: z.array(z.uuid()) }),
])

export const grantShown = z.object({
  role: z.enum(roleNames),
  roleTitle: z.string(),
  scope,
  /** 管辖范围 in words: the division's or the tenants' names. */
  scopeTitle: z.string(),
})

export const sessionShown = z.object({
  accountId: z.uuid(),
  login: z.string(),
  personId: z.uuid().optional(),
  homeTenantId: z.uuid(),
  homeName: z.string(),
  grant: grantShown,
  grants: z.array(grantShown),
})

export type SessionShown = z.infer<typeof sessionShown>
export type { Role }

export const appInfo = route({
  ...plain,
  method: 'GET',
  path: '/api/app',
  summary: '本系统：是否演示、业务日期、是否需要首次设置',
  tag: 'session',
  access: 'public',
  reply: z.object({
    demo: z.boolean(),
    watermark: z.string().optional(),
    businessDate: z.string(),
    businessTime: z.string(),
    needsSetup: z.boolean(),
    version: z.string(),
    /** Of the demo, whose sign-in page shows them with their passwords; elsewhere there are none. */
    demoAccounts: z.array(z.strictObject({ login: z.string(), title: z.string(), password: z.string() })),
  }),
})

export const signIn = route({
  ...plain,
  method: 'POST',
  path: '/api/session',
  summary: '登录',
  tag: 'session',
  access: 'public',
  body: z.object({
    login: line({ label: '账号', max: 100 }),
    password: z.string().min(1, '填写密码').max(200),
    /** Which of the account's grants to work under; the first when left out. */
    grant: z.number().int().min(0).optional(),
  }),
  reply: z.object({ session: sessionShown, token: z.string() }),
})

export const currentSession = route({
  ...plain,
  method: 'GET',
  path: '/api/session',
  summary: '当前登录',
  tag: 'session',
  access: 'signedIn',
  reply: sessionShown,
})

export const switchGrant = route({
  ...plain,
  method: 'PUT',
  path: '/api/session',
  summary: '换一个岗位工作',
  tag: 'session',
  access: 'signedIn',
  body: z.object({ grant: z.number().int().min(0) }),
  reply: sessionShown,
})

export const signOut = route({
  ...plain,
  method: 'DELETE',
  path: '/api/session',
  summary: '退出',
  tag: 'session',
  access: 'signedIn',
  reply: z.object({}),
})

export const firstSetup = route({
  ...plain,
  method: 'POST',
  path: '/api/setup',
  summary: '首次设置：建立本局和第一个管理员',
  tag: 'session',
  access: 'public',
  body: z.object({
    bureauName: line({ label: '局名', min: 2, max: 100 }),
    div: z.string().regex(/^\d{6}$/, '填写 6 位行政区划代码'),
    login: line({ label: '账号', min: 2, max: 50 }),
    password: z.string().max(200),
    /** Printed on the server's console at first start, so that whoever reaches the port first is not administrator. */
    code: z.string().min(1, '填写服务器窗口里显示的设置码').max(100),
  }),
  reply: z.object({ session: sessionShown, token: z.string() }),
})
