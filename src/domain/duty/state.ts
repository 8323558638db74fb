import { type CalendarDate, daysBetween } from '#domain/calendarDate.ts'
import { bindingOf, type MinePast } from './binding.ts'
import type { Duty } from './duty.ts'
import type { DutyInstance } from './instances.ts'

export const dutyStates = {
  due: '待办',
  doneOnTime: '按时完成',
  doneLate: '逾期完成',
  missed: '未落实',
  notApplicable: '不适用',
  paused: '暂停',
} as const
export type DutyStateName = keyof typeof dutyStates

/** A record that meets the duty's evidence rule: which instance it is for, the day it counts from, where it lies. */
export type Proof = {
  readonly dutyId: string
  readonly key: string
  readonly doneOn: CalendarDate
  readonly tenantId: string
  readonly streamId: string
}

export type DutyState = DutyInstance & {
  readonly state: DutyStateName
  readonly reason?: string
  readonly doneOn?: CalendarDate
  readonly proofs: readonly Proof[]
  /** Days past the due day, of what is missed. */
  readonly daysLate?: number
}

/** How an instance stands on a day. Done follows from records alone; nobody ticks it off. */
export const stateOf = (
  duty: Duty,
  past: MinePast,
  instance: DutyInstance,
  proofs: readonly Proof[],
  today: CalendarDate,
): DutyState => {
  const known = proofs.filter(({ doneOn }) => doneOn <= today).toSorted((a, b) => (a.doneOn < b.doneOn ? -1 : 1))
  const doneOn = known[instance.times - 1]?.doneOn
  // Done is done, though nobody could have asked for it.
  if (doneOn !== undefined) {
    const late = instance.dueOn !== undefined && doneOn > instance.dueOn
    return { ...instance, state: late ? 'doneLate' : 'doneOnTime', doneOn, proofs: known }
  }
  const binding = bindingOf(duty, past, instance)
  if (!binding.binds) return { ...instance, state: binding.why, reason: binding.reason, proofs: known }
  if (instance.dueOn === undefined || instance.dueOn >= today) return { ...instance, state: 'due', proofs: known }
  return { ...instance, state: 'missed', daysLate: daysBetween(instance.dueOn, today), proofs: known }
}
