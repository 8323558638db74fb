import { postedAtGate, reportedToBureau } from '#demo/hazards/majorSteps.ts'
import { type Story, story } from '#demo/story.ts'

/** Only the person and the deadline are put down; no plan, no workers' meeting: what is missing stands open, nothing is filled in. */
const h09 = story('H09', 'F10', (telling) => {
  const { on, who } = telling
  return [
    on(
      '09-12 10:18',
      '局/执法员甲',
      'report',
      {
        source: 'enforcement',
        place: '山坡排土场上游',
        description: '排土场高24 m，设计截水沟310 m，实建120 m，雨水漫坡冲沟3处',
        suspectedGrade: 'major',
        suspectedCriteria: ['OP-11-3'],
      },
      { photographs: ['H09-before'] },
    ),
    on('09-12 10:31', '局/执法员甲', 'control', {
      scope: 'partial',
      where: '山坡排土场',
      measure: '演示应急现决〔2023〕2号：责令停止排土，坡脚设警戒',
    }),
    on('09-12', '局/执法员甲', 'judge', {
      outcome: 'major',
      criteria: ['OP-11-3'],
      basis: '山坡排土场未按设计建截水沟：设计310 m，实建120 m；对照判定标准露天（十一）3',
    }),
    on('09-12', '局/执法员甲', 'order', {
      document: '演示应急责改〔2023〕3号',
      demand: '按设计补建截水沟190 m，整治冲沟，复查合格前不得排土',
      deadline: '2023-10-12',
    }),
    ...reportedToBureau(telling, '09-13', '矿长', {
      how: 'paper',
      situation: '截水沟修到120 m后停工，一直没有续建',
      danger: '雨水漫坡，可能冲垮排土场坡面；土方量不大',
    }),
    postedAtGate(telling, '09-13'),
    on('09-13', '矿长', 'assign', { responsible: who('矿长'), deadline: '2023-10-12' }),
    on('09-14', '局/执法中队长', 'penalty', {
      document: '演示应急立〔2023〕6号',
      against: 'company',
      note: '09-14立案，调查中；与主要负责人一案双罚',
    }),
    on('09-14', '局/执法中队长', 'penalty', {
      document: '演示应急立〔2023〕6号',
      against: 'principal',
      note: '同案，调查中',
    }),
    on('09-14', '矿长', 'progress', { percent: 0, note: '治理方案未编，尚未动工' }),
  ]
})

const h19 = story('H19', 'F10', ({ on, who }) => [
  on(
    '09-12 11:06',
    '局/执法员乙',
    'report',
    {
      source: 'enforcement',
      place: '+1055 m平台坡面',
      description: '浮石约6 m³未清',
      suspectedGrade: 'general',
    },
    { photographs: ['H19-before'] },
  ),
  on('09-12', '局/执法员乙', 'judge', { outcome: 'general', basis: '平台坡面浮石未及时清理，不触及重大隐患判定标准' }),
  on('09-12', '局/执法员乙', 'order', {
    document: '演示应急责改〔2023〕3号',
    demand: '机械清理浮石，清理前坡下封闭',
    deadline: '2023-09-19',
  }),
  on('09-13', '矿长', 'assign', {
    responsible: who('安全员'),
    measures: '机械清理，清理前坡下封闭',
    funds: 300_000,
    deadline: '2023-09-19',
    contingencyPlan: '坡下警戒',
  }),
])

export const f10Stories: readonly Story[] = [h09, h19]
