import {
  closedAndDelisted,
  listed,
  postedAtGate,
  rechecked,
  reportedToBureau,
  reportedToWorkers,
} from '#demo/hazards/majorSteps.ts'
import { shortWay } from '#demo/hazards/shortWay.ts'
import { type Story, story } from '#demo/story.ts'

const h02 = story('H02', 'F02', (telling) => {
  const { on, who } = telling
  return [
    on(
      '05-26',
      '安全副矿长',
      'report',
      {
        source: 'floodSeasonCheck',
        place: '坑底+964 m',
        description:
          '已转入凹陷（封闭圈+988 m）：设计截水沟420 m、集水坑600 m³、水泵3台（2用1备）；实有截水沟160 m、集水坑约180 m³、水泵1台',
        suspectedGrade: 'major',
        suspectedCriteria: ['OP-10'],
      },
      { photographs: ['H02-before'] },
    ),
    on('05-26', '矿长', 'control', {
      scope: 'partial',
      where: '+976 m以下',
      measure: '+976 m以下停止作业，设备撤至+988 m以上',
    }),
    on('05-26', '技术负责人', 'judge', {
      outcome: 'major',
      criteria: ['OP-10'],
      basis: '凹陷露天未按设计建设防洪排洪设施：截水沟缺260 m，集水坑缺约420 m³，水泵缺2台；对照判定标准露天（十）',
    }),
    ...reportedToBureau(telling, '05-26', '矿长', {
      situation: '转入凹陷开采后排水工程没有跟上',
      danger: '汛期坑底积水会淹没设备、浸泡坡脚；土方和设备采购不难，三周可以完成',
    }),
    postedAtGate(telling, '05-26'),
    on('05-26', '矿长', 'assign', {
      responsible: who('矿长'),
      measures: '补建截水沟260 m、扩集水坑、增泵2台',
      funds: 23_800_000,
      deadline: '2023-06-20',
      contingencyPlan: '防汛应急预案',
    }),
    on('05-28', '技术负责人', 'plan', {
      goal: '6月20日前建成设计的防洪排洪系统，具备+964 m以下排水能力',
      method: '封闭圈外补挖截水沟260 m并浆砌，集水坑扩至600 m³，增设水泵2台及备用电源',
      resources: '土方和浆砌14.20万元、水泵及管路9.60万元，自有挖掘机2台',
      organisation: '矿长负责，技术负责人、机电班长、采剥班长各管一项',
      schedule: '5月31日前订泵，6月10日前截水沟和集水坑完工，6月15日前试泵',
      safeguards: '坑底施工设专人看雨情，雨前撤出；按防汛应急预案值班',
    }),
    reportedToWorkers(telling, '05-29', 68),
    listed(telling, '05-31', 1, '2023-06-20'),
    on('06-08', '矿长', 'progress', { percent: 60, note: '截水沟挖通，集水坑扩至420 m³，水泵到货', spent: 15_600_000 }),
    on('06-15', '矿长', 'progress', {
      percent: 100,
      note: '截水沟420 m贯通，集水坑600 m³，水泵3台试运行8小时',
      spent: 23_140_000,
    }),
    on('06-16', '技术负责人', 'evaluation', {
      evaluator: 'own',
      conclusion: '排水能力满足设计暴雨要求，两用一备，电源双回',
    }),
    on('06-16', '矿长', 'accept', { conclusion: '按方案完成，验收合格' }, { photographs: ['H02-after'] }),
    on('06-16', '矿长', 'requestRecheck', { note: '截水沟、集水坑、水泵均已完成' }),
    rechecked(telling, '06-20', '截水沟实测421 m，集水坑约610 m³，水泵3台现场试运行正常'),
    ...closedAndDelisted(telling, '06-21', 1),
    on('06-21', '矿长', 'resumeRequest', {
      where: '+976 m以下',
      content: '防洪排洪系统已建成并经复查合格，评估结论为满足设计',
    }),
    on('06-23', '局/三股股长', 'resumeDecision', { granted: 'yes', reason: '复查合格，同意恢复+976 m以下作业' }),
    on('06-30', '安全副矿长', 'trace', {
      facts: '转入凹陷后8个月没有建成设计的防洪排洪系统',
      causes: '人：没有指定排水工程负责人；机：水泵只配1台；环：封闭圈外汇水面积大；管：转凹陷没有做变更验收',
      accountability: '生产副矿长、技术负责人各扣当月安全绩效，班子会上作检查',
      duties: '技术负责人管排水设计落实，机电班长管泵和电源，采剥班长管沟坑清淤',
      cure: '临时：雨前人工巡沟；长期：转入新水平前先验收排水系统，列入采剥计划审批表',
    }),
  ]
})

/** Suspected, compared, not established: filed with its table. */
const h11 = story('H11', 'F02', ({ on }) => [
  on('06-13', '矿长', 'report', {
    source: 'principalCheck',
    place: '变电所',
    description: '在用旧型号变压器，疑属明令禁止设备',
    suspectedGrade: 'major',
    suspectedCriteria: ['OP-02'],
  }),
  on(
    '06-15',
    '技术负责人',
    'judge',
    {
      outcome: 'notEstablished',
      basis: '核对禁止使用目录第一批、第二批，本型号不在列；另按节能计划更换，不计隐患。附比对表',
    },
    {
      papers: [
        {
          name: 'H11变压器与禁止目录比对表.txt',
          text: [
            '演示数据·虚构',
            '变电所变压器与禁止使用的设备及工艺目录比对表',
            '核对人：技术负责人　　核对日期：2023-06-15',
            '',
            '对象　　　　　　　　目录　　　　　　　　　　　　　　　结果',
            '1号变压器（旧型号）　禁止使用目录（第一批）　　　　　　逐项核对，不在列',
            '1号变压器（旧型号）　禁止使用目录（第二批）　　　　　　逐项核对，不在列',
            '',
            '结论：不属于明令禁止使用的设备，不构成判定标准露天（二）。',
            '另：能效偏低，列入2024年节能更换计划，不计隐患。',
          ].join('\n'),
        },
      ],
    },
  ),
])

const h15 = story('H15', 'F02', (telling) =>
  shortWay(telling, {
    found: { when: '07-03', by: '安全员', source: 'safetyOfficerCheck' },
    place: '采剥外包',
    description: '安全生产管理协议06-30到期未续签，2名挖掘机司机不在本矿培训档案',
    basis: '外包安全管理缺项，不触及重大隐患判定标准',
    five: {
      responsible: '安全副矿长',
      measures: '续签、补档、补训',
      fundsFen: 200_000,
      deadline: '2023-07-10',
      contingencyPlan: '未续签前停外包作业',
    },
    closed: {
      when: '07-10',
      acceptedBy: '矿长',
      conclusion: '协议已续签至2024-06-30，2名司机补训24学时并建档',
      recheckedBy: '安全员',
      findings: '协议、档案、考试卷齐全',
    },
  }),
)

export const f02Stories: readonly Story[] = [h02, h11, h15]
