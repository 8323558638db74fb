import { postedAtGate, reportedToBureau, reportedToWorkers } from '#demo/hazards/majorSteps.ts'
import { type Story, story } from '#demo/story.ts'

/** Found by the department: no listing (that is for what the mine found itself); a penalty never closes it. */
const h06 = story('H06', 'F05', (telling) => {
  const { on, who } = telling
  return [
    on(
      '08-24 09:47',
      '局/执法员甲',
      'report',
      {
        source: 'enforcement',
        place: '东采面+1024 m→+990 m',
        description: '34 m高单一坡面未分台阶（设计台阶高10 m），坡脚掏挖深约2.5 m',
        suspectedGrade: 'major',
        suspectedCriteria: ['OP-03', 'OP-02'],
      },
      { photographs: ['H06-before'] },
    ),
    on('08-24 10:05', '局/执法员甲', 'control', {
      scope: 'whole',
      where: '全矿',
      measure: '演示应急现决〔2023〕1号现场处理措施决定：停止采装、撤出人员，坡脚50 m外设警戒',
      withdrawn: 23,
    }),
    on('08-24', '局/执法员甲', 'judge', {
      outcome: 'major',
      criteria: ['OP-03', 'OP-02'],
      basis:
        '未按设计自上而下分台阶开采，对照判定标准露天（三）；同一事实为禁止目录第二批第2项“一面墙”开采，对照露天（二）。一个事实触及两条，只算一条隐患',
    }),
    on('08-24', '局/执法员甲', 'order', {
      document: '演示应急责改〔2023〕1号',
      demand: '按设计自上而下分台阶治理东采面，治理完成并经复查合格前不得恢复采装',
      deadline: '2023-10-20',
    }),
    ...reportedToBureau(telling, '08-25', '矿长', {
      situation: '东采面为赶合同直接从坡脚掏挖，没有剥离上部',
      danger: '34 m坡面有整体垮落危险；要修通上山便道自上而下降段，难度大',
    }),
    postedAtGate(telling, '08-25', '矿门公示栏和东采面入口'),
    on('08-25', '矿长', 'assign', {
      responsible: who('矿长'),
      measures: '按变更设计自上而下剥离降段，逐台阶验收',
      funds: 61_000_000,
      deadline: '2023-10-20',
      contingencyPlan: '边坡坍塌专项预案',
    }),
    on('08-28', '局/执法中队长', 'penalty', {
      document: '演示应急立〔2023〕5号',
      against: 'company',
      note: '08-28立案，与主要负责人一案双罚；案件办结不使隐患销号',
    }),
    on('08-28', '局/执法中队长', 'penalty', {
      document: '演示应急立〔2023〕5号',
      against: 'principal',
      note: '同案，主要负责人',
    }),
    reportedToWorkers(telling, '08-28', 29),
    on('08-31', '技术负责人', 'plan', {
      goal: '东采面由34 m单一坡面改为四个台阶，台阶高不大于10 m，平台符合变更设计',
      method: '从+1024 m起修便道，自上而下剥离降段，坡脚掏挖处先反压，逐台阶测量验收',
      resources: '61.00万元；挖掘机3台、破碎锤1台，测量委托有资质单位',
      organisation: '矿长负责，技术负责人、安全副矿长分管，专家把关',
      schedule: '便道9月5日前，+1024–+1014 m 9月20日前，其余10月18日前',
      safeguards: '坡下全封闭，只从上部作业，每班前查裂缝；按边坡坍塌专项预案处置',
    }),
    on('09-06', '矿长', 'progress', { percent: 15, note: '便道修通，坡脚反压1,100 m³', spent: 7_500_000 }),
    on('09-08', '局/执法中队长', 'penalty', {
      document: '演示应急告〔2023〕5号',
      against: 'company',
      note: '09-08送达处罚告知，拟处4万元；尚未决定',
    }),
    on('09-08', '局/执法中队长', 'penalty', {
      document: '演示应急听告〔2023〕5号',
      against: 'principal',
      note: '09-08送达听证告知，拟处3万元；听证申请期限至09-15',
    }),
    on('09-14', '矿长', 'progress', { percent: 25, note: '+1024–+1014 m台阶剥离过半', spent: 12_000_000 }),
  ]
})

export const f05Stories: readonly Story[] = [h06]
