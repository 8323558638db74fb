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

const h04 = story('H04', 'F04', (telling) => {
  const { on, who } = telling
  return [
    on(
      '06-06',
      '技术负责人',
      'report',
      {
        source: 'technicalSurvey',
        place: '上山道路K0+310–K0+356',
        description: '设计8%，实测46 m升高4.23 m，即9.2%（为设计的1.15倍）',
        suspectedGrade: 'major',
        suspectedCriteria: ['OP-09'],
      },
      { photographs: ['H04-before'] },
    ),
    on('06-06', '矿长', 'control', { scope: 'partial', where: '上山道路K0+310–K0+356', measure: '该段停运，改走西线' }),
    on('06-06', '技术负责人', 'judge', {
      outcome: 'major',
      criteria: ['OP-09'],
      basis: '实测坡度9.2%，设计8%，为设计的1.15倍，大于设计坡度10%以上；对照判定标准露天（九）',
    }),
    ...reportedToBureau(telling, '06-06', '矿长', {
      situation: '路面多年补填不均，局部抬高',
      danger: '重车下坡制动距离不足，易失控；填挖量小，容易整改',
    }),
    postedAtGate(telling, '06-07'),
    on('06-07', '矿长', 'assign', {
      responsible: who('运输队长'),
      measures: '填挖降坡、重设车挡和限速标志',
      funds: 6_000_000,
      deadline: '2023-07-10',
      contingencyPlan: '车辆伤害现场处置方案',
    }),
    reportedToWorkers(telling, '06-08', 36),
    on('06-09', '技术负责人', 'plan', {
      goal: 'K0+310–K0+356坡度降到8%以内，路面平顺，车挡0.8 m',
      method: '坡顶挖低0.4 m、坡脚填高0.3 m，碾压后铺碎石，重设车挡、限速标志和反光镜',
      resources: '6.00万元；挖掘机1台、压路机租赁3个台班',
      organisation: '运输队长负责，技术负责人测量验收',
      schedule: '6月25日前完成填挖，6月28日前测量验收',
      safeguards: '施工段封闭，车辆改走西线并派专人指挥；按车辆伤害现场处置方案处置',
    }),
    listed(telling, '06-13', 3, '2023-07-10'),
    on('06-20', '运输队长', 'progress', { percent: 70, note: '填挖完成，待碾压', spent: 3_900_000 }),
    on('06-27', '运输队长', 'progress', { percent: 100, note: '碾压、车挡、标志完成', spent: 5_280_000 }),
    on('06-28', '技术负责人', 'evaluation', {
      evaluator: 'own',
      conclusion: '降坡后实测7.7%，小于设计8%，车挡0.8–0.9 m',
    }),
    on('06-28', '矿长', 'accept', { conclusion: '实测7.7%，验收合格' }, { photographs: ['H04-after'] }),
    on('06-29', '矿长', 'requestRecheck', {}),
    rechecked(telling, '07-04', '水准测量46 m升高3.54 m，坡度7.7%，车挡和标志齐全'),
    ...closedAndDelisted(telling, '07-05', 3),
    on('07-05', '矿长', 'resumeRequest', {
      where: '上山道路K0+310–K0+356',
      content: '降坡完成并复查合格，申请恢复通行',
    }),
    on('07-06', '局/三股股长', 'resumeDecision', { granted: 'yes', reason: '复查合格，同意恢复通行' }),
    on('07-14', '安全副矿长', 'trace', {
      facts: '一段46 m道路坡度达到设计的1.15倍，使用一年多没有发现',
      causes: '人：养路只看路面不测坡；机：没有随车坡度仪；环：雨季反复补填；管：道路没有定期复测',
      accountability: '运输队长提醒谈话，技术负责人补做道路复测记录',
      duties: '运输队长管养护，技术负责人每季度复测全线坡度',
      cure: '临时：补填后当天测坡；长期：每季度复测，结果贴在调度室',
    }),
  ]
})

/** Suspected by computation on 08-09, confirmed by the technical head on 08-10 and reported that day: self-found (PRACTICE A12). */
const h05 = story('H05', 'F04', (telling) => {
  const { on, who } = telling
  return [
    on(
      '08-09',
      '技术负责人',
      'report',
      {
        source: 'computedData',
        place: '南工作帮（3个工作台阶）',
        description: '工作平台最窄19.4 m（设计30 m），工作帮坡角26.8°±0.6°，设计不大于20°',
        suspectedGrade: 'major',
        suspectedCriteria: ['OP-04'],
      },
      { photographs: ['H05-before'] },
    ),
    on('08-10', '矿长', 'control', {
      scope: 'partial',
      where: '南帮最下一个台阶',
      measure: '南帮最下一个台阶停止采装，挖掘机和运输车辆撤至北采区',
    }),
    on('08-10', '技术负责人', 'judge', {
      outcome: 'major',
      criteria: ['OP-04'],
      basis:
        '08-09无人机0.5 m地形计算：工作帮坡角26.8°±0.6°，设计不大于20°；08-10用全站仪复核三个平台宽19.4、21.0、22.3 m，确认；对照判定标准露天（四）',
    }),
    ...reportedToBureau(telling, '08-10', '矿长', {
      situation: '下部台阶追帮过快，上部扩平台没有跟上',
      danger: '整体坡角过陡，降雨后有滑移可能；需自上而下扩平台，约两个月',
    }),
    postedAtGate(telling, '08-10'),
    on('08-11', '矿长', 'assign', {
      responsible: who('技术负责人'),
      measures: '自上而下扩平台至30 m，月底复测',
      funds: 35_000_000,
      deadline: '2023-10-13',
      contingencyPlan: '边坡坍塌现场处置方案',
    }),
    reportedToWorkers(telling, '08-14', 39),
    on('08-15', '技术负责人', 'plan', {
      goal: '南工作帮三个工作平台扩至30 m，工作帮坡角降到20°以内',
      method: '自+1090 m台阶起自上而下逐台阶推进，每台阶扩宽后测量，合格再做下一台阶',
      resources: '35.00万元；挖掘机2台、自卸车4台，测量每月一次',
      organisation: '技术负责人负责，采剥班长组织，安全员旁站',
      schedule: '+1090 m台阶8月31日前，+1078 m台阶9月20日前，+1066 m台阶10月10日前',
      safeguards: '最下台阶封闭，雨后先查裂缝再上人；按边坡坍塌现场处置方案处置',
    }),
    listed(telling, '08-16', 8, '2023-10-13'),
    on('08-31', '技术负责人', 'progress', {
      percent: 30,
      note: '+1090 m台阶平台扩至30.2 m，月底复测工作帮坡角24.1°',
      spent: 8_600_000,
    }),
    on('09-13', '技术负责人', 'progress', { percent: 45, note: '+1078 m台阶平台扩至25.5 m', spent: 14_000_000 }),
  ]
})

const h18 = story('H18', 'F04', (telling) =>
  shortWay(telling, {
    found: { when: '07-05', by: '矿长', source: 'principalCheck' },
    place: '装料口',
    description: '外来拉料司机5人未做入矿告知、未戴安全帽下车',
    basis: '外来人员管理缺项，不触及重大隐患判定标准',
    five: {
      responsible: '门岗班长',
      measures: '入矿告知卡+发帽，不下车装料',
      fundsFen: 150_000,
      deadline: '2023-07-08',
      contingencyPlan: '车辆伤害现场处置方案',
    },
    closed: {
      when: '07-07',
      acceptedBy: '安全副矿长',
      conclusion: '告知卡和安全帽已配齐，装料口划出司机等候区',
      recheckedBy: '安全员',
      findings: '抽查12车次，司机均有告知卡、未下车',
    },
  }),
)

export const f04Stories: readonly Story[] = [h04, h05, h18]
