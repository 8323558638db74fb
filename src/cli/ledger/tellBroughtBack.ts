import type { BroughtBack } from '#server/ledger/replay/bringBack.ts'
import { describeReplayed, describeSettled } from '#server/ledger/replay/describe.ts'
import { whatHappened } from '#server/ledger/trouble.ts'
import { businessDate } from '#server/platform/clock.ts'

/** What putting back came to, line by line; nothing where there was nothing to do. */
export const tellBroughtBack = (done: BroughtBack): readonly string[] => {
  switch (done.kind) {
    case 'nothing':
      return []
    case 'wouldBring':
      return [`${describeReplayed(done.replayed)}（试做，没有改动）`]
    case 'brought':
      return [describeReplayed(done.replayed), ...describeSettled(done.settled).map((line) => `  ${line}`)]
    case 'refused':
      return [
        `!! ${whatHappened(done.trouble)}`,
        `!! ${done.trouble.remedy}`,
        '!! 系统照常办理，但在处理好以前不签发新的存证快照',
      ]
    case 'begun':
      return [
        `存证另起第 ${done.begun.number} 套（${done.begun.origin}），${businessDate(new Date())}：${done.begun.reason}`,
        '  已有的记录会全部排进新的存证；原来的快照写在它的第一条里',
      ]
  }
}
