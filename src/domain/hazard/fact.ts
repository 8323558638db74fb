import { z } from 'zod'
import type { Role } from '#domain/access/role.ts'
import { field } from '#domain/field.ts'
import type { Case } from '#domain/hazard/case.ts'
import type { HazardStatus } from '#domain/hazard/status.ts'

/**
 * A dated fact that runs beside the states (PRACTICE A2). Declaring one here is all it takes: the command, its event,
 * its place in the timeline, its form on both web entries, its row in the transition table and its page in the
 * documentation follow from the declaration.
 */
export type FactDeclaration<Shape extends z.ZodRawShape = z.ZodRawShape> = {
  readonly title: string
  readonly clause: string
  readonly from: readonly HazardStatus[]
  readonly who: readonly WhoMay[]
  readonly body: z.ZodObject<Shape>
}

/** Roles that may act, in the cases they may (no case: in all). */
export type WhoMay = Case & { readonly roles: readonly Role[] }

/** Every record of an act may state when it really happened; left out, it is the business day of entry. */
export const happenedOn = { on: field.date('日期', '留空即今天；补录时填实际日期').optional() }

export const fact = <Shape extends z.ZodRawShape>(declaration: {
  title: string
  clause: string
  from: readonly HazardStatus[]
  who: readonly WhoMay[]
  body: Shape
}) => ({ ...declaration, body: z.object({ ...happenedOn, ...declaration.body }) })
