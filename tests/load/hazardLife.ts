import { v7 as uuidv7 } from 'uuid'
import type { SignedInMine } from '#tests/load/register.ts'

export type SentCommand = {
  readonly id: string
  readonly tenantId: string
  readonly streamId: string
  readonly act: string
  readonly body: Readonly<Record<string, unknown>>
}

/** What a mine writes of one major hazard in its first days, in the words it would use: the mix of the load. */
const acts = ({ mineId, personId }: Pick<SignedInMine, 'mineId' | 'personId'>) =>
  [
    [
      'report',
      {
        mineId,
        source: 'safetyOfficerCheck',
        place: '北帮 1215 平台',
        description: '平台宽度不足，边坡上有浮石，雨后有小块滚落到运输道路上。',
        suspectedGrade: 'major',
      },
    ],
    [
      'control',
      {
        scope: 'partial',
        where: '北帮 1215 平台以下',
        measure: '停止作业，撤出 6 人，拉警戒线，派人看守。',
        withdrawn: 6,
      },
    ],
    [
      'judge',
      {
        outcome: 'major',
        criteria: ['OP-03'],
        basis: '实测平台宽度 2.1 米，设计 4 米；未按自上而下的顺序分台阶开采。',
      },
    ],
    [
      'assign',
      {
        responsible: personId,
        measures: '由上而下清理浮石，恢复平台宽度，复测后才恢复运输。',
        funds: 18_000_000,
        deadline: '2030-12-31',
        contingencyPlan: '边坡滑塌现场处置方案',
      },
    ],
    ['progress', { percent: 40, note: '浮石已清理，平台恢复到 3 米。', spent: 6_000_000 }],
  ] as const

export const lifeLength = 5

/** The commands of one hazard's life in order, each with an id of its own. */
export const hazardLife = (mine: Pick<SignedInMine, 'mineId' | 'personId'>): readonly SentCommand[] => {
  const streamId = uuidv7()
  return acts(mine).map(([act, body]) => ({ id: uuidv7(), tenantId: mine.mineId, streamId, act, body }))
}
