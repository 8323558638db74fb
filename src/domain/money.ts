import { z } from 'zod'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'

/** Money is whole fen (分): no fraction, no rounding before a comparison. */
export type Fen = number

/** 10 万亿元: above any sum a mine can owe, far below where doubles lose a fen (2^53). */
export const maxFen = 1e15

const fenPerYuan = 100
const fenPerWanYuan = 1_000_000

/** zod schema of an amount in fen. Bounds are closed: 0 to 1e15. */
export const fen = (rules: { readonly label?: string } = {}) => {
  const name = rules.label === undefined ? '' : `“${rules.label}”`
  return z
    .number({
      error: (issue) => `${name}${issue.input === undefined ? '没有填写，请填写金额' : '应是金额（以分计的整数）'}`,
    })
    .superRefine((value, context) => {
      const message = amountComplaint(value)
      if (message !== undefined) context.addIssue({ code: 'custom', message: `${name}${message}` })
    })
    .meta({ type: 'integer', minimum: 0, maximum: maxFen })
}

const amountComplaint = (value: number): string | undefined => {
  if (value < 0) return '金额不能是负数，请填 0 或正数'
  if (value > maxFen) return '金额超过 10 万亿元，请核对单位是元还是万元'
  if (!Number.isInteger(value)) return '金额只能精确到分，请去掉分以下的小数'
  return undefined
}

const mustBeFen = (value: Fen): number => {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a whole number of fen: ${value}`)
  return Math.abs(value)
}

const grouped = (whole: number): string => String(whole).replace(/\B(?=(\d{3})+$)/g, ',')

/** `12,300 元`; fen are shown only where there are any: `12,300.05 元`. */
export const formatYuan = (amount: Fen): string => {
  const size = mustBeFen(amount)
  const rest = size % fenPerYuan
  const fraction = rest === 0 ? '' : `.${String(rest).padStart(2, '0')}`
  return `${amount < 0 ? '-' : ''}${grouped((size - rest) / fenPerYuan)}${fraction} 元`
}

/** `18.60 万元`, to the nearest hundred yuan, halves away from zero. For show only: never compare what comes out. */
export const formatWanYuan = (amount: Fen): string => {
  const size = mustBeFen(amount)
  const step = fenPerWanYuan / 100
  const rest = size % step
  const hundredths = (size - rest) / step + (rest * 2 >= step ? 1 : 0)
  const sign = amount < 0 && hundredths > 0 ? '-' : ''
  return `${sign}${grouped(Math.floor(hundredths / 100))}.${String(hundredths % 100).padStart(2, '0')} 万元`
}

const written = /^(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(万)?元?$/

const badAmount = (message: string): Outcome<never> =>
  refuse({ code: 'amountUnreadable', message, remedy: '请写成 12300、12,300.50 或 18.6万元 的样子' })

/**
 * Reads what people type: `12300`, `12,300.5`, `12,300 元`, `18.6万元`, full-width digits.
 * Reads digit by digit, so 0.29 元 is 29 fen and not 28.999…
 */
export const parseYuan = (input: string): Outcome<Fen> => {
  const plain = input
    .normalize('NFKC')
    .replace(/[\s¥￥]/g, '')
    .replace(/，/g, ',')
  if (plain === '') return badAmount('没有填写金额')
  if (plain.startsWith('-')) return badAmount('金额不能是负数')
  const match = written.exec(plain)
  if (match === null) return badAmount(`“${input.trim().slice(0, 20)}”不是金额`)
  const places = match[3] === undefined ? 2 : 6
  const fraction = (match[2] ?? '').replace(/0+$/, '')
  if (fraction.length > places) return badAmount('金额只能精确到分')
  const amount = Number((match[1] ?? '').replaceAll(',', '') + fraction.padEnd(places, '0'))
  const complaint = amountComplaint(amount)
  return complaint === undefined ? ok(amount) : badAmount(complaint)
}
