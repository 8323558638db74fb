import { shortWay } from '#demo/hazards/shortWay.ts'
import { type Story, story } from '#demo/story.ts'

/** A working bench too high is not OP-04, which speaks of the final bench (PRACTICE D). */
const h23 = story('H23', 'F09', (telling) =>
  shortWay(telling, {
    found: { when: '06-27', by: '矿长', source: 'principalCheck' },
    place: '北帮+954 m工作台阶',
    description: '台阶实测9.5 m，大于挖掘机最大挖掘高度8.6 m（设计8 m）',
    before: 'H23-before',
    basis: '是工作台阶，不是“最终边坡台阶”，不构成判定标准露天（四）',
    five: {
      responsible: '生产班长',
      measures: '分层降段至8 m以内',
      fundsFen: 1_200_000,
      deadline: '2023-07-05',
      contingencyPlan: '坡脚30 m内禁止停机停人',
    },
    closed: {
      when: '07-03',
      acceptedBy: '技术负责人',
      conclusion: '分两层降段，实测7.6–7.9 m',
      recheckedBy: '安全员',
      findings: '台阶高度均小于8 m，坡脚警戒已撤',
    },
  }),
)

const h24 = story('H24', 'F09', (telling) =>
  shortWay(telling, {
    found: { when: '08-15', by: '矿长', source: 'principalCheck' },
    place: '新工人3名',
    description: '三级教育累计24学时即上岗（应不少于72学时）',
    basis: '培训学时不足，不触及重大隐患判定标准',
    five: {
      responsible: '安全员',
      measures: '停岗补训至72学时并考试',
      fundsFen: 450_000,
      deadline: '2023-09-01',
      contingencyPlan: '现场处置',
    },
    closed: {
      when: '09-01',
      acceptedBy: '安全副矿长',
      conclusion: '3人补训至72学时，考试全部合格后上岗',
      recheckedBy: '矿长',
      findings: '培训档案、签到表、试卷齐全',
    },
  }),
)

export const f09Stories: readonly Story[] = [h23, h24]
