import { z } from 'zod'
import { line, text } from '#domain/text.ts'

/** 符合要求 | 有问题 | 不涉及 | 未查, whatever the words on a question's buttons (PRACTICE A4). */
export const outcomes = ['good', 'bad', 'notApplicable', 'notChecked'] as const
export type AnswerOutcome = (typeof outcomes)[number]

const photo = z.string().regex(/^[0-9a-f]{64}$/, '照片编号不对；请重新上传')

/** What somebody saw. Saved as one goes; only the last one of a question counts, by `seq`, not by when it arrives. */
export const answer = z
  .object({
    item: line({ label: '检查项目', max: 40 }),
    outcome: z.enum(outcomes, '请选一个答案'),
    reason: text({ label: '不涉及的理由', max: 300 }).optional(),
    place: line({ label: '部位', max: 100 }).optional(),
    note: text({ label: '情况', max: 1_000 }).optional(),
    photos: z.array(photo).max(6, '一项最多 6 张照片').optional(),
    /** 危险，不宜靠近: an answer too; no photo is a reason to go near (PRACTICE A10). */
    tooDangerous: z.boolean().optional(),
    /** Grows with each answer of one device. */
    seq: z.number().int().min(0),
  })
  .superRefine((given, context) => {
    if (given.outcome === 'notApplicable' && !given.reason)
      context.addIssue({ code: 'custom', path: ['reason'], message: '“不涉及”要写明理由' })
    if (given.outcome === 'bad' && !given.note && !given.place)
      context.addIssue({ code: 'custom', path: ['note'], message: '“有问题”请写明在哪里、什么情况' })
  })

export type Answer = z.infer<typeof answer>

/** Verdicts as the whole house gives them; an answer never says more than a person saw. */
export type Verdict = 'established' | 'notEstablished' | 'notApplicable' | 'insufficientData'

export const verdictOf = (outcome: AnswerOutcome | undefined): Verdict => {
  if (outcome === 'good') return 'notEstablished'
  if (outcome === 'bad') return 'established'
  if (outcome === 'notApplicable') return 'notApplicable'
  return 'insufficientData'
}
