import { z } from 'zod'

/** A waste dump belongs to its open pit; a mine and its tailings pond are two production systems (PRACTICE A6). */
export const mineTypes = ['openPit', 'underground', 'tailings'] as const

export const mineTypeSchema = z.enum(mineTypes)

export type MineType = z.output<typeof mineTypeSchema>

/**
 * 正常生产、停产整改 (ordered to stop, still within the notice's scope)、基建、长期停产、长期停建、停用未闭库.
 */
export const mineStatuses = [
  'producing',
  'rectifying',
  'underConstruction',
  'longSuspended',
  'constructionHalted',
  'outOfUse',
] as const

export const mineStatusSchema = z.enum(mineStatuses)

export type MineStatus = z.output<typeof mineStatusSchema>
