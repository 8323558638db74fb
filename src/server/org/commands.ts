import { z } from 'zod'
import { mayHandOut } from '#domain/access/handOut.ts'
import { checkCreditCode } from '#domain/creditCode.ts'
import { account } from '#domain/org/account.ts'
import { company } from '#domain/org/company.ts'
import { mine } from '#domain/org/mine.ts'
import { checkFacts } from '#domain/org/mineFacts.ts'
import { organisation } from '#domain/org/organisation.ts'
import { person, privatePerson } from '#domain/org/person.ts'
import { checkWatch } from '#domain/org/watch.ts'
import { ok, refuse } from '#domain/refusal.ts'
import { text } from '#domain/text.ts'
import { withErasure } from '#server/org/erasure.ts'
import { registry } from '#server/org/registry.ts'
import { validated } from '#server/platform/validated.ts'

export const organisationRegistry = registry({
  kind: 'organisation',
  schema: organisation,
  tables: ['read.tenant', 'read.organisation'],
  divisionOf: ({ div }) => div,
  rows: (value) => [
    { table: 'read.tenant', row: { kind: 'organisation', name: value.name } },
    { table: 'read.organisation', row: { kind: value.kind, name: value.name, doc: value } },
  ],
})

export const companyRegistry = registry({
  kind: 'company',
  schema: company,
  tables: ['read.tenant', 'read.company'],
  divisionOf: ({ div }) => div,
  check: (value, context) => {
    const code = checkCreditCode(value.creditCode, { allowUnassignedAuthority: context.demo })
    return code.ok ? ok(undefined) : refuse({ code: 'credit-code', message: code.reason, remedy: code.remedy })
  },
  claims: ({ creditCode }) => [
    {
      kind: 'creditCode',
      value: creditCode,
      taken: {
        message: `统一社会信用代码 ${creditCode} 已经登记在另一家企业名下`,
        remedy: '核对代码；同一企业有几座矿的，在该企业名下加矿',
      },
    },
  ],
  rows: (value) => [
    { table: 'read.tenant', row: { kind: 'company', name: value.name } },
    { table: 'read.company', row: { name: value.name, credit_code: value.creditCode, doc: value } },
  ],
})

export const mineRegistry = registry({
  kind: 'mine',
  schema: mine,
  tables: ['read.tenant', 'read.mine'],
  divisionOf: ({ div }) => div,
  reads: ({ companyId, watcher }, { tenantId }) => [
    { kind: 'company', tenantId: companyId, streamId: companyId },
    ...(watcher?.personId ? [{ kind: 'person', tenantId, streamId: watcher.personId }] : []),
  ],
  check: (value, { others, rulebook }) => {
    if (!others.has(value.companyId))
      return refuse({ code: 'company-unknown', message: '没有登记这座矿所属的企业', remedy: '先登记企业，再登记矿山' })
    const watched = checkWatch(value, (personId) => others.has(personId))
    return watched.ok ? checkFacts(value.facts, rulebook.facts) : watched
  },
  effects: (value, before, { tenantId }) =>
    before && before.div !== value.div ? [{ queue: 'mine.moveDivision', data: { tenantId, div: value.div } }] : [],
  rows: (value) => [
    { table: 'read.tenant', row: { kind: 'mine', name: value.name } },
    {
      table: 'read.mine',
      row: {
        company_id: value.companyId,
        code: value.code,
        name: value.name,
        mine_type: value.mineType,
        status: value.status,
        in_scope: value.inScope,
        staff_own: value.staffOwn,
        staff_contracted: value.staffContracted,
        doc: value,
      },
    },
  ],
})

const people = registry({
  kind: 'person',
  schema: person,
  tables: ['read.person'],
  recorded: { reveal: z.object({ reason: text({ label: '理由', max: 200 }) }) },
  privateRows: (command) => {
    if (!command.private) return ok([])
    const given = validated(privatePerson, command.private)
    return given.ok ? ok([{ table: 'private.person', personId: command.streamId, ...given.value }]) : given
  },
  rows: (value) => [{ table: 'read.person', row: { post: value.post, active: value.active, doc: value } }],
})

export const personRegistry = withErasure(people)

/** Whatever a tenant is: a grant may name any of them. */
const tenantKinds = ['mine', 'company', 'organisation'] as const

export const accountRegistry = registry({
  kind: 'account',
  schema: account,
  tables: ['read.account'],
  reads: ({ grants }) =>
    grants
      .flatMap(({ scope }) => (scope.kind === 'tenants' ? scope.ids : []))
      .flatMap((id) => tenantKinds.map((kind) => ({ kind, tenantId: id, streamId: id }))),
  check: ({ grants }, { actor, others }) => mayHandOut(actor.scope, grants, (id) => others.has(id)),
  rows: (value) => [
    {
      table: 'read.account',
      row: { person_id: value.personId ?? null, disabled: value.disabled, grants: value.grants },
    },
  ],
})

export const registries = [organisationRegistry, companyRegistry, mineRegistry, personRegistry, accountRegistry]
