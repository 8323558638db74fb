import type { MineFigure } from '#domain/org/mineFigures.ts'

/** Mines by the stops that stand there, out of the tally. */
const stopped = (which: string): string => `select t.mine_id from read.hazard_tally t where ${which}`
const anywhere = stopped('t.stopped_whole > 0 or t.stopped_partial > 0')
const whole = stopped('t.stopped_whole > 0')

/** What a figure counts, as a condition on a row `m` of read.mine; the same words count and list. */
const conditions: Readonly<Record<MineFigure, string>> = {
  inScope: 'm.in_scope',
  watched: `m.status in ('longSuspended', 'constructionHalted')`,
  stopped: `m.id in (${anywhere})`,
  stoppedWhole: `m.id in (${whole})`,
  stoppedPartial: `m.id in (${anywhere}) and m.id not in (${whole})`,
}

export const mineFigureCondition = (figure: MineFigure): string => conditions[figure]
