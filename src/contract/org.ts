import { z } from 'zod'
import { pageOf, pageQuery, searched } from '#contract/page.ts'
import { receiptShown } from '#contract/receipt.ts'
import { plain, route } from '#contract/route.ts'
import { account } from '#domain/org/account.ts'
import { company } from '#domain/org/company.ts'
import { mine } from '#domain/org/mine.ts'
import { organisation } from '#domain/org/organisation.ts'
import { person, privatePerson } from '#domain/org/person.ts'
import { line, text } from '#domain/text.ts'

const commandId = z.uuid('办理编号应为 UUID').describe('由客户端生成的 UUIDv7；重发同一编号只办理一次')
const one = z.object({ id: z.uuid() })
const inTenant = z.object({ tenantId: z.uuid(), id: z.uuid() })

export const mineShown = z.object({
  id: z.uuid(),
  version: z.number().int().optional(),
  companyName: z.string(),
  creditCode: z.string(),
  openMajor: z.number().int(),
  overdue: z.number().int(),
  openGeneral: z.number().int(),
  ...mine.shape,
})

export type MineShown = z.infer<typeof mineShown>

export const listMines = route({
  ...plain,
  method: 'GET',
  path: '/api/mines',
  summary: '矿山名录',
  tag: 'org',
  access: { act: 'mine.read' },
  query: z.object({
    ...pageQuery,
    search: searched,
    status: line({ label: '状态', max: 30 }).optional(),
    mineType: line({ label: '类型', max: 30 }).optional(),
  }),
  reply: pageOf(mineShown),
})

export const readMine = route({
  ...plain,
  method: 'GET',
  path: '/api/mines/:id',
  summary: '一座矿',
  tag: 'org',
  access: { act: 'mine.read' },
  params: one,
  reply: mineShown,
})

export const putMine = route({
  ...plain,
  method: 'PUT',
  path: '/api/mines/:id',
  summary: '登记或修改矿山',
  tag: 'org',
  access: { act: 'mine.put' },
  params: one,
  body: z.object({ commandId, expectedVersion: z.number().int().optional(), value: mine.strict() }),
  reply: receiptShown,
})

export const putCompany = route({
  ...plain,
  method: 'PUT',
  path: '/api/companies/:id',
  summary: '登记或修改企业',
  tag: 'org',
  access: { act: 'company.put' },
  params: one,
  body: z.object({ commandId, expectedVersion: z.number().int().optional(), value: company.strict() }),
  reply: receiptShown,
})

export const putOrganisation = route({
  ...plain,
  method: 'PUT',
  path: '/api/organisations/:id',
  summary: '登记或修改单位',
  tag: 'org',
  access: { act: 'organisation.put' },
  params: one,
  body: z.object({ commandId, expectedVersion: z.number().int().optional(), value: organisation.strict() }),
  reply: receiptShown,
})

export const personShown = z.object({
  id: z.uuid(),
  tenantId: z.uuid(),
  post: z.string(),
  active: z.boolean(),
  /** Masked: 张*、138****5678. */
  name: z.string().optional(),
  phone: z.string().optional(),
})

export const listPeople = route({
  ...plain,
  method: 'GET',
  path: '/api/tenants/:tenantId/people',
  summary: '一个单位的人员（按岗位）',
  tag: 'org',
  access: { act: 'person.read' },
  params: z.object({ tenantId: z.uuid() }),
  reply: z.object({ items: z.array(personShown) }),
})

export const putPerson = route({
  ...plain,
  method: 'PUT',
  path: '/api/tenants/:tenantId/people/:id',
  summary: '登记或修改人员',
  tag: 'org',
  access: { act: 'person.put' },
  params: inTenant,
  body: z.object({
    commandId,
    expectedVersion: z.number().int().optional(),
    value: person.strict(),
    private: privatePerson.strict().optional(),
  }),
  reply: receiptShown,
})

export const revealPerson = route({
  ...plain,
  method: 'POST',
  path: '/api/tenants/:tenantId/people/:id/reveal',
  summary: '显示姓名和手机（记入留痕）',
  tag: 'org',
  access: { act: 'person.reveal' },
  params: inTenant,
  body: z.object({ commandId, reason: text({ label: '理由', min: 2, max: 200 }) }),
  reply: z.object({ name: z.string().optional(), phone: z.string().optional(), receipt: receiptShown }),
})

export const accountShown = z.object({
  id: z.uuid(),
  tenantId: z.uuid(),
  tenantName: z.string(),
  version: z.number().int().optional(),
  ...account.shape,
})

export const listAccounts = route({
  ...plain,
  method: 'GET',
  path: '/api/accounts',
  summary: '账号',
  tag: 'org',
  access: { act: 'account.read' },
  query: z.object({ ...pageQuery }),
  reply: pageOf(accountShown),
})

export const putAccount = route({
  ...plain,
  method: 'PUT',
  path: '/api/tenants/:tenantId/accounts/:id',
  summary: '开设或修改账号',
  tag: 'org',
  access: { act: 'account.put' },
  params: inTenant,
  body: z.object({ commandId, expectedVersion: z.number().int().optional(), value: account.strict() }),
  reply: receiptShown,
})

export const setCredentials = route({
  ...plain,
  method: 'PUT',
  path: '/api/tenants/:tenantId/accounts/:id/credentials',
  summary: '设置账号名和密码',
  tag: 'org',
  access: { act: 'account.put' },
  params: inTenant,
  body: z.object({ login: line({ label: '账号名', min: 2, max: 50 }), password: z.string().max(200) }),
  reply: z.object({}),
})
