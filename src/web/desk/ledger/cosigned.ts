import type { LedgerShown } from '#contract/ledger.ts'

type Witness = Pick<LedgerShown['witnesses'][number], 'size' | 'cosignedAt'>

/** How far this log is co-signed. What a witness signed of an earlier log has a size too, and no time here. */
export const cosignedUpTo = (witnesses: readonly Witness[]): number =>
  witnesses.reduce((most, { size, cosignedAt }) => (cosignedAt === undefined ? most : Math.max(most, size ?? 0)), 0)

/** Of a witness without trouble. Nothing heard is not all is well. */
export const howItGoes = ({ size, cosignedAt }: Witness, signedSize: number): string => {
  if (size === undefined || cosignedAt === undefined) return '等它第一次联署'
  return size < signedSize ? `还差最近 ${signedSize - size} 条` : '正常'
}
