import { z } from 'zod'
import { pageQuery } from '#contract/page.ts'
import { plain, route } from '#contract/route.ts'
import { everyStatus } from '#domain/hazard/status.ts'
import { columnKeys, isColumnKey, type Sort, sorts } from '#domain/register/columns.ts'
import { filterShape, registerFilter } from '#domain/register/filter.ts'
import { viewShape } from '#domain/register/view.ts'

const sortNames = Object.keys(sorts) as [Sort, ...Sort[]]

/** Column keys with commas between, as they stand in an address. */
const columnList = z
  .string()
  .max(2000)
  .transform((text) => text.split(',').filter(isColumnKey))

const order = {
  sort: z.enum(sortNames).default('found'),
  /** Left out: newest finding first, else from the smallest. */
  descending: z.enum(['true', 'false']).optional(),
}

/** One row: what every register needs to know of it, and the cells of the columns that were asked for. */
export const registerRow = z.object({
  tenantId: z.uuid(),
  id: z.uuid(),
  mineId: z.uuid(),
  status: z.enum(everyStatus),
  grade: z.enum(['major', 'general']).optional(),
  overdueDays: z.number().int().optional(),
  /** From an older ledger: 未经本系统核验. */
  legacy: z.boolean(),
  repeated: z.boolean(),
  /** First photo, for the side panel. */
  thumb: z.string().optional(),
  cells: z.partialRecord(z.enum(columnKeys), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})

export type RegisterRow = z.infer<typeof registerRow>

const access = { act: 'hazard.read' }

export const readRegister = route({
  ...plain,
  method: 'GET',
  path: '/api/register',
  summary: '台账：按条件、按列、按顺序翻页',
  tag: 'register',
  access,
  query: z.object({ ...registerFilter, ...pageQuery, ...order, columns: columnList.optional() }),
  reply: z.object({ items: z.array(registerRow), next: z.string().optional() }),
})

/** Asked for apart, so that the rows need not wait for it. Exact to 10,000. */
export const totalOfRegister = route({
  ...plain,
  method: 'GET',
  path: '/api/register/total',
  summary: '台账：符合条件的条数（一万以内准确）',
  tag: 'register',
  access,
  query: filterShape,
  reply: z.object({ total: z.number().int(), totalIsExact: z.boolean() }),
})

/** Choices for the filters that are not fixed lists: units within the grant, with how many mines lie in them. */
export const registerUnits = route({
  ...plain,
  method: 'GET',
  path: '/api/register/units',
  summary: '台账筛选用的矿山、企业、乡镇',
  tag: 'register',
  access,
  query: z.object({
    search: z.string().max(50).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  reply: z.object({
    mines: z.array(z.object({ id: z.uuid(), code: z.string(), name: z.string() })),
    companies: z.array(z.object({ id: z.uuid(), name: z.string() })),
    divisions: z.array(z.object({ code: z.string(), name: z.string() })),
  }),
})

export const viewShown = z.object({ id: z.uuid(), ...viewShape.shape })
export type ViewShown = z.infer<typeof viewShown>

const ownAccess = { act: 'register.view' }

export const listViews = route({
  ...plain,
  method: 'GET',
  path: '/api/register/views',
  summary: '我保存的台账视图',
  tag: 'register',
  access: ownAccess,
  reply: z.object({ items: z.array(viewShown) }),
})

/** Saving, renaming and rearranging are one: the whole view as it is to be. */
export const putView = route({
  ...plain,
  method: 'PUT',
  path: '/api/register/views/:id',
  summary: '保存台账视图',
  tag: 'register',
  access: ownAccess,
  params: z.object({ id: z.uuid() }),
  body: viewShape,
  reply: viewShown,
})

export const deleteView = route({
  ...plain,
  method: 'DELETE',
  path: '/api/register/views/:id',
  summary: '删除台账视图',
  tag: 'register',
  access: ownAccess,
  params: z.object({ id: z.uuid() }),
  reply: z.object({ deleted: z.boolean() }),
})

export const exportFormats = ['xlsx', 'csv'] as const
export type ExportFormat = (typeof exportFormats)[number]

const exportAccess = { act: 'register.export' }

/**
 * Every row that matches, as a file. The export is on record (who, which filter, how many rows) before the first byte
 * leaves; the header `x-row-count` tells how many rows will come, the file's last line how many came.
 */
export const exportRegister = route({
  ...plain,
  method: 'POST',
  path: '/api/register/exports',
  summary: '导出台账（.xlsx 或 .csv），导出留痕',
  tag: 'register',
  access: exportAccess,
  body: z.object({
    /** Of the command, and of the export: its progress is asked for by it. */
    commandId: z.uuid('办理编号应为 UUID'),
    format: z.enum(exportFormats),
    columns: z.array(z.enum(columnKeys)).min(1, '至少选一列').max(columnKeys.length),
    filter: filterShape,
    sort: z.enum(sortNames).default('found'),
    descending: z.boolean().default(true),
  }),
  /** The bytes themselves. */
  reply: z.unknown(),
})

export const readExport = route({
  ...plain,
  method: 'GET',
  path: '/api/register/exports/:id',
  summary: '导出办到第几行',
  tag: 'register',
  access: exportAccess,
  params: z.object({ id: z.uuid() }),
  reply: z.object({
    total: z.number().int(),
    written: z.number().int(),
    state: z.enum(['running', 'done', 'broken']),
  }),
})
