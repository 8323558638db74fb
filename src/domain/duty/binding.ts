import { addDays, type CalendarDate } from '#domain/calendarDate.ts'
import { type MineStatus, type MineType, mineStatuses, mineTypes } from '#domain/org/mine.ts'
import { needsWatcher } from '#domain/org/watch.ts'
import type { Duty } from './duty.ts'
import type { DutyInstance } from './instances.ts'

/** How a mine stood from a day on, until the next entry. */
export type Standing = {
  readonly from: CalendarDate
  readonly status: MineStatus
  readonly mineType: MineType
  readonly inScope: boolean
}

/** 停产 of the whole mine by order or by its own decision; `to` undefined: it lasts. */
export type WholeStop = { readonly from: CalendarDate; readonly to: CalendarDate | undefined }

export type MinePast = {
  /** In the order of `from`; the first is its registration. */
  readonly standings: readonly Standing[]
  readonly stops: readonly WholeStop[]
}

export type Binding =
  | { readonly binds: true }
  | { readonly binds: false; readonly why: 'notApplicable' | 'paused'; readonly reason: string }

const standingsIn = ({ standings }: MinePast, { from, to }: DutyInstance): readonly Standing[] =>
  standings.filter((standing, at) => {
    const next = standings[at + 1]
    return standing.from <= to && (next === undefined || next.from > from)
  })

/** Whether the whole mine stood still on each day of the instance. */
const stoppedThroughout = ({ stops }: MinePast, { from, to }: DutyInstance): boolean => {
  let day = from
  for (const stop of stops.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    if (stop.from > day) return false
    if (stop.to === undefined || stop.to >= to) return true
    if (stop.to >= day) day = addDays(stop.to, 1)
  }
  return false
}

const notApplicable = (reason: string): Binding => ({ binds: false, why: 'notApplicable', reason })
const paused = (reason: string): Binding => ({ binds: false, why: 'paused', reason })

/**
 * Whether a mine owed an instance. One day on which the duty binds is enough: a mine that stops in mid-month has still
 * worked in it. What is not known is no accusation: the time before its registration is not counted.
 */
export const bindingOf = (duty: Duty, past: MinePast, instance: DutyInstance): Binding => {
  const during = standingsIn(past, instance)
  if (during.length === 0) return notApplicable('登记到本系统之前，不推算')
  const ofType = during.filter(({ mineType }) => duty.mineTypes?.includes(mineType) ?? true)
  if (ofType.length === 0)
    return notApplicable(`只适用于${duty.mineTypes?.map((type) => mineTypes[type]).join('、')}矿山`)
  const covered = duty.campaignOnly ? ofType.filter(({ inScope }) => inScope) : ofType
  if (covered.length === 0) return notApplicable('不在专项整治范围')
  if (!covered.some(({ status }) => duty.statuses.includes(status))) {
    const last = covered.at(-1)?.status ?? 'outOfUse'
    return needsWatcher(last) || last === 'outOfUse'
      ? paused(`矿山${mineStatuses[last]}`)
      : notApplicable(`矿山${mineStatuses[last]}，不适用`)
  }
  if (duty.presupposesWork && stoppedThroughout(past, instance)) return paused('全矿停产期间没有作业')
  return { binds: true }
}
