import { type Mine, type MineStatus, mineStatuses } from '#domain/org/mine.ts'
import { needsWatcher } from '#domain/org/watch.ts'

const everyStatus = Object.keys(mineStatuses) as MineStatus[]

/** Where somebody is at work: a month without anybody has nothing to be checked, it is watched (PRACTICE 15). */
export const statusesThatOwe: readonly MineStatus[] = everyStatus.filter(
  (status) => !needsWatcher(status) && status !== 'outOfUse',
)

/** Whether a mine owes each month a self-check: in the campaign, with somebody at work. */
export const owesSelfCheck = ({ inScope, status }: Pick<Mine, 'inScope' | 'status'>): boolean =>
  inScope && statusesThatOwe.includes(status)
