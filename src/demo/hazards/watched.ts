import { closedAndDelisted, listed, rechecked, reportedToBureau } from '#demo/hazards/majorSteps.ts'
import { shortWay } from '#demo/hazards/shortWay.ts'
import { type Story, story } from '#demo/story.ts'

/** Found by the township's patrol: rechecked and closed by the township; the two missing days are never filled in. */
const h20 = story('H20', 'F06', ({ on, who }) => [
  on('07-18', '八义镇/应急站长', 'report', {
    source: 'townshipPatrol',
    place: '驻矿盯守',
    description: '盯守日志缺7月16、17两日',
    suspectedGrade: 'general',
  }),
  on('07-18', '八义镇/应急站长', 'judge', {
    outcome: 'general',
    basis: '盯守记录缺失，现场无人作业，不触及重大隐患判定标准',
  }),
  on('07-18', '主要负责人', 'assign', {
    responsible: who('盯守负责人'),
    measures: '补岗、交接班签字',
    funds: 0,
    deadline: '2023-07-21',
    contingencyPlan: '现场处置',
  }),
  on('07-21', '盯守人员甲', 'accept', {
    conclusion: '两班补齐，交接班签字；缺的两日不补写，注明缺岗原因（轮休调班脱节）',
    notPhotographable: true,
  }),
  on('07-21', '八义镇/应急站长', 'recheck', {
    result: 'pass',
    officers: [who('八义镇/应急站长')],
    findings: '7月18日至21日日志连续，两班签字齐全；16、17日注明缺岗原因',
  }),
  on('07-21', '八义镇/应急站长', 'closeOut', {}),
])

const h25 = story('H25', 'F11', (telling) =>
  shortWay(telling, {
    found: { when: '08-30', by: '主要负责人', source: 'watchCheck' },
    place: '斜坡道口',
    description: '封闭栅栏锁具损坏',
    basis: '井口封闭设施损坏，无人进入，不触及重大隐患判定标准',
    five: {
      responsible: '盯守人员甲',
      measures: '换锁、加焊、补警示牌',
      fundsFen: 60_000,
      deadline: '2023-08-31',
      contingencyPlan: '现场处置',
    },
    closed: {
      when: '08-31',
      acceptedBy: '盯守负责人',
      conclusion: '锁具更换，栅栏加焊两道，警示牌补齐',
      recheckedBy: '主要负责人',
      findings: '栅栏牢固，锁具完好',
    },
  }),
)

/** Found by an expert the company hired: counts as the mine's own finding (PRACTICE 27). */
const h10 = story('H10', 'F12', (telling) => {
  const { on, who } = telling
  return [
    on('05-24', '安全员', 'report', {
      source: 'hiredExpert',
      place: '库区',
      description: '汛前未做调洪演算',
      suspectedGrade: 'major',
      suspectedCriteria: ['TP-08'],
    }),
    on('05-24', '安全员', 'control', {
      scope: 'none',
      where: '库区',
      measure: '安排24 h巡坝，抽低库水位0.6 m',
    }),
    on('05-24', 'F11/主要负责人', 'judge', {
      outcome: 'major',
      criteria: ['TP-08'],
      basis: '2023年汛前未委托调洪演算；停用后库水位变化，不能沿用上年结果；对照判定标准尾矿库（八）',
    }),
    ...reportedToBureau(telling, '05-24', 'F11/主要负责人', {
      situation: '停用后没有人管演算，合同2021年到期未续',
      danger: '汛期安全超高不明；委托设计单位三周可完成',
    }),
    on('05-25', '安全员', 'posting', { where: '库区值班室公示栏' }),
    on('05-25', 'F11/主要负责人', 'assign', {
      responsible: who('企业主要负责人'),
      measures: '委托设计单位调洪演算、清淤排洪斜槽',
      funds: 6_800_000,
      deadline: '2023-06-15',
      contingencyPlan: '尾矿库防洪应急预案',
    }),
    on('05-26', 'F11/主要负责人', 'workersReport', { meeting: 'all', attended: 7 }),
    on('05-26', 'F11/主要负责人', 'plan', {
      goal: '6月15日前取得2023年汛前调洪演算成果，安全超高和干滩长度不小于设计值',
      method: '委托设计单位按五等库洪水标准演算，清淤排洪斜槽，抽低库水位',
      resources: '演算3.60万元、清淤3.20万元，抽水泵2台',
      organisation: '企业主要负责人负责，安全员和巡坝工值守',
      schedule: '6月5日前清淤，6月12日前出演算报告，6月13日验收',
      safeguards: '24 h巡坝，库水位每日三测；按尾矿库防洪应急预案处置',
    }),
    listed(telling, '05-31', 2, '2023-06-15'),
    on('06-06', 'F11/主要负责人', 'progress', {
      percent: 50,
      note: '斜槽清淤46 m完成，演算资料已提交',
      spent: 3_200_000,
    }),
    on('06-12', 'F11/主要负责人', 'progress', { percent: 100, note: '调洪演算报告出具', spent: 6_800_000 }),
    on(
      '06-13',
      'F11/主要负责人',
      'evaluation',
      { evaluator: 'body', conclusion: '设计洪水位下安全超高1.3 m、干滩长度74 m，均大于设计值' },
      {
        papers: [
          {
            name: 'H10调洪演算结论.txt',
            text: [
              '演示数据·虚构',
              '铁砧峪尾矿库2023年汛前调洪演算结论（摘要）',
              '',
              '库等别：五等　　筑坝方式：上游法，湿排　　状态：停用未闭库',
              '设计洪水位下：安全超高 1.3 m，干滩长度 74 m，均大于设计值。',
              '排洪斜槽清淤后过流能力满足要求；汛期库水位控制在现状以下0.6 m。',
            ].join('\n'),
          },
        ],
      },
    ),
    on('06-13', 'F11/主要负责人', 'accept', { conclusion: '演算和清淤完成，验收合格', notPhotographable: true }),
    on('06-14', 'F11/主要负责人', 'requestRecheck', {}),
    rechecked(telling, '06-20', '演算报告齐全，斜槽清淤到位，库水位低于汛限控制水位'),
    ...closedAndDelisted(telling, '06-21', 2),
    on('07-03', 'F11/主要负责人', 'trace', {
      facts: '停用两年，2023年汛前没有委托调洪演算',
      causes:
        '人：停用后没有专人管库；机：水位计读数无人用；环：库区汇水面积不变而库形已变；管：停用库没有年度工作清单',
      accountability: '企业主要负责人作书面检查',
      duties: '主要负责人每年4月底前委托演算，安全员管水位和斜槽',
      cure: '临时：抽低水位、24 h巡坝；长期：列入年度清单，闭库设计2024年启动',
    }),
  ]
})

export const watchedStories: readonly Story[] = [h10, h20, h25]
