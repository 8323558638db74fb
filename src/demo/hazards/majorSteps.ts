import type { Step, Telling } from '#demo/story.ts'

const bureauName = '上党区应急管理局（演示）'

/** 报告部门, and the bureau's receipt of it. */
export const reportedToBureau = (
  { on }: Telling,
  when: string,
  by: string,
  body: { readonly how?: 'system' | 'phone' | 'paper'; readonly situation: string; readonly danger: string },
): Step[] => [
  on(when, by, 'departmentReport', { department: bureauName, how: body.how ?? 'system', ...body }),
  on(when, '局/监管员甲', 'departmentReceipt', { department: bureauName, note: '已收到，请按治理方案推进' }),
]

export const reportedToWorkers = ({ on }: Telling, when: string, attended: number): Step =>
  on(when, '安全副矿长', 'workersReport', { meeting: 'all', attended })

export const postedAtGate = ({ on }: Telling, when: string, where = '矿门公示栏'): Step =>
  on(when, '安全员', 'posting', { where })

/** 挂牌督办, with the tracker the notice asks for; its deadline is the rectification's. */
export const listed = ({ on, who }: Telling, when: string, number: number, deadline: string): Step =>
  on(when, '局/监管员甲', 'listing', {
    document: `演示督〔2023〕${number}号`,
    level: 'district',
    tracker: who('局/监管员甲'),
    deadline,
  })

/** 摘牌 on the day of the close-out: an act of its own (PRACTICE D). */
export const closedAndDelisted = ({ on }: Telling, when: string, number: number): Step[] => [
  on(when, '局/监管员甲', 'closeOut', { note: '复查合格，准予销号' }),
  on(when, '局/监管员甲', 'delisting', { document: `演示督〔2023〕${number}号（摘牌）` }),
]

/** 复查 by two officers on site. */
export const rechecked = ({ on, who }: Telling, when: string, findings: string): Step =>
  on(when, '局/监管员甲', 'recheck', {
    result: 'pass',
    officers: [who('局/监管员甲'), who('局/监管员乙')],
    findings,
  })
