import { type Mine, mineStatuses } from '#domain/org/mine.ts'
import { needsWatcher } from '#domain/org/watch.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'

type Standing = Pick<Mine, 'status' | 'inScope'>

export const coverages = {
  whole: '通知的全部要求',
  watch: '驻矿盯守（责任单位、盯守人员、值守记录）',
  wholeAndWatch: '驻矿盯守；区局决定纳入，另按通知的全部要求',
  lawOnly: '只有法律规定的义务',
} as const

export type Coverage = keyof typeof coverages

/** What a mine owes (PRACTICE 15): the notice's whole set, the watch, or the law alone. */
export const coverageOf = ({ status, inScope }: Standing): Coverage => {
  if (needsWatcher(status)) return inScope ? 'wholeAndWatch' : 'watch'
  return inScope ? 'whole' : 'lawOnly'
}

/** A producing mine is within the campaign by the notice itself; of the others the bureau decides. */
export const checkScope = ({ status, inScope }: Standing): Outcome<undefined> => {
  if (status !== 'producing' || inScope) return ok(undefined)
  return refuse({
    code: 'producing-in-scope',
    message: `“${mineStatuses.producing}”的矿山都在通知的整治范围内，不能登记为不纳入`,
    clause: '通知 二',
    remedy: '勾选整治范围；已经停产、停建的，先改状态',
    details: { fields: [{ field: 'inScope', message: '正常生产的矿山都在整治范围内' }] },
  })
}
