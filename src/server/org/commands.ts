import { z } from 'zod'
import { mayHandOut } from '#domain/access/handOut.ts'
import { checkCreditCode } from '#domain/creditCode.ts'
import { account } from '#domain/org/account.ts'
import { checkMineUnit } from '#domain/org/checkMineUnit.ts'
import { company } from '#domain/org/company.ts'
import { checkScope } from '#domain/org/coverage.ts'
import { checkFactSources } from '#domain/org/factSources.ts'
import { mine } from '#domain/org/mine.ts'
import { checkFacts } from '#domain/org/mineFacts.ts'
import { isOutside, mineUnit } from '#domain/org/mineUnit.ts'
import { organisation } from '#domain/org/organisation.ts'
import { checkPermit, permit } from '#domain/org/permit.ts'
import { person, privatePerson } from '#domain/org/person.ts'
import { lastValue } from '#domain/org/registry.ts'
import { checkWatch } from '#domain/org/watch.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'
import { text } from '#domain/text.ts'
import { withErasure } from '#server/org/erasure.ts'
import { registry } from '#server/org/registry.ts'
import type { DecideContext } from '#server/platform/stream.ts'
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
  check: (value, { others, rulebook, today }) => {
    if (!others.has(value.companyId))
      return refuse({ code: 'company-unknown', message: '没有登记这座矿所属的企业', remedy: '先登记企业，再登记矿山' })
    const watched = checkWatch(value, (personId) => others.has(personId))
    if (!watched.ok) return watched
    const scoped = checkScope(value)
    if (!scoped.ok) return scoped
    const answered = checkFacts(value.facts, rulebook.facts)
    return answered.ok ? checkFactSources(value, today) : answered
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
  reads: ({ unitId }, { tenantId }) => (unitId ? [{ kind: 'mineUnit', tenantId, streamId: unitId }] : []),
  check: ({ unitId }, { others }) =>
    unitId && !others.has(unitId)
      ? refuse({
          code: 'invalid-input',
          message: '所选的车间、班组没有登记在这座矿',
          remedy: '先在“班组和外包外租”里登记，再选；或者不选',
          details: { fields: [{ field: 'unitId', message: '没有登记在这座矿' }] },
        })
      : ok(undefined),
  recorded: { reveal: z.object({ reason: text({ label: '理由', max: 200 }) }) },
  privateRows: (command) => {
    if (!command.private) return ok([])
    const given = validated(privatePerson, command.private)
    return given.ok ? ok([{ table: 'private.person', personId: command.streamId, ...given.value }]) : given
  },
  rows: (value) => [{ table: 'read.person', row: { post: value.post, active: value.active, doc: value } }],
})

export const personRegistry = withErasure(people)

const onlyAtMines = ({ others, tenantId }: DecideContext): Outcome<undefined> =>
  others.has(tenantId)
    ? ok(undefined)
    : refuse({ code: 'not-found', message: '没有这座矿，或者不在您的管辖范围', remedy: '从名录中选择矿山' })

export const mineUnitRegistry = registry({
  kind: 'mineUnit',
  schema: mineUnit,
  tables: ['read.mine_unit'],
  reads: ({ partOfId, leaderId }, { tenantId }) => [
    { kind: 'mine', tenantId, streamId: tenantId },
    ...(partOfId ? [{ kind: 'mineUnit', tenantId, streamId: partOfId }] : []),
    ...(leaderId ? [{ kind: 'person', tenantId, streamId: leaderId }] : []),
  ],
  check: (value, context) => {
    const there = onlyAtMines(context)
    if (!there.ok) return there
    return checkMineUnit(value, {
      id: context.streamId,
      demo: context.demo,
      unitOf: (id) => lastValue(mineUnit, context.others.get(id)?.events ?? []),
      isOwnPerson: (id) => context.others.has(id),
    })
  },
  rows: (value) => [
    { table: 'read.mine_unit', row: { kind: value.kind, name: value.name, active: value.active, doc: value } },
  ],
})

export const permitRegistry = registry({
  kind: 'permit',
  schema: permit,
  tables: ['read.permit'],
  reads: ({ holderId }, { tenantId }) => [
    { kind: 'mine', tenantId, streamId: tenantId },
    ...(holderId ? [{ kind: 'mineUnit', tenantId, streamId: holderId }] : []),
  ],
  check: (value, context) => {
    const there = onlyAtMines(context)
    if (!there.ok) return there
    return checkPermit(value, {
      kinds: context.rulebook.permitKinds,
      today: context.today,
      isHolder: (id) => {
        const holder = lastValue(mineUnit, context.others.get(id)?.events ?? [])
        return holder !== undefined && isOutside(holder.kind)
      },
    })
  },
  rows: (value) => [
    {
      table: 'read.permit',
      row: {
        kind: value.kind,
        number: value.number,
        valid_until: value.validUntil ?? null,
        ended_on: value.ended?.on ?? null,
        doc: value,
      },
    },
  ],
})

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

export const registries = [
  organisationRegistry,
  companyRegistry,
  mineRegistry,
  personRegistry,
  mineUnitRegistry,
  permitRegistry,
  accountRegistry,
]
