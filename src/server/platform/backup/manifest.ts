import { z } from 'zod'

export const manifestName = 'manifest.json'
export const jobsPart = 'jobs.copy.gz'
export const partOfTable = (table: string): string => `tables/${table}.copy.gz`

/** Like in the data folder: the name is the SHA-256 of the content, so that a file vouches for itself. */
export const partOfFile = (sha256: string): string => `files/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`

const part = z.object({
  part: z.string(),
  rows: z.number().int().min(0),
  /** Of the part as it lies in the archive. */
  sha256: z.string(),
})

/** The last entry of a backup: an archive without it was broken off. */
export const manifest = z.object({
  format: z.literal(1),
  version: z.string(),
  takenAt: z.string(),
  /** In order; the database is restored as old as this and migrated forward from there. */
  migrations: z.array(z.object({ name: z.string(), sha256: z.string() })).min(1),
  tables: z.array(part.extend({ table: z.string(), columns: z.array(z.string()) })),
  /** Effects that were queued and had not run. */
  jobs: part,
  files: z.object({
    count: z.number().int().min(0),
    bytes: z.number().int().min(0),
    /** Named by records, and not there or not what they were when the backup was taken. */
    missing: z.array(z.string()),
    damaged: z.array(z.string()),
  }),
})

export type Manifest = z.infer<typeof manifest>
export type TablePart = Manifest['tables'][number]
