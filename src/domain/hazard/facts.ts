import type { z } from 'zod'
import { bureauDeciders, bureauOfficers, mineManagement, onTheGround } from '#domain/access/role.ts'
import { field } from '#domain/field.ts'
import { fact } from '#domain/hazard/fact.ts'
import type { Entry } from '#domain/hazard/state.ts'
import { everyStatus, openStatuses } from '#domain/hazard/status.ts'

const management = [{ roles: mineManagement }] as const
const officers = [{ roles: bureauOfficers }] as const

/** 总局15号令: asked for before the deadline, answered by whoever set it. */
export const extensionClause = '安全生产违法行为行政处罚办法：期满前申请延期'

/** Everything that is written down beside the states. A late entry is never refused (PRACTICE A3). */
export const facts = {
  control: fact({
    title: '先期管控',
    clause: '安全生产事故隐患排查治理暂行规定 16；安全生产法 65(3)',
    from: everyStatus,
    who: [{ roles: onTheGround }],
    body: {
      where: field.line('管控部位'),
      scope: field
        .choice('停产范围', {
          none: '不停产，设警戒',
          equipment: '设备停用',
          partial: '局部停产',
          whole: '全矿停产',
        })
        .optional(),
      measure: field
        .text('做了什么', { max: 500, help: '停止作业、撤出人员、设警戒：先写谁、在哪里，其他随后补' })
        .optional(),
      withdrawn: field.count('撤出人数').optional(),
      photos: field.photos('现场照片').optional(),
    },
  }),
  controlLifted: fact({
    title: '解除管控',
    clause: '安全生产法 65(3)',
    from: everyStatus,
    who: [{ roles: ['principal', 'technicalHead', 'safetyDeputy', ...bureauOfficers] }],
    body: {
      where: field.line('解除部位'),
      basis: field.text('解除依据', { max: 500 }),
      remaining: field
        .choice('还停着的', { none: '没有，全部解除', partial: '其他部位仍局部停产', whole: '仍全矿停产' })
        .optional(),
    },
  }),
  posting: fact({
    title: '公示',
    clause: '通知 四(一)2；安全生产法 41',
    from: everyStatus,
    who: management,
    body: {
      where: field.line('公示位置', { help: '企业醒目位置，例如矿门公示栏' }),
      photos: field.photos('公示照片').optional(),
    },
  }),
  departmentReport: fact({
    title: '报告部门（双报告之一）',
    clause: '安全生产法 41；通知 五(二)',
    from: everyStatus,
    who: management,
    body: {
      department: field.line('报告的部门', { help: '负有安全监管职责的部门；向几个部门报告就记几次' }),
      how: field.choice('方式', { system: '本系统', phone: '电话', paper: '书面', meeting: '当面' }),
      situation: field.text('现状及产生原因').optional(),
      danger: field.text('危害程度和整改难易程度').optional(),
      files: field.files('报告文件').optional(),
    },
  }),
  departmentReceipt: fact({
    title: '部门收到报告',
    clause: '安全生产法 41',
    from: everyStatus,
    who: officers,
    body: { department: field.line('收到的部门'), note: field.text('回执意见', { max: 500 }).optional() },
  }),
  workersReport: fact({
    title: '报告职工大会或职代会（双报告之二）',
    clause: '安全生产法 41；通知 五(二)',
    from: everyStatus,
    who: management,
    body: {
      meeting: field.choice('会议', { all: '职工大会', delegates: '职工代表大会' }),
      attended: field.count('到会人数').optional(),
      minutes: field.files('会议记录和签到表').optional(),
    },
  }),
  plan: fact({
    title: '治理方案（六项）',
    clause: '安全生产事故隐患排查治理暂行规定 15',
    from: openStatuses,
    who: management,
    body: {
      goal: field.text('治理的目标和任务'),
      method: field.text('采取的方法和措施'),
      resources: field.text('经费和物资的落实'),
      organisation: field.text('负责治理的机构和人员'),
      schedule: field.text('治理的时限和要求'),
      safeguards: field.text('安全措施和应急预案'),
      files: field.files('方案文件').optional(),
    },
  }),
  order: fact({
    title: '责令限期整改',
    clause: '安全生产法 65、102',
    from: [...openStatuses, 'closed'],
    who: officers,
    body: {
      document: field.line('文书号'),
      demand: field.text('责令内容'),
      deadline: field.date('责令期限').optional(),
      files: field.files('文书').optional(),
    },
  }),
  listing: fact({
    title: '挂牌督办',
    clause: '通知 四(二)7',
    from: openStatuses,
    who: officers,
    body: {
      document: field.line('督办文号'),
      level: field.choice('督办级别', { district: '县（区）级', city: '市级', province: '省级', township: '乡镇级' }),
      tracker: field.person('督办责任人', '通知要求明确跟踪督办的具体责任人'),
      deadline: field.date('督办期限', '应与整改期限一致'),
    },
  }),
  delisting: fact({
    title: '摘牌',
    clause: '安全生产事故隐患排查治理暂行规定 23',
    from: everyStatus,
    who: officers,
    body: { document: field.line('摘牌文号').optional(), note: field.text('说明', { max: 500 }).optional() },
  }),
  extensionRequest: fact({
    title: '申请延期',
    clause: extensionClause,
    from: ['judged', 'rectifying'],
    who: management,
    body: { deadline: field.date('申请延期至'), reason: field.text('原因') },
  }),
  extensionDecision: fact({
    title: '延期审批',
    clause: extensionClause,
    from: ['judged', 'rectifying'],
    who: [
      { grade: 'major', roles: bureauDeciders },
      { grade: 'general', foundBy: 'department', roles: bureauOfficers },
      { grade: 'general', foundBy: 'mine', roles: ['principal'] },
    ],
    body: {
      granted: field.choice('结论', { yes: '同意', no: '不同意' }),
      deadline: field.date('批准的期限').optional(),
      reason: field.text('理由', { max: 500 }).optional(),
    },
  }),
  progress: fact({
    title: '整改进度',
    clause: '通知 四(一)2',
    from: [...openStatuses, 'closed'],
    who: [{ roles: [...mineManagement, 'crewLeader', 'watcher'] }],
    body: {
      percent: field.percent('完成百分比').optional(),
      note: field.text('做了什么', { max: 1000 }).optional(),
      spent: field.money('累计已用资金').optional(),
      photos: field.photos('过程或整改后照片').optional(),
    },
  }),
  evaluation: fact({
    title: '治理效果评估',
    clause: '安全生产事故隐患排查治理暂行规定 18',
    from: ['judged', 'rectifying', 'accepted', 'rechecked', 'closed'],
    who: management,
    body: {
      evaluator: field.choice('评估方', { own: '本单位技术人员和专家', body: '具备资质的安全评价机构' }),
      conclusion: field.text('评估结论'),
      files: field.files('评估报告').optional(),
    },
  }),
  repeatLink: fact({
    title: '关联重复隐患',
    clause: '通知 四(三)13(6)',
    from: everyStatus,
    who: [{ roles: [...mineManagement, ...bureauOfficers] }],
    body: { earlier: field.hazard('先前的隐患'), same: field.text('相同之处', { max: 300 }) },
  }),
  trace: fact({
    title: '溯源（述情、析因、追责、明责、治源）',
    clause: '通知 四(三)13(7)',
    from: everyStatus,
    who: management,
    body: {
      facts: field.text('述情'),
      causes: field.text('析因', { help: '从人、机、环、管四方面找' }),
      accountability: field.text('追责'),
      duties: field.text('明责'),
      cure: field.text('治源', { help: '临时措施和长期措施各写一条' }),
    },
  }),
  resumeRequest: fact({
    title: '申请恢复生产',
    clause: '安全生产事故隐患排查治理暂行规定 23',
    from: ['accepted', 'rechecked', 'closed'],
    who: management,
    body: { where: field.line('申请恢复的部位'), content: field.text('治理方案内容、完成项目和评估结论') },
  }),
  resumeDecision: fact({
    title: '恢复生产审批',
    clause: '安全生产法 65(3)',
    from: ['accepted', 'rechecked', 'closed'],
    who: [{ roles: bureauDeciders }],
    body: {
      granted: field.choice('结论', { yes: '同意恢复', no: '不同意' }),
      reason: field.text('理由', { max: 500 }).optional(),
    },
  }),
  penalty: fact({
    title: '关联处罚文书',
    clause: '通知 四(二)6：严禁以罚代管',
    from: everyStatus,
    who: officers,
    body: {
      document: field.line('文书号或案号'),
      against: field.choice('对象', { company: '企业', principal: '主要负责人' }),
      note: field.text('说明', { max: 500, help: '案件办结、缴清罚款都不使隐患销号' }).optional(),
    },
  }),
  externalNumber: fact({
    title: '其他系统编号',
    clause: '安全生产法 41',
    from: everyStatus,
    who: [{ roles: [...mineManagement, ...bureauOfficers] }],
    body: { system: field.line('系统名称'), number: field.line('编号') },
  }),
} as const

export type FactName = keyof typeof facts
export type FactBody<N extends FactName> = z.infer<(typeof facts)[N]['body']>
export type RecordedFact<N extends FactName> = Omit<FactBody<N>, 'on'> & Entry
export type FactLog = { readonly [N in FactName]?: readonly RecordedFact<N>[] }

export const factNames = Object.keys(facts) as FactName[]
export const isFact = (act: string): act is FactName => Object.hasOwn(facts, act)

export const latest = <T>(entries: readonly T[] | undefined): T | undefined => entries?.at(-1)
