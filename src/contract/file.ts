import { z } from 'zod'
import { plain, route } from '#contract/route.ts'

export const fileShown = z.object({
  sha256: z.string(),
  name: z.string(),
  mime: z.string(),
  kind: z.string(),
  size: z.number().int(),
  capturedAt: z.string().optional(),
})

export type FileShown = z.infer<typeof fileShown>

/** Multipart, one part `file`: uploaded before the record that refers to it is saved. */
export const putFile = route({
  ...plain,
  method: 'POST',
  path: '/api/tenants/:tenantId/files',
  summary: '上传文件（multipart，字段名 file）',
  tag: 'file',
  access: { act: 'file.put' },
  params: z.object({ tenantId: z.uuid() }),
  upload: 'file',
  reply: fileShown,
})

/** `view` and `thumb` carry no EXIF; `original` is the evidence as it came. */
export const fileForms = ['original', 'view', 'thumb'] as const

export const filePath = (tenantId: string, sha256: string, form: (typeof fileForms)[number]): string =>
  `/api/tenants/${tenantId}/files/${sha256}/${form}`

export const readFile = route({
  ...plain,
  method: 'GET',
  path: '/api/tenants/:tenantId/files/:sha256/:form',
  summary: '下载文件：原件，或者去掉位置信息的图片',
  tag: 'file',
  access: { act: 'file.read' },
  params: z.object({
    tenantId: z.uuid(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/, '文件编号不对'),
    form: z.enum(fileForms),
  }),
  /** The bytes themselves. */
  reply: z.unknown(),
})
