import type { SelfCheckListed, SheetStanding } from '#contract/selfCheck.ts'

export const standingTitles: Readonly<Record<SheetStanding, string>> = {
  notBegun: '没有开始',
  inProgress: '正在查',
  submitted: '已提交，等签字',
  done: '已签字',
}

/** 本月未落实, once the month is over (PRACTICE 18); before that, how far it has come. */
export const standingWords = ({ standing, missed, waitsForSignature }: SelfCheckListed): string => {
  if (missed) return `本月未落实：${standingTitles[standing]}`
  return standing === 'done' && waitsForSignature ? '已签字，补充的等签字' : standingTitles[standing]
}
