import { z } from 'zod'
import { calendarDate } from '#domain/calendarDate.ts'
import { line, text } from '#domain/text.ts'

export const mineUnitKinds = {
  workshop: '车间',
  crew: '班组',
  post: '岗位',
  contractor: '承包单位',
  lessor: '出租单位',
} as const

export type MineUnitKind = keyof typeof mineUnitKinds

export const mineUnitKindNames = Object.keys(mineUnitKinds) as [MineUnitKind, ...MineUnitKind[]]

/** 外包外租: another house that works, or lets trucks, crushers, sites, at the mine (PRACTICE 20). */
export const isOutside = (kind: MineUnitKind): boolean => kind === 'contractor' || kind === 'lessor'

/**
 * What a mine is made of: workshops with their crews, posts, and the contractors and lessors it has on its ground. A part
 * that ended stays in the register, not active.
 */
export const mineUnit = z.object({
  kind: z.enum(mineUnitKindNames, '选择种类'),
  name: line({ label: '名称', max: 60 }),
  /** 所属: a crew's workshop, a post's crew. */
  partOfId: z.uuid('从列表里选择').optional(),
  /** 负责人: a person registered with the mine. */
  leaderId: z.uuid('从列表里选择').optional(),
  /** 作业内容: what is done there; of a lessor, what is let. */
  work: text({ label: '作业内容', max: 200 }).optional(),
  headCount: z.number('填写人数').int('人数是整数').min(0, '人数不小于 0').max(100_000, '人数太多，请核对'),
  /** Of a contractor or lessor. */
  creditCode: line({ label: '统一社会信用代码', max: 18 }).optional(),
  /** 安全生产管理协议（安全生产法 49）: signed on, in force until. */
  agreementOn: calendarDate({ label: '安全协议签订日期' }).optional(),
  agreementUntil: calendarDate({ label: '安全协议有效期至' }).optional(),
  active: z.boolean(),
})

export type MineUnit = z.infer<typeof mineUnit>

export const agreementStandings = {
  missing: '没有登记安全协议',
  expired: '安全协议已过期',
  valid: '安全协议有效',
} as const

export type AgreementStanding = keyof typeof agreementStandings

/** 安全生产法 49: whoever has others work or lets to others signs a safety agreement with them. Undefined for the mine's own. */
export const agreementStanding = (
  { kind, agreementOn, agreementUntil }: Pick<MineUnit, 'kind' | 'agreementOn' | 'agreementUntil'>,
  today: string,
): AgreementStanding | undefined => {
  if (!isOutside(kind)) return undefined
  if (agreementOn === undefined) return 'missing'
  return agreementUntil !== undefined && agreementUntil < today ? 'expired' : 'valid'
}
