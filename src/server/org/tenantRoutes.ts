import { z } from 'zod'
import {
  listCompanies,
  listOrganisations,
  listTenants,
  putCompany,
  putOrganisation,
  readCompany,
  readOrganisation,
  readTenant,
} from '#contract/org.ts'
import type { Actor } from '#domain/access/actor.ts'
import { ok, refuse } from '#domain/refusal.ts'
import { line } from '#domain/text.ts'
import {
  findCompany,
  findOrganisation,
  findTenant,
  type NameFilter,
  pageOfCompanies,
  pageOfOrganisations,
  pageOfTenants,
} from '#server/org/tenants.ts'
import { readCursor } from '#server/platform/cursor.ts'
import { guarded, type Mounted } from '#server/platform/http/mounted.ts'
import type { Platform } from '#server/platform/platform.ts'
import type { ReadScope } from '#server/platform/read.ts'
import { shownPage } from '#server/platform/shownPage.ts'
import { shownReceipt } from '#server/platform/shownReceipt.ts'

const nameKey = z.tuple([line({ max: 100 }), z.uuid()])

type Asked = { readonly after?: string | undefined; readonly limit: number; readonly search?: string | undefined }
type Named = { readonly id: string; readonly name: string }
type Found<T> = { readonly found: readonly T[]; readonly total: number }

export const tenantRoutes = ({ read, execute }: Platform): readonly Mounted[] => {
  const listed = async <T extends Named>(
    actor: Actor,
    query: Asked,
    find: (scope: ReadScope, filter: NameFilter) => Promise<Found<T>>,
  ) => {
    const after = readCursor(query.after, nameKey)
    if (!after.ok) return after
    const { limit, search } = query
    return read(actor, async (scope) => {
      const { found, total } = await find(scope, { search, after: after.value, limit })
      return ok(shownPage(found, { limit, total, keyOf: ({ name, id }) => [name, id] }))
    })
  }

  return [
    guarded(listTenants, ({ caller, query }) => listed(caller.actor, query, pageOfTenants)),
    guarded(readTenant, async ({ caller, params }) =>
      read(caller.actor, async (scope) => {
        const tenant = await findTenant(scope, params.tenantId)
        return tenant
          ? ok(tenant)
          : refuse({ code: 'not-found', message: '没有这个单位，或者不在您的管辖范围', remedy: '从列表中重新选择' })
      }),
    ),
    guarded(listCompanies, ({ caller, query }) => listed(caller.actor, query, pageOfCompanies)),
    guarded(readCompany, async ({ caller, params }) =>
      read(caller.actor, async (scope) => {
        const company = await findCompany(scope, params.id)
        return company
          ? ok(company)
          : refuse({ code: 'not-found', message: '没有这家企业，或者不在您的管辖范围', remedy: '从企业名录中选择' })
      }),
    ),
    guarded(putCompany, async ({ caller, params, body }) =>
      shownReceipt(
        await execute(caller.actor, {
          id: body.commandId,
          tenantId: params.id,
          streamId: params.id,
          act: 'company.put',
          body: body.value,
          expectedVersion: body.expectedVersion,
        }),
      ),
    ),
    guarded(listOrganisations, ({ caller, query }) => listed(caller.actor, query, pageOfOrganisations)),
    guarded(readOrganisation, async ({ caller, params }) =>
      read(caller.actor, async (scope) => {
        const organisation = await findOrganisation(scope, params.id)
        return organisation
          ? ok(organisation)
          : refuse({ code: 'not-found', message: '没有这个单位，或者不在您的管辖范围', remedy: '从单位名录中选择' })
      }),
    ),
    guarded(putOrganisation, async ({ caller, params, body }) =>
      shownReceipt(
        await execute(caller.actor, {
          id: body.commandId,
          tenantId: params.id,
          streamId: params.id,
          act: 'organisation.put',
          body: body.value,
          expectedVersion: body.expectedVersion,
        }),
      ),
    ),
  ]
}
