import { listed, postedAtGate, reportedToBureau, reportedToWorkers } from '#demo/hazards/majorSteps.ts'
import { shortWay } from '#demo/hazards/shortWay.ts'
import { type Story, story } from '#demo/story.ts'

/** The recheck failed: the clock runs on from the old deadline (PRACTICE A13). */
const h01 = story('H01', 'F01', (telling) => {
  const { on, who } = telling
  return [
    on(
      '06-14',
      '矿长',
      'report',
      {
        source: 'principalCheck',
        place: '北外排土场',
        description: '2021年堆高由26 m增至38 m后未重新做稳定性分析，手上只有2019年设计阶段的验算',
        suspectedGrade: 'major',
        suspectedCriteria: ['OP-06'],
      },
      { photographs: ['H01-before'] },
    ),
    on('06-14', '矿长', 'control', {
      scope: 'partial',
      where: '北外排土场',
      measure: '停止向北外排土场排土，坡脚拉警戒带并派专人值守，剥离物临时堆存在+1060 m备用场地',
    }),
    on('06-14', '技术负责人', 'judge', {
      outcome: 'major',
      criteria: ['OP-06'],
      basis: '现状堆高38 m，比2019年验算时的26 m增高12 m，增高后没有稳定性分析报告；对照判定标准露天（六）',
    }),
    ...reportedToBureau(telling, '06-15', '矿长', {
      situation: '2021年扩容时只办了用地手续，没有委托复算；排土班按原坡比堆至38 m',
      danger: '滑坡会压埋坡脚运输道路；补做勘察和计算需要两个多月，难度中等',
    }),
    postedAtGate(telling, '06-15'),
    on('06-15', '矿长', 'assign', {
      responsible: who('技术负责人'),
      measures: '委托有资质单位取样、重算，按结果削坡或压脚',
      funds: 18_600_000,
      deadline: '2023-08-31',
      contingencyPlan: '排土场滑坡专项预案',
    }),
    reportedToWorkers(telling, '06-16', 97),
    on('06-19', '技术负责人', 'plan', {
      goal: '查清北外排土场38 m堆高下的稳定程度，使各工况安全系数达到设计要求，恢复排土',
      method: '钻孔取样做物理力学试验，按自然、降雨、地震三种工况复算；不足处削坡减载或坡脚压脚',
      resources: '勘察和计算12.40万元，机械台班6.20万元；潜孔钻1台、挖掘机2台由采剥班调配',
      organisation: '技术负责人牵头，测量、采剥、安全各一人；勘察设计单位一家',
      schedule: '7月10日前取样，8月10日前出报告，8月28日前完成削坡并验收',
      safeguards: '施工期间坡脚30 m内禁止停人停车，雨天停工；按排土场滑坡专项预案值守',
    }),
    listed(telling, '06-21', 4, '2023-08-31'),
    on('07-06', '技术负责人', 'progress', { percent: 20, note: '委托合同已签，测量完成', spent: 2_100_000 }),
    on('07-28', '技术负责人', 'progress', {
      percent: 45,
      note: '自然工况复算完成，顶部台阶开始削坡',
      spent: 5_400_000,
    }),
    on('08-26', '技术负责人', 'progress', { note: '顶部削坡3,200 m³完成，报告定稿', spent: 7_800_000 }),
    on('08-28', '技术负责人', 'evaluation', {
      evaluator: 'own',
      conclusion: '自然工况安全系数1.32，削坡后坡面平整，坡脚无变形',
    }),
    on('08-28', '矿长', 'accept', { conclusion: '方案所列工作已完成，同意申请复查', notPhotographable: true }),
    on('08-30', '矿长', 'requestRecheck', { note: '请区局复查北外排土场稳定性分析报告及削坡情况' }),
    on('09-05', '局/监管员甲', 'recheck', {
      result: 'fail',
      officers: [who('局/监管员甲'), who('局/监管员乙')],
      findings: '报告缺降雨工况，岩土参数为经验取值，没有取样试验；结论不能支持38 m堆高',
      orderedDeadline: '2023-09-28',
    }),
    on('09-06', '局/监管员甲', 'order', {
      document: '演示应急责改〔2023〕2号',
      demand: '补做取样试验和降雨工况计算，完成前不得恢复排土；逾期仍按原期限2023-08-31计算',
      deadline: '2023-09-28',
    }),
    on('09-13', '技术负责人', 'progress', {
      percent: 70,
      note: '补打3个钻孔，取样送检，试验报告预计9月20日出',
      spent: 9_200_000,
    }),
  ]
})

const h13 = story('H13', 'F01', ({ on, who }) => [
  on('06-02 10:24', '机电班长', 'reportFixed', {
    source: 'crewCheck',
    place: '破碎站3#皮带',
    description: '拉绳急停开关失效',
    responsible: who('机电班长'),
    measures: '停机挂牌，更换拉绳开关，空载、带载各试停一次',
    funds: 80_000,
    contingencyPlan: '停机挂牌',
    checkedBy: who('安全员'),
  }),
])

/** A fault, not tampering: the gap and the values filled in by hand stay on record. */
const h14 = story('H14', 'F01', (telling) =>
  shortWay(telling, {
    found: { when: '08-03', by: '安全员', source: 'monitoringAlarm' },
    place: 'GNSS测点G07',
    description: '雷击损坏电源模块，断线19 h',
    basis: '现场核查为雷击故障，没有破坏、篡改、隐瞒数据，不构成判定标准露天（七）3；断线、补数均留痕',
    five: {
      responsible: '监测员',
      measures: '换电源模块、补装浪涌保护，断线期间人工观测',
      fundsFen: 320_000,
      deadline: '2023-08-06',
      contingencyPlan: '人工加密观测',
    },
    closed: {
      when: '08-05',
      acceptedBy: '技术负责人',
      conclusion: 'G07恢复上线，24小时数据连续；断线19小时由人工每2小时观测一次补齐，另行标记',
      recheckedBy: '安全副矿长',
      findings: '数据连续，浪涌保护已装，补数标记清楚',
    },
  }),
)

export const f01Stories: readonly Story[] = [h01, h13, h14]
