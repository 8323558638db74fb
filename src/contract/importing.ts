import { z } from 'zod'
import { pageOf, pageQuery } from '#contract/page.ts'
import { receiptShown } from '#contract/receipt.ts'
import { plain, route } from '#contract/route.ts'
import { importKindNames } from '#domain/importing/kinds/kinds.ts'
import { rowOutcomes, whenFound } from '#domain/importing/settle.ts'
import { corrections } from '#domain/importing/taken.ts'
import { line } from '#domain/text.ts'

const kind = z.enum(importKindNames)

/** An empty text takes a remembered correction back. */
const settings = {
  kind,
  /** Made by the client; the same in the dry run and in what follows it. */
  importId: z.uuid(),
  /** Where all rows belong, for people of one mine. */
  tenantId: z.uuid().optional(),
  corrections: corrections.default({}),
  /** Rows with doubts that a person settles: taken as they stand, each with the reason. */
  words: z
    .array(z.object({ sheet: z.string(), row: z.number().int(), reason: line({ label: '照收的理由', max: 300 }) }))
    .max(2_000)
    .default([]),
}

export const importSettings = z.object(settings)
export type ImportSettings = z.output<typeof importSettings>

const located = { sheet: z.string(), row: z.number().int() }

export const importFaultShown = z.object({
  ...located,
  column: z.string().optional(),
  title: z.string().optional(),
  reason: z.string(),
  remedy: z.string(),
  /** A person may have the row taken as it stands, with a reason. */
  mayStand: z.boolean().optional(),
})

export type ImportFaultShown = z.infer<typeof importFaultShown>

const sheetShown = z.object({
  name: z.string(),
  /** Row of the header, its last where it has two. */
  headerRow: z.number().int(),
  columns: z.array(
    z.object({
      letter: z.string(),
      header: z.string(),
      /** Left out where nobody knows it, null where a person said it is not to be taken. */
      key: z.string().nullable().optional(),
      /** Title of the column that was probably meant: offered, not taken. */
      perhaps: z.string().optional(),
    }),
  ),
})

export type ImportSheetShown = z.infer<typeof sheetShown>

export const importFoundShown = z.object({
  ...located,
  title: z.string(),
  /** What is registered already. */
  standing: z.string(),
  differences: z.array(z.object({ title: z.string(), standing: z.string().optional(), given: z.string().optional() })),
  /** Whether it can be registered beside what is there. */
  mayAdd: z.boolean(),
  /** Whether what is there can be changed to what the row says. */
  mayReplace: z.boolean(),
})

export type ImportFoundShown = z.infer<typeof importFoundShown>

export const importPlanShown = z.object({
  kind,
  sha256: z.string(),
  /** What the person saw: sent back when taking, so that nothing else is taken. */
  digest: z.string(),
  sheets: z.array(sheetShown),
  /** Sheets without a header that we know, with the texts that may have been meant by one. */
  skipped: z.array(z.object({ name: z.string(), headers: z.array(z.string()) })),
  columns: z.array(z.object({ key: z.string(), title: z.string(), required: z.boolean() })),
  /** Corrections that were in force, remembered ones among them. */
  corrections,
  notes: z.array(z.object({ ...located, text: z.string() })),
  faults: z.array(importFaultShown),
  found: z.array(importFoundShown),
  /** Rows taken as they stand on a person's word. */
  vouched: z.array(z.object({ ...located, title: z.string(), reason: z.string() })),
  /** What good rows leave open, or what of them is not taken over. */
  remarks: z.array(z.object({ ...located, title: z.string(), text: z.string() })),
  counts: z.object({
    good: z.number().int(),
    bad: z.number().int(),
    fresh: z.number().int(),
    same: z.number().int(),
    differing: z.number().int(),
  }),
})

export type ImportPlanShown = z.infer<typeof importPlanShown>

const access = { act: 'importing.take' }

export const planOfImport = route({
  ...plain,
  method: 'POST',
  path: '/api/imports/plan',
  summary: '试导：逐行检查表格，列出每一处错误和已有的记录，什么也不写',
  tag: 'importing',
  access,
  upload: 'file',
  settings: importSettings,
  reply: importPlanShown,
})

export const markedWorkbook = route({
  ...plain,
  method: 'POST',
  path: '/api/imports/marked',
  summary: '下载标注好的表格：错误的格子有批注，第一张表是错误清单',
  tag: 'importing',
  access,
  upload: 'file',
  settings: importSettings,
  /** The bytes themselves. */
  reply: z.unknown(),
})

export const importTemplate = route({
  ...plain,
  method: 'GET',
  path: '/api/imports/templates/:kind',
  summary: '下载导入模板（.xlsx）',
  tag: 'importing',
  access,
  params: z.object({ kind }),
  /** The bytes themselves. */
  reply: z.unknown(),
})

export const takeSettings = z.object({
  ...settings,
  commandId: z.uuid('办理编号应为 UUID'),
  /** `all`: only if no row is bad. `good`: the good rows, the bad ones stay out. */
  take: z.enum(['all', 'good']),
  /** What is done where something is registered already, unless a row is named below. */
  found: z.enum(whenFound).default('keep'),
  choices: z.array(z.object({ sheet: z.string(), rows: z.string(), as: z.enum(whenFound) })).default([]),
  /** Digest of the plan that the person saw. */
  seen: z.string().optional(),
})

export type TakeSettings = z.output<typeof takeSettings>

export const importShown = z.object({
  id: z.uuid(),
  tenantId: z.uuid(),
  kind,
  takenAt: z.string(),
  roleTitle: z.string(),
  sha256: z.string(),
  total: z.number().int(),
  /** Rows that have been dealt with. */
  ended: z.number().int(),
  outcomes: z.object({
    added: z.number().int(),
    replaced: z.number().int(),
    already: z.number().int(),
    kept: z.number().int(),
    refused: z.number().int(),
  }),
  /** Bad rows that were left out. */
  left: z.number().int(),
})

export type ImportShown = z.infer<typeof importShown>

export const takeImport = route({
  ...plain,
  method: 'POST',
  path: '/api/imports',
  summary: '导入：收下表格里的行，逐行登记',
  tag: 'importing',
  access,
  upload: 'file',
  settings: takeSettings,
  reply: z.object({ receipt: receiptShown, shown: importShown }),
})

export const listImports = route({
  ...plain,
  method: 'GET',
  path: '/api/imports',
  summary: '导入记录，最近的在前',
  tag: 'importing',
  access: { act: 'importing.read' },
  query: z.object({ ...pageQuery }),
  reply: pageOf(importShown),
})

const one = z.object({ tenantId: z.uuid(), id: z.uuid() })

export const readImport = route({
  ...plain,
  method: 'GET',
  path: '/api/imports/:tenantId/:id',
  summary: '一次导入：办到第几行，结果各多少',
  tag: 'importing',
  access: { act: 'importing.read' },
  params: one,
  reply: importShown,
})

export const importOutcomes = ['done', 'already', 'keep', 'refused'] as const

export const importRowShown = z.object({
  ...located,
  title: z.string(),
  fate: z.enum(rowOutcomes),
  outcome: z.enum(importOutcomes).optional(),
  /** Why it was refused and how to mend it. */
  said: z.string().optional(),
})

export type ImportRowShown = z.infer<typeof importRowShown>

export const listImportRows = route({
  ...plain,
  method: 'GET',
  path: '/api/imports/:tenantId/:id/rows',
  summary: '一次导入的逐行结果',
  tag: 'importing',
  access: { act: 'importing.read' },
  params: one,
  query: z.object({ ...pageQuery, outcome: z.enum(importOutcomes).optional() }),
  reply: pageOf(importRowShown),
})
