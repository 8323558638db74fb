import { z } from 'zod'

/** What stands in the record of a folder: which file, by its digest, and how much is in it. The file itself is not kept. */
export const folderMade = z.object({
  on: z.string(),
  /** SHA-256 of the PDF. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/, '应是 64 位的 SHA-256'),
  pages: z.number().int().min(1),
  hazards: z.number().int().min(0),
  photos: z.number().int().min(0),
  /** What was left out, in words, as the cover says it. */
  leftOut: z.array(z.string()),
})

export type FolderMade = z.infer<typeof folderMade>
