import { latest } from '#domain/hazard/facts.ts'
import { pendingExtension, pendingResumption } from '#domain/hazard/standing.ts'
import type { HazardState } from '#domain/hazard/state.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'

type Milestone = { readonly on: string; readonly title: string }

const finding = ({ finding: { on } }: HazardState): Milestone => ({ on, title: '发现' })

const titled = (title: string, entry: { readonly on: string } | undefined): Milestone | undefined =>
  entry && { on: entry.on, title }

/** What the mine has to do again: a failed recheck or a reopening, whichever came last. */
const lastSetback = (state: HazardState): Milestone | undefined => {
  const failed = titled(
    '复查不合格',
    state.rechecks.findLast(({ result }) => result === 'fail'),
  )
  const reopened = titled('重新打开', latest(state.reopenings))
  if (!failed || !reopened) return failed ?? reopened
  return failed.on > reopened.on ? failed : reopened
}

/**
 * An act is late as it may be, never earlier than what it answers: an acceptance dated back before the recheck that
 * failed would undo the overdue days (PRACTICE A13).
 */
const answers: Readonly<Record<string, (state: HazardState) => Milestone | undefined>> = {
  accept: lastSetback,
  requestRecheck: (state) => titled('企业验收', state.acceptance),
  recheck: (state) => titled('企业验收', state.acceptance),
  closeOut: (state) => titled('复查合格', latest(state.rechecks)),
  reopen: (state) => titled('办结', state.closing ?? state.ending),
  extensionDecision: (state) => titled('申请延期', pendingExtension(state)),
  resumeDecision: (state) => titled('申请恢复生产', pendingResumption(state)),
}

/** Stopping and withdrawing are written down whatever the dates say (PRACTICE A3). */
const anyDay: ReadonlySet<string> = new Set(['control', 'correct'])

export const inOrder = (state: HazardState | undefined, act: string, on: string): Outcome<undefined> => {
  if (!state || anyDay.has(act)) return ok(undefined)
  const found = finding(state)
  if (on < found.on)
    return refuse({
      code: 'before-finding',
      message: `日期 ${on} 早于发现日期 ${found.on}`,
      remedy: '核对日期；发现日期登记错了的，先做登记更正',
    })
  const earlier = answers[act]?.(state)
  if (earlier && on < earlier.on)
    return refuse({
      code: 'before-what-it-answers',
      message: `日期 ${on} 早于${earlier.title}的日期 ${earlier.on}`,
      remedy: `填 ${earlier.on} 或以后实际发生的日期`,
    })
  return ok(undefined)
}
