import { z } from 'zod'
import { mineManagement } from '#domain/access/role.ts'
import { field } from '#domain/field.ts'
import { happenedOn } from '#domain/hazard/fact.ts'
import { happened, move } from '#domain/hazard/move.ts'
import { ok } from '#domain/refusal.ts'

export const acceptEvent = z.object({
  on: z.string(),
  conclusion: z.string(),
  photos: z.array(z.string()),
  notPhotographable: z.boolean(),
  paperSignature: z.array(z.string()).optional(),
})

/**
 * 企业验收: the mine accepts its own work. Here, and not before, completeness is asked (PRACTICE A2). The trace is not
 * among what is asked (PRACTICE A1).
 */
export const accept = move({
  title: '企业验收',
  clause: '安全生产事故隐患排查治理暂行规定 18；通知 四(一)2',
  from: ['rectifying'],
  also: '复查不合格过的，评估和照片要是不合格之后的',
  leadsTo: '企业已验收，待复查',
  who: [
    { grade: 'major', roles: ['principal'] },
    { grade: 'general', roles: [...mineManagement, 'crewLeader', 'watcher'] },
  ],
  paperSigner: 'principal',
  needs: [
    {
      grade: 'major',
      facts: [
        'control',
        'posting',
        'departmentReport',
        'workersReport',
        'plan',
        'fiveAssignments',
        'evaluation',
        'afterEvidence',
      ],
    },
    { grade: 'general', facts: ['fiveAssignments', 'afterEvidence'] },
  ],
  body: z.object({
    ...happenedOn,
    conclusion: field.text('验收结论'),
    photos: field.photos('整改后照片').optional(),
    notPhotographable: field.check('危险不宜靠近，或者无可拍摄').optional(),
    paperSignature: field.photos('手签原件照片', '主要负责人在纸上签字的，拍照存档，由他人代录').optional(),
  }),
  event: acceptEvent,
  decide: (_state, body, context) =>
    ok([
      happened('accept', {
        ...body,
        on: body.on ?? context.today,
        photos: body.photos ?? [],
        notPhotographable: body.notPhotographable ?? false,
      }),
    ]),
  evolve: (state, body, entry) => ({
    ...state,
    status: 'accepted',
    acceptance: {
      ...entry,
      conclusion: body.conclusion,
      photos: body.photos,
      notPhotographable: body.notPhotographable,
      signedOnPaper: (body.paperSignature?.length ?? 0) > 0,
    },
  }),
})
