import { addDays } from '#domain/calendarDate.ts'
import type { HazardAct } from '#domain/hazard/transitions.ts'

/** Where danger grows (风险上升): an open major hazard whose slope moves, or that was found only just now. */
export type Rising = { readonly title: string; readonly act: HazardAct; readonly clause: string }

/** 判定标准 露天（八） and each of its situations: the slope shows signs of sliding. */
export const movingSlope = 'OP-08'

const justFoundDays = 14

/** Found on this day or later counts as found just now. */
export const justFoundSince = (today: string): string => addDays(today, 1 - justFoundDays)

export const rising = (slopeMoves: boolean): Rising =>
  slopeMoves
    ? { title: '边坡滑移迹象', act: 'progress', clause: '判定标准 露天（八）' }
    : { title: '两周内新发现的重大隐患', act: 'progress', clause: '通知 四(一)2' }
