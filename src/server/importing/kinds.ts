import { type Actor, withinScope } from '#domain/access/actor.ts'
import { sideOf } from '#domain/access/role.ts'
import { hazardsShape, understandHazards } from '#domain/importing/kinds/hazards.ts'
import type { ImportKindName } from '#domain/importing/kinds/kinds.ts'
import { minesShape, understandMine } from '#domain/importing/kinds/mines.ts'
import { peopleShape, understandPeople } from '#domain/importing/kinds/people.ts'
import type { GoodRow } from '#domain/importing/planImport.ts'
import type { IdFor, KindShape, Understand } from '#domain/importing/understood.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'
import type { Rulebook } from '#rulebook/rulebook.ts'
import { criterionFor } from '#server/hazard/commands.ts'
import { ledgerMineOf, ledgerMines, standingHazards } from '#server/importing/standing/hazards.ts'
import { standingMines } from '#server/importing/standing/mines.ts'
import { namedMines, standingPeople, workplaceOf } from '#server/importing/standing/people.ts'
import type { ReadScope } from '#server/platform/read.ts'

export type Looking = {
  readonly actor: Actor
  readonly rulebook: Rulebook
  /** The one tenant that all rows belong to, where one was chosen. */
  readonly tenantId: string | undefined
  readonly today: string
  readonly idFor: IdFor
}

/** A kind of import on the server: its columns, and how its rows look against what is registered. */
type ServerKind = {
  readonly shape: (actor: Actor, rulebook: Rulebook) => KindShape
  readonly look: (scope: ReadScope, rows: readonly GoodRow[], looking: Looking) => Promise<Outcome<Understand>>
}

/** A grant over tenants reaches no township as such. */
const reaches = ({ scope }: Actor, div: string): boolean =>
  scope.kind === 'division' && withinScope(scope, { tenantId: '', div })

const townsWithin = (actor: Actor, { divisions }: Rulebook): ReadonlyMap<string, string> =>
  new Map(
    divisions.flatMap(({ level, code, name }) => (level === 'township' && reaches(actor, code) ? [[code, name]] : [])),
  )

const mines: ServerKind = {
  shape: (actor, rulebook) => minesShape(rulebook.facts, [...townsWithin(actor, rulebook).values()]),
  look: async (scope, rows, { actor, rulebook, idFor }) => {
    const standing = {
      ...(await standingMines(scope, rows)),
      facts: rulebook.facts,
      towns: townsWithin(actor, rulebook),
      reaches: (div: string) => reaches(actor, div),
      idFor,
      named: new Set(rows.map(({ values }) => String(values.code))),
    }
    return ok((row) => understandMine(row, standing))
  },
}

const noTarget: Outcome<never> = refuse({
  code: 'not-found',
  message: '没有选定的这座矿，或者不在您的管辖范围',
  remedy: '从列表中重新选择',
})

const people: ServerKind = {
  shape: () => peopleShape,
  look: async (scope, rows, { tenantId, idFor }) => {
    const target = tenantId === undefined ? undefined : await workplaceOf(scope, tenantId)
    if (tenantId !== undefined && !target) return noTarget
    const named = target ? [] : await namedMines(scope, rows)
    const places = target ? [target] : named
    const standing = await standingPeople(
      scope,
      places.map(({ id }) => id),
    )
    return ok(understandPeople({ target, mines: named, people: standing, idFor }))
  },
}

const hazards: ServerKind = {
  shape: () => hazardsShape,
  look: async (scope, rows, { actor, rulebook, tenantId, today, idFor }) => {
    const target = tenantId === undefined ? undefined : await ledgerMineOf(scope, tenantId)
    if (tenantId !== undefined && !target) return noTarget
    const named = target ? [target] : await ledgerMines(scope, rows)
    const mineIds = named.map(({ id }) => id)
    const known = await standingPeople(scope, [...new Set([...mineIds, actor.homeTenantId])])
    const byTenant = Map.groupBy(
      known.map(({ id, tenantId: home, value, name }) => ({ id, home, post: value.post, ...(name && { name }) })),
      ({ home }) => home,
    )
    const criteria = new Map(named.map(({ id, value }) => [id, criterionFor(rulebook, value)]))
    return ok(
      understandHazards({
        today,
        target,
        mines: named,
        hazards: await standingHazards(scope, mineIds, rows),
        people: (mineId) => [
          ...(byTenant.get(mineId) ?? []),
          ...(mineId === actor.homeTenantId ? [] : (byTenant.get(actor.homeTenantId) ?? [])),
        ],
        criterion: (mineId, code, on) => criteria.get(mineId)?.(code, on),
        own: sideOf(actor.role) === 'mine' ? 'mine' : 'department',
        idFor,
      }),
    )
  },
}

export const serverKinds: Readonly<Record<ImportKindName, ServerKind>> = { mines, people, hazards }
