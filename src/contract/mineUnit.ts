import { z } from 'zod'
import { receiptShown } from '#contract/receipt.ts'
import { plain, route } from '#contract/route.ts'
import { mineUnit } from '#domain/org/mineUnit.ts'

const commandId = z.uuid('办理编号应为 UUID').describe('由客户端生成的 UUIDv7；重发同一编号只办理一次')

export const mineUnitShown = z.object({
  id: z.uuid(),
  version: z.number().int().optional(),
  partOfName: z.string().optional(),
  leaderPost: z.string().optional(),
  /** Persons registered under it, on the mine's list. */
  people: z.number().int(),
  /** Of a contractor or lessor: how its safety agreement stands today. */
  agreement: z.enum(['missing', 'expired', 'valid']).optional(),
  ...mineUnit.shape,
})

export type MineUnitShown = z.infer<typeof mineUnitShown>

export const listMineUnits = route({
  ...plain,
  method: 'GET',
  path: '/api/mines/:mineId/units',
  summary: '一座矿的车间、班组、岗位，承包单位和出租单位',
  tag: 'org',
  access: { act: 'mineUnit.read' },
  params: z.object({ mineId: z.uuid() }),
  reply: z.object({ items: z.array(mineUnitShown) }),
})

export const putMineUnit = route({
  ...plain,
  method: 'PUT',
  path: '/api/mines/:mineId/units/:id',
  summary: '登记或修改车间、班组、岗位、承包单位、出租单位',
  tag: 'org',
  access: { act: 'mineUnit.put' },
  params: z.object({ mineId: z.uuid(), id: z.uuid() }),
  body: z.object({ commandId, expectedVersion: z.number().int().optional(), value: mineUnit.strict() }),
  reply: receiptShown,
})
