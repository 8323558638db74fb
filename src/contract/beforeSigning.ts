import { z } from 'zod'
import { plain, route } from '#contract/route.ts'

export const signingLines = z.object({
  act: z.string(),
  confirms: z.string(),
  answers: z.string(),
  clauses: z.array(z.object({ short: z.string(), requires: z.string() })),
})

export type SigningLines = z.infer<typeof signingLines>

export const listBeforeSigning = route({
  ...plain,
  method: 'GET',
  path: '/api/before-signing',
  summary: '签字前看这三条：签的是什么，担什么责任，依据哪条',
  tag: 'notice',
  access: { act: 'notice.read' },
  reply: z.object({ items: z.array(signingLines) }),
})
