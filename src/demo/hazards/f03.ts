import { demoId } from '#demo/demoId.ts'
import { listed, postedAtGate, reportedToBureau, reportedToWorkers } from '#demo/hazards/majorSteps.ts'
import { begun, shortWay } from '#demo/hazards/shortWay.ts'
import { type Story, story } from '#demo/story.ts'

const h03 = story('H03', 'F03', (telling) => {
  const { on, who } = telling
  return [
    on(
      '07-11',
      '矿长',
      'report',
      {
        source: 'principalCheck',
        place: '西帮+1097 m、+1085 m平台',
        description:
          '+1097 m清扫平台设计8.0 m、实测5.1–6.3 m（长140 m）；+1085 m安全平台设计4.0 m、实测1.8–2.6 m（长90 m）',
        suspectedGrade: 'major',
        suspectedCriteria: ['OP-12'],
      },
      { photographs: ['H03-before'] },
    ),
    on('07-11', '矿长', 'control', {
      scope: 'partial',
      where: '+1049 m、+1037 m工作面',
      measure: '其下+1049 m、+1037 m工作面停止作业，道路改走东线',
    }),
    on('07-11', '技术负责人', 'judge', {
      outcome: 'major',
      criteria: ['OP-12'],
      basis: '清扫平台、安全平台宽度均小于设计，长度合计230 m；对照判定标准露天（十二）',
    }),
    ...reportedToBureau(telling, '07-12', '矿长', {
      situation: '2022年赶产量时靠帮过近，平台被超采',
      danger: '上部落石没有平台拦挡，直接威胁下部工作面；削坡量大，雨季施工难',
    }),
    postedAtGate(telling, '07-12'),
    on('07-12', '矿长', 'assign', {
      responsible: who('生产副矿长'),
      measures: '自上而下削坡补宽，分三段验收',
      funds: 42_000_000,
      deadline: '2023-08-31',
      contingencyPlan: '边坡坍塌现场处置方案',
    }),
    reportedToWorkers(telling, '07-14', 43),
    on('07-15', '技术负责人', 'plan', {
      goal: '西帮+1097 m清扫平台恢复至8.0 m，+1085 m安全平台恢复至4.0 m，满足清扫和拦石要求',
      method: '自+1109 m起自上而下削坡补宽，分三段（北、中、南）逐段测量验收，上段不合格不做下段',
      resources: '台班33.00万元，测量和防护9.00万元；挖掘机2台、破碎锤1台',
      organisation: '生产副矿长负责，技术负责人验线，安全员旁站',
      schedule: '北段7月31日前，中段8月15日前，南段8月28日前',
      safeguards: '坡下40 m内封闭，雨后24小时内不上坡；按边坡坍塌现场处置方案处置',
    }),
    listed(telling, '07-18', 6, '2023-08-31'),
    on('08-07', '生产副矿长', 'progress', { percent: 35, note: '北段完成，雨后停工6天', spent: 12_800_000 }),
    on('08-25', '矿长', 'extensionRequest', {
      deadline: '2023-10-13',
      reason: '7月底连续降雨后+1109 m坡面浸水，上部削坡受阻18天，机械不能上坡',
    }),
    on('08-29', '局/分管副局长', 'extensionDecision', {
      granted: 'yes',
      deadline: '2023-10-13',
      reason: '降雨停工属实，管控措施到位；延期期间下部工作面不得恢复作业',
    }),
    on(
      '09-11',
      '生产副矿长',
      'progress',
      { percent: 60, note: '中段完成，+1097 m平台实测8.1–8.4 m，转南段', spent: 21_500_000 },
      { photographs: ['H03-progress'] },
    ),
  ]
})

/** A report from the public: the bureau's own record until the visit, out of reach of everything on the mine's side. */
const h12 = story(
  'H12',
  'F03',
  ({ on }) => [
    on('09-12', '局/监管员甲', 'report', {
      on: '2023-09-11',
      source: 'publicReport',
      place: '东排土场',
      description: '匿名举报夜间在用排土场挖料外运',
      suspectedGrade: 'major',
      suspectedCriteria: ['OP-13'],
      verifyBy: '2023-09-20',
    }),
  ],
  '局',
)

const h16 = story('H16', 'F03', (telling) =>
  shortWay(telling, {
    found: { when: '05-30', by: '安全员', source: 'safetyOfficerCheck' },
    place: '上山道路K0+120–K0+182',
    description: '外侧车挡62 m高0.4–0.5 m（设计0.9 m）',
    basis: '车挡低于设计，道路坡度和宽度符合设计，不触及重大隐患判定标准',
    before: 'H16-before',
    five: {
      responsible: '运输队长',
      measures: '补土压实至0.9 m',
      fundsFen: 600_000,
      deadline: '2023-06-05',
      contingencyPlan: '限速、专人指挥',
    },
    closed: {
      when: '06-03',
      acceptedBy: '生产副矿长',
      conclusion: '车挡补土压实，实测0.9–1.0 m',
      recheckedBy: '安全员',
      findings: '62 m逐段量测，最低0.9 m',
      after: 'H16-after',
    },
  }),
)

/** The same stretch again: linked to H16, and traced while the work goes on (PRACTICE A1: the trace blocks nothing). */
const h17 = story('H17', 'F03', (telling) => {
  const { on } = telling
  return [
    ...begun(telling, {
      found: { when: '08-21', by: '矿长', source: 'principalCheck' },
      place: '上山道路K0+135–K0+176',
      description: '车挡41 m又降到0.5 m（与5月30日同段同类：重复隐患）',
      basis: '车挡低于设计，不触及重大隐患判定标准；与5月30日登记的同段同类，属重复隐患',
      before: 'H17-before',
      five: {
        responsible: '运输队长',
        measures: '改浆砌石车挡，每周巡检',
        fundsFen: 2_400_000,
        deadline: '2023-09-20',
        contingencyPlan: '限速、专人指挥',
      },
    }),
    on('08-21', '安全员', 'repeatLink', {
      earlier: demoId('H16'),
      same: '同一路段K0+135–K0+176，同为外侧车挡高度不足',
    }),
    on('08-25', '安全副矿长', 'trace', {
      facts: '6月3日补土销号的车挡，8月雨后又有41 m降到0.5 m',
      causes: '人：没有巡检责任人；环：雨后冲刷土质车挡；管：验收后没有保持要求，没有列入周检',
      accountability: '运输队长扣当月安全绩效，安全员提醒谈话',
      duties: '运输队长每周一巡检并签字，安全员每月抽查一次',
      cure: '临时：补土至0.9 m并限速；长期：改浆砌石车挡，纳入道路周检表',
    }),
    on(
      '09-08',
      '运输队长',
      'progress',
      { percent: 40, note: '临时补土已到0.9 m，浆砌石砌筑16 m', spent: 900_000 },
      { photographs: ['H17-progress'] },
    ),
  ]
})

export const f03Stories: readonly Story[] = [h03, h12, h16, h17]
