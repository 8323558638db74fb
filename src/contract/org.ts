import { z } from 'zod'
import { pageOf, pageQuery, searched } from '#contract/page.ts'
import { receiptShown } from '#contract/receipt.ts'
import { plain, route } from '#contract/route.ts'
import { account } from '#domain/org/account.ts'
import { company } from '#domain/org/company.ts'
import { erasure } from '#domain/org/erasure.ts'
import { mine } from '#domain/org/mine.ts'
import { mineFigureNames } from '#domain/org/mineFigures.ts'
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
    /** 数字: the mines that a figure of the home page counts. */
    figure: z.enum(mineFigureNames).optional(),
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

/** A fact of the rulebook's catalogue that decides which criteria apply. */
export const mineFactAsked = z.object({
  key: z.string(),
  title: z.string(),
  question: z.string(),
  mineTypes: z.array(mine.shape.mineType),
  kind: z.enum(['yesNo', 'number', 'choice']),
  /** Of a number. */
  unit: z.string().optional(),
  /** Of a choice, by the value that is stored; of a yes or no, by `true` and `false`. */
  options: z.record(z.string(), z.string()).optional(),
})

export type MineFactAsked = z.infer<typeof mineFactAsked>

export const listMineFacts = route({
  ...plain,
  method: 'GET',
  path: '/api/mine-facts',
  summary: '登记矿山时要问的情况（决定哪些判定标准适用）',
  tag: 'org',
  access: { act: 'mine.read' },
  reply: z.object({ items: z.array(mineFactAsked) }),
})

/** Who changed it, by post and in which capacity; the post is left out where it lies outside the reader's reach. */
const changedBy = z.object({ at: z.string(), roleTitle: z.string(), post: z.string().optional() })

export const mineFactShown = mineFactAsked.extend({
  value: z.union([z.boolean(), z.number(), z.string()]).optional(),
  /** In words; 未知 when nobody has said. */
  words: z.string(),
  /** 来源 of the answer, where somebody wrote it down. */
  source: z.object({ source: z.string(), on: z.string() }).optional(),
  changed: changedBy.optional(),
  /** Criteria that this very answer makes 不涉及. */
  rulesOut: z.array(z.string()),
})

export type MineFactShown = z.infer<typeof mineFactShown>

export const readMineFacts = route({
  ...plain,
  method: 'GET',
  path: '/api/mines/:id/facts',
  summary: '一座矿的情况：答案、谁最后改的、因此不涉及的判定标准',
  tag: 'org',
  access: { act: 'mine.read' },
  params: one,
  reply: z.object({ items: z.array(mineFactShown) }),
})

export const mineChangeShown = changedBy.extend({
  version: z.number().int(),
  /** True for the entry with which the mine was registered. */
  first: z.boolean(),
  changes: z.array(
    z.object({ name: z.string(), label: z.string(), before: z.string().optional(), after: z.string().optional() }),
  ),
})

export type MineChangeShown = z.infer<typeof mineChangeShown>

export const mineHistory = route({
  ...plain,
  method: 'GET',
  path: '/api/mines/:id/history',
  summary: '一座矿的变更记录，最近的在前',
  tag: 'org',
  access: { act: 'mine.read' },
  params: one,
  query: z.object({ ...pageQuery }),
  reply: pageOf(mineChangeShown),
})

export const companyShown = z.object({
  id: z.uuid(),
  version: z.number().int().optional(),
  /** Its mines within the reader's reach. */
  mines: z.number().int(),
  ...company.shape,
})

export type CompanyShown = z.infer<typeof companyShown>

export const listCompanies = route({
  ...plain,
  method: 'GET',
  path: '/api/companies',
  summary: '企业名录',
  tag: 'org',
  access: { act: 'company.read' },
  query: z.object({ ...pageQuery, search: searched }),
  reply: pageOf(companyShown),
})

export const readCompany = route({
  ...plain,
  method: 'GET',
  path: '/api/companies/:id',
  summary: '一家企业',
  tag: 'org',
  access: { act: 'company.read' },
  params: one,
  reply: companyShown,
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

export const organisationShown = z.object({
  id: z.uuid(),
  version: z.number().int().optional(),
  ...organisation.shape,
})

export type OrganisationShown = z.infer<typeof organisationShown>

export const listOrganisations = route({
  ...plain,
  method: 'GET',
  path: '/api/organisations',
  summary: '单位名录：局、乡镇应急站、专家库',
  tag: 'org',
  access: { act: 'organisation.read' },
  query: z.object({ ...pageQuery, search: searched }),
  reply: pageOf(organisationShown),
})

export const readOrganisation = route({
  ...plain,
  method: 'GET',
  path: '/api/organisations/:id',
  summary: '一个单位',
  tag: 'org',
  access: { act: 'organisation.read' },
  params: one,
  reply: organisationShown,
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

export const tenantKinds = { organisation: '单位', mine: '矿山', company: '企业' } as const
export type TenantKind = keyof typeof tenantKinds

export const tenantShown = z.object({
  id: z.uuid(),
  kind: z.enum(['organisation', 'mine', 'company']),
  name: z.string(),
  div: z.string(),
})

export type TenantShown = z.infer<typeof tenantShown>

export const listTenants = route({
  ...plain,
  method: 'GET',
  path: '/api/tenants',
  summary: '人员和账号可以归属的单位、矿山、企业',
  tag: 'org',
  access: { act: 'tenant.read' },
  query: z.object({ ...pageQuery, search: searched }),
  reply: pageOf(tenantShown),
})

export const readTenant = route({
  ...plain,
  method: 'GET',
  path: '/api/tenants/:tenantId',
  summary: '一个单位、一座矿或一家企业的名称',
  tag: 'org',
  access: { act: 'tenant.read' },
  params: z.object({ tenantId: z.uuid() }),
  reply: tenantShown,
})

export const personShown = z.object({
  id: z.uuid(),
  tenantId: z.uuid(),
  version: z.number().int().optional(),
  ...person.shape,
  /** Masked: 张*、138****5678. */
  name: z.string().optional(),
  phone: z.string().optional(),
  /** Name, phone and login are erased for good. */
  erased: z.boolean().optional(),
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

export const erasePerson = route({
  ...plain,
  method: 'POST',
  path: '/api/tenants/:tenantId/people/:id/erase',
  summary: '删除离岗人员的个人信息（姓名、手机、账号名和密码），不能恢复',
  tag: 'org',
  access: { act: 'person.erase' },
  params: inTenant,
  body: z.object({ commandId, expectedVersion: z.number().int().optional(), ...erasure.shape }),
  reply: receiptShown,
})

export const accountShown = z.object({
  id: z.uuid(),
  tenantId: z.uuid(),
  tenantName: z.string(),
  version: z.number().int().optional(),
  /** Left out until one is set. */
  login: z.string().optional(),
  post: z.string().optional(),
  ...account.shape,
  /** Names of the tenants that the grants list, as far as the reader reaches. */
  reaches: z.array(z.object({ id: z.uuid(), name: z.string() })),
})

export type AccountShown = z.infer<typeof accountShown>

export const listAccounts = route({
  ...plain,
  method: 'GET',
  path: '/api/accounts',
  summary: '账号',
  tag: 'org',
  access: { act: 'account.read' },
  query: z.object({ ...pageQuery, search: searched }),
  reply: pageOf(accountShown),
})

export const readAccount = route({
  ...plain,
  method: 'GET',
  path: '/api/tenants/:tenantId/accounts/:id',
  summary: '一个账号',
  tag: 'org',
  access: { act: 'account.read' },
  params: inTenant,
  reply: accountShown,
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
  access: { act: 'account.credentials' },
  params: inTenant,
  body: z.object({ login: line({ label: '账号名', min: 2, max: 50 }), password: z.string().max(200) }),
  reply: z.object({}),
})
