import { z } from 'zod'
import { addDays, addMonths, type CalendarDate, calendarDate } from '#domain/calendarDate.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'
import { line, text } from '#domain/text.ts'
import type { PermitKind } from '#rulebook/permitKind.ts'

/**
 * 证照: a permit as it is written on its face. A renewed one is entered as a new permit, or as a change of this one; what
 * stood before stays in its history.
 */
export const permit = z.object({
  /** Key of one of the rulebook's kinds. */
  kind: line({ label: '证照种类', max: 40 }),
  number: line({ label: '证号', max: 60 }),
  issuer: line({ label: '发证机关', max: 100 }),
  issuedOn: calendarDate({ label: '发证日期' }).optional(),
  /** Left out: 长期. */
  validUntil: calendarDate({ label: '有效期至' }).optional(),
  /** 持证单位: a contractor of the mine; left out, the mine itself or its company. */
  holderId: z.uuid('从列表里选择').optional(),
  note: text({ label: '说明', max: 300 }).optional(),
  /** 不再有效: revoked, withheld, replaced by another. */
  ended: z
    .object({ on: calendarDate({ label: '失效日期' }), reason: text({ label: '失效原因', max: 200 }) })
    .optional(),
})

export type Permit = z.infer<typeof permit>

export const permitStandings = {
  expired: '已过期',
  soon: '快到期',
  valid: '有效',
  longTerm: '长期有效',
  ended: '已失效',
} as const

export type PermitStanding = keyof typeof permitStandings

export const permitStandingNames = Object.keys(permitStandings) as [PermitStanding, ...PermitStanding[]]

type Notice = { readonly today: CalendarDate; readonly soonDays: number }

/** Last day of validity that counts as soon: by the law's months or the bureau's days, whichever tells earlier. */
export const soonUntil = (
  kind: Pick<PermitKind, 'renewMonthsBefore'> | undefined,
  { today, soonDays }: Notice,
): CalendarDate => {
  const byDays = addDays(today, soonDays)
  const months = kind?.renewMonthsBefore ?? null
  if (months === null) return byDays
  const byLaw = addMonths(today, months)
  return byLaw > byDays ? byLaw : byDays
}

/** Valid through its last day. */
export const permitStanding = (
  { validUntil, ended }: Pick<Permit, 'validUntil' | 'ended'>,
  kind: Pick<PermitKind, 'renewMonthsBefore'> | undefined,
  notice: Notice,
): PermitStanding => {
  if (ended !== undefined && ended.on <= notice.today) return 'ended'
  if (validUntil === undefined) return 'longTerm'
  if (validUntil < notice.today) return 'expired'
  return validUntil <= soonUntil(kind, notice) ? 'soon' : 'valid'
}

/** The day by which the law wants renewal applied for (许可证条例 9). */
export const renewBy = (
  { validUntil }: Pick<Permit, 'validUntil'>,
  kind: Pick<PermitKind, 'renewMonthsBefore'> | undefined,
): CalendarDate | undefined =>
  validUntil === undefined || !kind?.renewMonthsBefore ? undefined : addMonths(validUntil, -kind.renewMonthsBefore)

type Around = {
  readonly kinds: readonly PermitKind[]
  readonly isHolder: (unitId: string) => boolean
  readonly today: CalendarDate
}

const at = (field: string, message: string, remedy: string): Outcome<never> =>
  refuse({ code: 'invalid-input', message, remedy, details: { fields: [{ field, message }] } })

export const checkPermit = (
  { kind, issuedOn, validUntil, holderId, ended, note }: Permit,
  { kinds, isHolder, today }: Around,
): Outcome<undefined> => {
  if (!kinds.some(({ key }) => key === kind))
    return at('kind', '证照种类不在规则库的名目里', `从列表里选：${kinds.map(({ title }) => title).join('、')}`)
  if (kind === 'other' && note === undefined) return at('note', '“其他证照”没有写明是什么证', '在说明里写明')
  if (issuedOn !== undefined && issuedOn > today) return at('issuedOn', '发证日期还没有到', '核对发证日期')
  if (issuedOn !== undefined && validUntil !== undefined && validUntil < issuedOn)
    return at('validUntil', '有效期早于发证日期', '核对两个日期，是不是填反了')
  if (ended !== undefined && ended.on > today) return at('ended.on', '失效日期还没有到', '到了那一天再登记')
  if (holderId !== undefined && !isHolder(holderId))
    return at('holderId', '持证单位没有登记为这座矿的承包单位或出租单位', '先在“班组和外包外租”里登记，再选')
  return ok(undefined)
}
