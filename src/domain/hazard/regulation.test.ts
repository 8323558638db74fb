import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { regulationRows, renderLifeCycle } from '#domain/hazard/regulation.ts'
import { hazardActs } from '#domain/hazard/transitions.ts'

const page = new URL('../../../docs/life-cycle.md', import.meta.url)

describe('办理规则页', () => {
  test('docs/life-cycle.md 与办理规则表一字不差', () => {
    const written = readFileSync(page, 'utf8')
    const mend = 'regenerate: node bin/run.mjs src/cli/main.ts rulebook life-cycle > docs/life-cycle.md'
    expect(written, mend).toBe(renderLifeCycle())
  })

  test('表里每一个事项都有一行，写明依据、谁可以办、办了以后', () => {
    const rows = regulationRows()
    expect(rows.map(({ act }) => act)).toEqual(hazardActs)
    for (const row of rows) {
      expect(row.clause).toMatch(/\p{Script=Han}/u)
      expect(row.leadsTo).toMatch(/\p{Script=Han}/u)
      expect(row.who.flatMap(({ roles }) => roles).length).toBeGreaterThan(0)
    }
  })

  test('企业验收一行写明手签代录的办法', () => {
    expect(regulationRows().find(({ act }) => act === 'accept')?.onPaper).toBe(
      '主要负责人（矿长）手签的，附原件照片，由矿上其他管理人员代录',
    )
  })

  test('每一格里没有会拆开表格的竖线', () => {
    const rows = renderLifeCycle()
      .split('\n')
      .filter((line) => line.startsWith('| '))
    expect(rows.length).toBeGreaterThan(hazardActs.length)
    for (const row of rows) expect(row.split('|')).toHaveLength(8)
  })
})
