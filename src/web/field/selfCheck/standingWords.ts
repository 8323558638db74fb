import type { SheetShown } from '#contract/selfCheck.ts'

/** How far the month has come, in words. */
export const standingWords = ({ standing, submissions, signatures }: SheetShown): string => {
  switch (standing) {
    case 'notBegun':
      return '还没有开始'
    case 'inProgress':
      return '正在查'
    case 'submitted':
      return '已提交，等主要负责人签字'
    case 'done':
      return submissions.length > (signatures.at(-1)?.submission ?? 0) ? '已签字，补充的等签字' : '✓ 已签字'
  }
}
