import type { Command } from 'commander'
import { type RegulationRow, regulationRows } from '#domain/hazard/regulation.ts'
import { type CommonOptions, leaf } from '../leaf.ts'
import { answer, answerJson } from '../say.ts'

const cell = (parts: readonly string[]): string => parts.join('<br>').replaceAll('|', '\\|')

const when = (condition: string, what: readonly string[]): string =>
  condition === '' ? what.join('、') : `${condition}：${what.join('、')}`

const row = ({ title, from, leadsTo, who, needs, clause }: RegulationRow): string =>
  [
    title,
    cell(from),
    leadsTo,
    cell(who.map((one) => when(one.when, one.roles))),
    cell(needs.map((one) => when(one.when, one.facts))),
    cell([clause]),
  ].join(' | ')

/** The transition table as it runs, as a Markdown page. */
export const renderLifeCycle = (rows: readonly RegulationRow[]): string =>
  [
    '# 隐患办理规则',
    '',
    '由程序按它执行的那张表打印（`bihuan rulebook life-cycle`），不要手改。',
    '',
    '| 办理 | 什么状态下可以办 | 办完之后 | 谁可以办 | 要先具备 | 依据 |',
    '|---|---|---|---|---|---|',
    ...rows.map((one) => `| ${row(one)} |`),
  ].join('\n')

export const addLifeCycle = (parent: Command): void => {
  leaf(parent, {
    name: 'life-cycle',
    summary: '打印隐患办理规则表：每个事项什么状态下、谁可以办，要先具备什么，依据哪一条',
    examples: ['bihuan rulebook life-cycle > docs/life-cycle.md', 'bihuan rulebook life-cycle --json'],
  }).action((options: CommonOptions) => {
    const rows = regulationRows()
    if (options.json) answerJson(rows)
    else answer(renderLifeCycle(rows))
  })
}
