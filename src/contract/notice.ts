import { z } from 'zod'
import { plain, route } from '#contract/route.ts'
import { calendarDate } from '#domain/calendarDate.ts'

export const noticeSpan = z.object({
  start: z.number().int(),
  end: z.number().int(),
  reading: z.enum(['covered', 'noDuty', 'rest', 'blank']),
  by: z.array(z.object({ kind: z.enum(['obligation', 'phase', 'criterion']), id: z.string() })),
  reason: z.string().optional(),
})

export const obligationShown = z.object({
  id: z.string(),
  clause: z.string(),
  title: z.string(),
  actor: z.string(),
  action: z.string(),
  rhythm: z.string(),
  deadline: z.string().optional(),
  evidence: z.string(),
  consequence: z.string().optional(),
  /** In words: 通知原文、二手来源、推定…… */
  confidence: z.string(),
})

export const readNotice = route({
  ...plain,
  method: 'GET',
  path: '/api/notice',
  summary: '通知：原文、义务、阶段、覆盖情况',
  tag: 'notice',
  access: { act: 'notice.read' },
  reply: z.object({
    id: z.string(),
    title: z.string(),
    documentNumber: z.string(),
    issuer: z.string(),
    text: z.string(),
    spans: z.array(noticeSpan),
    obligations: z.array(obligationShown),
    phases: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        from: z.string().optional(),
        to: z.string(),
        current: z.boolean(),
        outputs: z.array(z.string()),
      }),
    ),
    coverage: z.object({
      sentences: z.object({ covered: z.number(), noDuty: z.number(), rest: z.number(), total: z.number() }),
      percent: z.object({ covered: z.number(), noDuty: z.number(), rest: z.number() }),
    }),
  }),
})

export type NoticeShown = z.infer<typeof readNotice.reply>

export const listCriteria = route({
  ...plain,
  method: 'GET',
  path: '/api/criteria',
  summary: '判定标准（按日期生效，按矿适用）',
  tag: 'criteria',
  access: { act: 'notice.read' },
  query: z.object({ mineId: z.uuid().optional(), on: calendarDate().optional() }),
  reply: z.object({
    items: z.array(
      z.object({
        code: z.string(),
        title: z.string(),
        text: z.string(),
        mineType: z.string(),
        packTitle: z.string(),
        documentNumber: z.string(),
        applies: z.enum(['yes', 'no', 'unknown']),
        /** Of a 不涉及. */
        reason: z.string().optional(),
        /** Of an `unknown`: the facts that would settle it, by title. */
        missing: z.array(z.string()).optional(),
      }),
    ),
  }),
})

export const readLifeCycle = route({
  ...plain,
  method: 'GET',
  path: '/api/life-cycle',
  summary: '隐患办理规则表（与系统判断同一张表）',
  tag: 'hazard',
  access: { act: 'notice.read' },
  reply: z.object({
    rows: z.array(
      z.object({
        act: z.string(),
        title: z.string(),
        from: z.array(z.string()),
        leadsTo: z.string(),
        who: z.array(z.object({ when: z.string(), roles: z.array(z.string()) })),
        needs: z.array(z.object({ when: z.string(), facts: z.array(z.string()) })),
        /** What else is asked, in words. */
        also: z.string().optional(),
        clause: z.string(),
        /** 代录: who may enter it for the signer, with the paper photographed. */
        onPaper: z.string().optional(),
      }),
    ),
  }),
})
