import { listed, reportedToWorkers } from '#demo/hazards/majorSteps.ts'
import { shortWay } from '#demo/hazards/shortWay.ts'
import { type Story, story } from '#demo/story.ts'

const bureauName = '上党区应急管理局（演示）'

/** Withdrawn first, everything else after it (PRACTICE A2); the order to withdraw still stands. */
const h08 = story('H08', 'F08', (telling) => {
  const { on, who } = telling
  return [
    on(
      '07-29 15:29',
      '安全员',
      'report',
      {
        source: 'safetyOfficerCheck',
        place: '南帮+988 m坡顶至坡脚',
        description: '连续降雨后坡顶后缘裂缝长18 m，24 h内由8 mm扩至31 mm；坡脚上隆约0.3 m',
        suspectedGrade: 'major',
        suspectedCriteria: ['OP-08-2'],
      },
      { photographs: ['H08-before'] },
    ),
    on('07-29 15:32', '矿长', 'control', {
      scope: 'partial',
      where: '南帮',
      measure: '下令停产撤人：南帮采装、排土、通行全部停止，人员撤至破碎站东侧集合点',
    }),
    on('07-29 15:37', '技术负责人', 'judge', {
      outcome: 'major',
      criteria: ['OP-08-2'],
      basis: '坡顶裂缝24 h内由8 mm扩至31 mm，坡脚上隆约0.3 m，有滑移征兆；对照判定标准露天（八）',
    }),
    on('07-29 15:40', '矿长', 'departmentReport', {
      department: bureauName,
      how: 'phone',
      situation: '南帮坡顶裂缝扩展、坡脚上隆，已下令撤人',
    }),
    on('07-29 15:43', '局/监管员甲', 'departmentReceipt', {
      department: bureauName,
      note: '电话收悉：先撤人，未经批准不得进入南帮',
    }),
    on('07-29 15:58', '采剥班长', 'control', {
      scope: 'partial',
      where: '南帮',
      measure: '清点19/19（本矿14、外包3、拉料司机2），26分钟撤出清点完毕；坡脚120 m外设警戒，专人值守',
      withdrawn: 19,
    }),
    on('07-29 16:20', '矿长', 'departmentReport', {
      department: bureauName,
      how: 'paper',
      situation:
        '27日至29日连续降雨，南帮坡顶后缘裂缝长18 m，24 h由8 mm扩至31 mm，坡脚上隆约0.3 m；15:58清点19人全部撤出',
      danger: '可能滑移约8,600 m³，威胁南帮道路和采装面；须雨停后削坡减载，工期约三个月',
    }),
    on('07-29 16:34', '局/监管员甲', 'departmentReceipt', { department: bureauName, note: '书面报告收到' }),
    on('07-30', '安全员', 'posting', { where: '矿门公示栏和南帮路口' }),
    reportedToWorkers(telling, '07-31', 20),
    on('07-31', '矿长', 'assign', {
      responsible: who('矿长'),
      measures: '削坡减载约8,600 m³、坡脚反压、截水沟120 m、加密观测',
      funds: 56_000_000,
      deadline: '2023-10-31',
      contingencyPlan: '边坡坍塌专项预案',
    }),
    listed(telling, '08-01', 7, '2023-10-31'),
    on('08-04', '技术负责人', 'plan', {
      goal: '消除南帮滑移征兆，削坡减载后裂缝连续15日不再扩展，恢复南帮作业条件',
      method: '坡顶截水沟120 m先行，自上而下削坡减载约8,600 m³，坡脚反压，裂缝计由2支加到6支',
      resources: '56.00万元；挖掘机3台、自卸车5台，裂缝计4支',
      organisation: '矿长负责，技术负责人管设计和观测，安全员管警戒',
      schedule: '截水沟8月15日前，削坡9月30日前，反压10月20日前，10月31日前验收',
      safeguards: '裂缝日增量超过2 mm即撤人，雨天停工；按边坡坍塌专项预案值守',
    }),
    on('08-15', '矿长', 'progress', {
      percent: 20,
      note: '截水沟120 m完成，裂缝计加装4支，日增量0.6 mm',
      spent: 9_800_000,
    }),
    on('08-31', '矿长', 'progress', { percent: 40, note: '削坡减载3,700 m³，裂缝日增量0.2 mm', spent: 21_500_000 }),
    on(
      '09-12',
      '矿长',
      'progress',
      { percent: 55, note: '削坡减载5,600 m³，LF-3裂缝计近3日日增量0.4 mm，南帮仍不进人', spent: 31_000_000 },
      { photographs: ['H08-progress'] },
    ),
  ]
})

const h22 = story('H22', 'F08', (telling) =>
  shortWay(telling, {
    found: { when: '06-08', by: '矿长', source: 'principalCheck' },
    place: '南帮坡脚',
    description: '休息棚距坡脚7 m，在滚石影响范围内',
    basis: '休息棚位置不当，边坡参数符合设计，不触及重大隐患判定标准',
    five: {
      responsible: '采剥班长',
      measures: '迁至破碎站东侧',
      fundsFen: 500_000,
      deadline: '2023-06-10',
      contingencyPlan: '坡下警戒',
    },
    closed: {
      when: '06-09',
      acceptedBy: '安全副矿长',
      conclusion: '休息棚已迁至破碎站东侧，距坡脚160 m',
      recheckedBy: '安全员',
      findings: '原址清空，坡脚设禁停牌',
    },
  }),
)

export const f08Stories: readonly Story[] = [h08, h22]
