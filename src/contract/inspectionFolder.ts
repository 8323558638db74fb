import { z } from 'zod'
import { plain, route } from '#contract/route.ts'

/**
 * 迎检档案袋 as one PDF. With `progress=yes` the answer is lines of JSON (`folderProgress`), the last of which announces the
 * file (`folderFile`), and then the file's bytes; else the file alone. That it was made is on record before its first byte.
 */
export const makeFolder = route({
  ...plain,
  method: 'POST',
  path: '/api/mines/:mineId/inspection-folder',
  summary: '迎检档案袋：一份 PDF，按检查的次序',
  tag: 'inspectionFolder',
  access: { act: 'inspectionFolder.make' },
  params: z.object({ mineId: z.uuid() }),
  query: z.object({ progress: z.enum(['yes', 'no']).default('no') }),
  body: z.object({ commandId: z.uuid('办理编号应为 UUID'), folderId: z.uuid('档案袋编号应为 UUID') }),
  /** The bytes themselves. */
  reply: z.unknown(),
})

export const folderSteps = { reading: '收集记录', photos: '整理照片', setting: '排版', recording: '记入存证' } as const

export const folderProgress = z.object({
  step: z.enum(Object.keys(folderSteps) as [keyof typeof folderSteps, ...(keyof typeof folderSteps)[]]),
  done: z.number().int(),
  of: z.number().int(),
})

export type FolderProgress = z.infer<typeof folderProgress>

export const folderFile = z.object({
  file: z.string(),
  bytes: z.number().int(),
  sha256: z.string(),
  pages: z.number().int(),
  leftOut: z.array(z.string()),
})

export type FolderFile = z.infer<typeof folderFile>
