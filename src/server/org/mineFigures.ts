import type { MineFigure } from '#domain/org/mineFigures.ts'

/** Mines by the stops that stand there; a record that goes on as another counts there alone. */
const stopped = (which: string): string => `m.id in (
  select h.mine_id from read.hazard h where h.stop is not null and not h.continued
  group by h.mine_id having ${which})`

/** What a figure counts, as a condition on a row `m` of read.mine; the same words count and list. */
const conditions: Readonly<Record<MineFigure, string>> = {
  inScope: 'm.in_scope',
  watched: `m.status in ('longSuspended', 'constructionHalted')`,
  stopped: stopped('true'),
  stoppedWhole: stopped(`bool_or(h.stop = 'whole')`),
  stoppedPartial: stopped(`not bool_or(h.stop = 'whole')`),
}

export const mineFigureCondition = (figure: MineFigure): string => conditions[figure]
