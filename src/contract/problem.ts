import { z } from 'zod'

/** problem+json (RFC 9457) as every refusal and every fault is answered. `detail` and `remedy` are Chinese, shown as they are. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.string(),
  clause: z.string().optional(),
  remedy: z.string().optional(),
  details: z.record(z.string(), z.unknown()).optional(),
})

export type Problem = z.infer<typeof problem>
