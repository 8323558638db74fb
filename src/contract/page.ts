import { z } from 'zod'
import { line } from '#domain/text.ts'

/** Lists are paged by key: the cursor names the last row seen, so that rows added meanwhile shift nothing. */
export const pageQuery = {
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
}

/** 查找: what the person typed, as it is. */
export const searched = line({ label: '查找', max: 50, min: 0 }).optional()

export const pageOf = <S extends z.ZodType>(item: S) =>
  z.object({ items: z.array(item), next: z.string().optional(), total: z.number().int(), totalIsExact: z.boolean() })
