import { z } from 'zod'
import { calendarDate } from '#domain/calendarDate.ts'
import { division } from '#domain/org/division.ts'
import { line, text } from '#domain/text.ts'

export const mineTypes = { openPit: '露天', underground: '地下', tailings: '尾矿库' } as const
export type MineType = keyof typeof mineTypes

export const mineStatuses = {
  producing: '正常生产',
  underConstruction: '在建',
  rectifying: '停产整改',
  longSuspended: '长期停产（无人作业）',
  constructionHalted: '长期停建（无人作业）',
  outOfUse: '停用未闭库',
} as const
export type MineStatus = keyof typeof mineStatuses

const keys = <T extends object>(values: T) => Object.keys(values) as [keyof T & string, ...(keyof T & string)[]]

const headCount = z.number().int().min(0).max(100_000, '人数太多，请核对')

/** 盯守人员: by post from the first day; by person too, once the mine's people are registered. */
const watcher = z.object({
  post: line({ label: '盯守人员', max: 50 }),
  personId: z.uuid().optional(),
})

/** 坐标 on the national datum, EPSG:4490, in degrees; outside China it was mistyped or the two were exchanged. */
const position = z.object({
  system: z.literal('CGCS2000'),
  longitude: z.number('填写经度').min(73, '经度在 73 至 136 度之间').max(136, '经度在 73 至 136 度之间'),
  latitude: z.number('填写纬度').min(3, '纬度在 3 至 54 度之间').max(54, '纬度在 3 至 54 度之间'),
})

const factSource = z.object({
  source: line({ label: '来源', max: 100 }),
  on: calendarDate({ label: '来源的日期' }),
})

/**
 * 矿山（生产系统）: with its own permit, status and register (PRACTICE A6). `facts` decide which criteria apply; what is
 * not known is left out, never guessed.
 */
export const mine = z.object({
  code: line({ label: '编号', max: 20 }),
  name: line({ label: '名称', max: 100 }),
  companyId: z.uuid(),
  /** Division of the township it lies in. */
  div: division,
  township: line({ label: '乡镇', max: 50 }),
  mineType: z.enum(keys(mineTypes)),
  typeNote: line({ label: '类型说明', max: 100 }).optional(),
  mineral: line({ label: '矿种', max: 50 }),
  scale: line({ label: '规模', max: 50 }),
  status: z.enum(keys(mineStatuses)),
  statusNote: line({ label: '状态说明', max: 200 }).optional(),
  /** 驻矿盯守: who watches a mine where nobody works (通知 二). */
  watcher: watcher.optional(),
  /** 驻矿盯守责任单位: who answers for the watch. */
  watchUnit: line({ label: '盯守责任单位', max: 100 }).optional(),
  /** Whether the campaign covers it, and why (PRACTICE 15: the bureau decides for those not producing). */
  inScope: z.boolean(),
  scopeReason: text({ label: '范围说明', max: 300 }),
  staffOwn: headCount,
  staffContracted: headCount,
  /** Schematic kilometre grid, where a mine has only that. */
  grid: z.object({ eastKm: z.number(), northKm: z.number() }).optional(),
  position: position.optional(),
  facts: z.record(
    line({ label: '矿山情况', max: 60 }),
    z.union([z.boolean(), z.number(), line({ label: '矿山情况', max: 200 })]),
  ),
  /** 来源: what a fact was read from, and of which day; by the fact's key. */
  factSources: z.record(line({ label: '矿山情况', max: 60 }), factSource).optional(),
})

export type Mine = z.infer<typeof mine>
