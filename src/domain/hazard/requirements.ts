import { latest } from '#domain/hazard/facts.ts'
import { isComplete, missingAssignments } from '#domain/hazard/five.ts'
import { provenSinceSetback } from '#domain/hazard/standing.ts'
import type { HazardState } from '#domain/hazard/state.ts'

/** What an act asks to be on file: how it is called, by which clause, how to mend it, and what is still missing. */
export type Requirement = {
  readonly title: string
  readonly clause: string
  readonly remedy: string
  /** The act's own form may bring it along, so it is no reason to grey the button out. */
  readonly comesWithTheAct?: boolean
  readonly missing: (state: HazardState) => readonly string[]
}

const unless = (present: boolean, word: string): readonly string[] => (present ? [] : [word])

const named = {
  control: {
    title: '先期管控',
    clause: '安全生产事故隐患排查治理暂行规定 16',
    remedy: '补记先期管控：谁、在哪里、停了什么',
    missing: ({ facts }) => unless((facts.control?.length ?? 0) > 0, '先期管控'),
  },
  posting: {
    title: '公示',
    clause: '通知 四(一)2；安全生产法 41',
    remedy: '在企业醒目位置公示，记下日期和照片',
    missing: ({ facts }) => unless((facts.posting?.length ?? 0) > 0, '公示'),
  },
  departmentReport: {
    title: '报告部门',
    clause: '安全生产法 41、101(5)',
    remedy: '向负有安全监管职责的部门报告',
    missing: ({ facts }) => unless((facts.departmentReport?.length ?? 0) > 0, '报告部门'),
  },
  workersReport: {
    title: '报告职工大会或职代会',
    clause: '安全生产法 41、101(5)',
    remedy: '召开职工大会或职代会报告，留会议记录和签到表',
    missing: ({ facts }) => unless((facts.workersReport?.length ?? 0) > 0, '报告职工大会或职代会'),
  },
  plan: {
    title: '治理方案（六项）',
    clause: '安全生产事故隐患排查治理暂行规定 15',
    remedy: '提交治理方案，六项写全',
    missing: ({ facts }) => unless((facts.plan?.length ?? 0) > 0, '治理方案（六项）'),
  },
  fiveAssignments: {
    title: '五定',
    clause: '通知 四(一)2、四(三)13(7)',
    remedy: '补齐责任人、措施、资金、期限、预案',
    missing: ({ five }) => (isComplete(five) ? [] : missingAssignments(five).map((part) => `五定：${part}`)),
  },
  evaluation: {
    title: '治理效果评估',
    clause: '安全生产事故隐患排查治理暂行规定 18',
    remedy: '由本单位技术人员和专家或者评价机构评估，记下结论',
    missing: (state) => unless(provenSinceSetback(state, 'evaluation').length > 0, '治理效果评估'),
  },
  afterEvidence: {
    title: '整改后佐证',
    clause: '通知 五(二)',
    remedy: '上传整改后照片；危险不宜靠近或无可拍摄的写明即可',
    comesWithTheAct: true,
    missing: (state) => {
      const { acceptance } = state
      if (acceptance?.notPhotographable) return []
      const photographed =
        (acceptance?.photos.length ?? 0) > 0 ||
        provenSinceSetback(state, 'progress').some(({ photos }) => (photos?.length ?? 0) > 0)
      return unless(photographed, '整改后照片')
    },
  },
  officerRecheck: {
    title: '部门复查合格（不少于两名执法人员）',
    clause: '行政处罚法 42；安全生产事故隐患排查治理暂行规定 23',
    remedy: '由两名以上执法人员现场复查并记录结论',
    missing: ({ rechecks }) => {
      const last = latest(rechecks)
      return unless(last?.result === 'pass' && new Set(last.officers).size >= 2, '部门复查合格记录')
    },
  },
  passedRecheck: {
    title: '复查合格',
    clause: '通知 四(一)2：逐一整改销号',
    remedy: '先复查，合格后再销号；缴清罚款不能代替复查',
    missing: ({ rechecks }) => unless(latest(rechecks)?.result === 'pass', '复查合格记录'),
  },
} as const satisfies Record<string, Requirement>

export type RequirementName = keyof typeof named

export const requirements: Readonly<Record<RequirementName, Requirement>> = named
