import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { hazardSection, photosLeftOut } from '#domain/inspectionFolder/hazardSection.ts'
import { folderMade } from '#domain/inspectionFolder/made.ts'
import { bodies, mineId, photo, stateOf, tell } from '#tests/support/hazardStream.ts'

it('what a folder was in version 1 is read for ever', () => {
  const golden = z
    .object({ event: z.object({ body: z.unknown() }) })
    .parse(
      JSON.parse(readFileSync(new URL('../../../tests/golden/inspectionFolder/made.v1.json', import.meta.url), 'utf8')),
    )
  expect(folderMade.parse(golden.event.body)).toEqual(golden.event.body)
})

it('what a hazard does not have stands there by name, and photos beyond two are counted', () => {
  const photos = [photo, 'c'.repeat(64), 'd'.repeat(64)]
  const state = stateOf(
    tell([
      { by: 'safetyOfficer', act: 'report', body: { mineId, source: 'safetyOfficerCheck', place: '北帮', photos } },
      { by: 'principal', act: 'judge', body: bodies.judge },
    ]),
  )
  const { blocks, title } = hazardSection({ state, postOf: () => undefined, criteria: [], entries: [] })
  expect(title).toBe('F01-2023-001 北帮')
  const missing = blocks.flatMap((block) => (block.kind === 'missing' ? [block.text] : []))
  expect(missing).toEqual([
    '没有：内容、判定标准',
    '没有：责任人、措施、资金、期限、预案',
    '没有报告部门的记录',
    '没有报告职工大会或职代会的记录',
    '没有公示的记录',
    '没有：企业验收、复查、销号、溯源',
    '没有记录',
  ])
  expect(photosLeftOut(state)).toBe(1)
})
