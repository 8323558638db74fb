import { loadavg } from 'node:os'

/**
 * One measured figure with what it is held against. A ratio (both sides from one run) must reach its reference; an
 * absolute rate or time depends on the machine and its neighbours, and fails only beyond twice its reference.
 */
export type Figure = {
  readonly bench: string
  readonly figure: string
  readonly value: number
  readonly unit: string
  readonly reference?: number
  readonly kind: 'ratio' | 'rate' | 'time' | 'none-allowed' | 'shown'
}

export const passes = ({ kind, value, reference = 0 }: Figure): boolean => {
  if (kind === 'ratio') return value >= reference
  if (kind === 'rate') return value >= reference / 2
  if (kind === 'time') return value <= reference * 2
  if (kind === 'none-allowed') return value === 0
  return true
}

const rounded = (value: number): number => Number(value.toPrecision(4))

/** One JSON line a figure; `load` is the machine's load average of the last minute, before this line. */
export const print = (figure: Figure): void => {
  const { bench, value, unit, reference } = figure
  const ratio = reference ? rounded(value / reference) : null
  const line = {
    bench,
    figure: figure.figure,
    value: rounded(value),
    unit,
    reference: reference === undefined ? null : rounded(reference),
    ratio,
  }
  process.stdout.write(`${JSON.stringify({ ...line, load: rounded(loadavg()[0] ?? 0) })}\n`)
}

/** The value below which the share lies, by nearest rank. */
export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}
