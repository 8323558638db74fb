import { z } from 'zod'
import { pageOf, pageQuery } from '#contract/page.ts'
import { plain, route } from '#contract/route.ts'
import type { OurHazard, Reconciled } from '#domain/hazard/reconcile.ts'
import { line } from '#domain/text.ts'

const system = line({ label: '系统名称', max: 100 })
const access = { act: 'hazard.read' }
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null

export const numberStandings = ['missing', 'doubled', 'numbered'] as const

/** Other systems whose numbers stand by hazards within the grant, with how many hazards have none or share one. */
export const listNumberSystems = route({
  ...plain,
  method: 'GET',
  path: '/api/hazard-numbers',
  summary: '其他系统编号：各系统有多少条已编号、未编号、重号',
  tag: 'hazard',
  access,
  query: z.object({ mineId: z.uuid().optional() }),
  reply: z.object({
    systems: z.array(
      z.object({
        system: z.string(),
        numbered: z.number().int(),
        missing: z.number().int(),
        doubled: z.number().int(),
      }),
    ),
  }),
})

export const numberedHazard = z.custom<OurHazard>(isObject)

export const listHazardNumbers = route({
  ...plain,
  method: 'GET',
  path: '/api/hazard-numbers/hazards',
  summary: '其他系统编号：没有编号的、重号的、已编号的隐患',
  tag: 'hazard',
  access,
  query: z.object({
    ...pageQuery,
    system,
    standing: z.enum(numberStandings).default('missing'),
    mineId: z.uuid().optional(),
  }),
  reply: pageOf(numberedHazard),
})

export const compareSettings = z.object({ system, mineId: z.uuid().optional() })

/** The other system's list, read and compared; nothing is written and the file is not kept. */
export const compareNumbers = route({
  ...plain,
  method: 'POST',
  path: '/api/hazard-numbers/compare',
  summary: '对账：把另一系统导出的表和本系统摆在一起，什么也不写',
  tag: 'hazard',
  access,
  upload: 'file',
  settings: compareSettings,
  reply: z.object({
    read: z.number().int(),
    /** Lines that could not be read, each with the reason. */
    faults: z.array(z.object({ sheet: z.string(), row: z.number().int(), reason: z.string(), remedy: z.string() })),
    found: z.custom<Reconciled>(isObject),
  }),
})
