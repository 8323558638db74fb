import { type Figure, percentile } from './figure.ts'
import { openSides, type Round } from './ledger/sides.ts'
import { treeCost } from './ledger/treeCost.ts'

export type BenchOptions = { readonly seconds: number; readonly clients: number; readonly rounds: number }

const rateOf = ({ milliseconds, seconds }: Round): number => milliseconds.length / seconds
const best = (values: readonly number[]): number => Math.max(...values)

/**
 * What the log costs: the same commands straight to `execute`, with the log and without it, in turns; then 500 acts a
 * second until each is signed for; then the arithmetic alone.
 */
export const benchLedger = async ({ seconds, clients, rounds }: BenchOptions): Promise<readonly Figure[]> => {
  const bench = 'ledger'
  const sides = await openSides(clients)
  try {
    await sides.withLog.run(2)
    await sides.withoutLog.run(2)
    const withLog: Round[] = []
    const withoutLog: Round[] = []
    for (let turn = 0; turn < rounds; turn += 1) {
      withLog.push(await sides.withLog.run(seconds / rounds / 4))
      withoutLog.push(await sides.withoutLog.run(seconds / rounds / 4))
    }
    const [paced, pacedWithout] = [
      await sides.withLog.pace(seconds / 4, 500),
      await sides.withoutLog.pace(seconds / 4, 500),
    ]
    const p50 = ({ milliseconds }: Round) => percentile(milliseconds, 0.5)
    const full = percentile(
      withLog.map((round, turn) => p50(round) - p50(withoutLog[turn] ?? round)),
      0.5,
    )
    const cost = treeCost(51_200, 256)
    const [rate, bare] = [best(withLog.map(rateOf)), best(withoutLog.map(rateOf))]
    return [
      { bench, figure: 'commands with the log', value: rate, unit: '1/s', kind: 'shown' },
      { bench, figure: 'commands without the log', value: bare, unit: '1/s', kind: 'shown' },
      { bench, figure: 'with to without', value: rate / bare, unit: 'ratio', reference: 0.55, kind: 'ratio' },
      { bench, figure: 'added p50, as many as it can', value: full, unit: 'ms', kind: 'shown' },
      { bench, figure: 'paced', value: rateOf(paced), unit: '1/s', reference: 500, kind: 'rate' },
      { bench, figure: 'p50 at 500 acts/s without', value: p50(pacedWithout), unit: 'ms', kind: 'shown' },
      {
        bench,
        figure: 'added p50 at 500 acts/s',
        value: p50(paced) - p50(pacedWithout),
        unit: 'ms',
        reference: 1.5,
        kind: 'time',
      },
      {
        bench,
        figure: 'act to signed checkpoint, p50',
        value: percentile(paced.signed, 0.5),
        unit: 'ms',
        kind: 'shown',
      },
      {
        bench,
        figure: 'act to signed checkpoint, p99',
        value: percentile(paced.signed, 0.99),
        unit: 'ms',
        reference: 1_000,
        kind: 'time',
      },
      { bench, figure: 'CPU an entry at batch 256', value: cost.microseconds, unit: 'µs', reference: 10, kind: 'time' },
      { bench, figure: 'tiles an entry at batch 256', value: cost.bytes, unit: 'bytes', reference: 45, kind: 'time' },
    ]
  } finally {
    await sides.close()
  }
}
