import type { NoticeShown } from '#contract/notice.ts'
import type { Confidence } from '#rulebook/confidence.ts'
import { coverage } from '#rulebook/coverage.ts'
import type { Notice } from '#rulebook/notice.ts'
import type { DutyActor, Obligation, Rhythm } from '#rulebook/obligation.ts'

const actorTitles: Readonly<Record<DutyActor, string>> = {
  principal: '企业主要负责人（含法定代表人、实际控制人）',
  mine: '企业',
  crew: '车间（班组）',
  bureau: '区应急管理局',
  cityBureau: '市应急管理局',
  leadingOffice: '领导组办公室',
  supervisor: '执法监督部门',
  everyone: '各方',
}

const confidenceTitles: Readonly<Record<Confidence, string>> = {
  confirmed: '已核对原文',
  secondary: '有第二处来源',
  'single-source': '只有一处来源',
  assumed: '推定，须由人确认',
  notFound: '没有查到依据，须由人填写',
}

const periodTitles = {
  day: '每日',
  week: '每周',
  month: '每月',
  quarter: '每季度',
  halfYear: '每半年',
  year: '每年',
} as const

const rhythmTitle = (rhythm: Rhythm): string => {
  switch (rhythm.every) {
    case 'event':
      return `${rhythm.on}时`
    case 'once':
      return '一次'
    case 'standing':
      return '一直保持'
    case 'periodic':
      return '定期（通知没有写多久一次）'
    default:
      return `${periodTitles[rhythm.every]}${rhythm.times} 次`
  }
}

const shownObligation = (obligation: Obligation): NoticeShown['obligations'][number] => ({
  id: obligation.id,
  clause: obligation.clause,
  title: obligation.title,
  actor: actorTitles[obligation.actor],
  action: obligation.action,
  rhythm: obligation.rhythm.map(rhythmTitle).join('，'),
  ...(obligation.deadline && { deadline: obligation.deadline.text }),
  evidence: obligation.evidence.map(({ record }) => record).join('；'),
  ...(obligation.consequence && {
    consequence: `${obligation.consequence.text}（${confidenceTitles[obligation.consequence.confidence]}）`,
  }),
  confidence: confidenceTitles[obligation.confidence],
})

/** The notice as its page shows it: the text as printed, and what stands on each span. */
export const showNotice = (notice: Notice, today: string): NoticeShown => {
  const { segments, sentenceCounts, percent } = coverage(notice)
  return {
    id: notice.id,
    title: notice.title,
    documentNumber: notice.documentNumber,
    issuer: notice.issuer,
    text: notice.text,
    spans: segments.map(({ start, end, reading, by, reason }) => ({
      start,
      end,
      reading,
      by: by.map((one) => ({ ...one })),
      ...(reason && { reason }),
    })),
    obligations: notice.obligations.map(shownObligation),
    phases: notice.phases.map(({ id, title, from, to, outputs }) => ({
      id,
      title,
      ...(from && { from }),
      to,
      current: (from === null || from <= today) && today <= to,
      outputs: [...outputs],
    })),
    coverage: { sentences: sentenceCounts, percent },
  }
}
