import { effectiveDeadline, finishedOn } from '#domain/hazard/deadline.ts'
import { matters } from '#domain/hazard/matters.ts'
import { foundBy } from '#domain/hazard/source.ts'
import { dualReported, externalNumbers, listingStands, percentDone, standingStop } from '#domain/hazard/standing.ts'
import { gradeOf, type HazardState } from '#domain/hazard/state.ts'
import { isOpen } from '#domain/hazard/status.ts'

/** The one row of read.hazard a stream leads to: what lists and figures ask for. The hazard's own page folds the stream. */
export const hazardRow = (state: HazardState) => {
  const open = isOpen(state.status)
  const waiting = matters(state)
  return {
    number: state.number,
    mine_id: state.finding.mineId,
    status: state.status,
    open,
    /** Merged or handed over: the other record goes on and is the one that counts (PRACTICE A5). */
    continued: state.ending?.other !== undefined,
    grade: gradeOf(state) ?? null,
    judged_grade: state.judgement?.grade ?? null,
    source: state.finding.source,
    found_by: foundBy(state.finding.source),
    found_on: state.finding.on,
    reported_by: state.finding.by.accountId,
    photo: state.finding.photos[0] ?? null,
    place: state.finding.place ?? null,
    description: state.finding.description ?? null,
    criteria: (state.judgement?.criteria ?? []).map(({ code }) => code),
    due_on: effectiveDeadline(state) ?? null,
    closed_on: state.closing?.dayUnknown ? null : (state.closing?.on ?? null),
    /** Overdue is derived by the reader: due_on < today while the clock runs (PRACTICE A13). */
    clock_runs: open && finishedOn(state) === undefined,
    progress_percent: percentDone(state) ?? null,
    funds_planned: state.five.funds?.value ?? null,
    funds_spent: state.facts.progress?.findLast((step) => step.spent !== undefined)?.spent ?? null,
    listed: (state.facts.listing?.length ?? 0) > 0,
    listing_stands: listingStands(state),
    dual_reported: dualReported(state),
    extended: state.facts.extensionDecision?.some((one) => one.granted === 'yes') ?? false,
    repeated: (state.facts.repeatLink?.length ?? 0) > 0,
    stop: standingStop(state) ?? null,
    legacy: state.legacy !== undefined,
    external_numbers: externalNumbers(state),
    matters: waiting,
    waits: waiting.length > 0,
  }
}
