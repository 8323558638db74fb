import type { Command } from 'commander'
import { regulationRows, renderLifeCycle } from '#domain/hazard/regulation.ts'
import { type CommonOptions, leaf } from '../leaf.ts'
import { answer, answerJson } from '../say.ts'

export const addLifeCycle = (parent: Command): void => {
  leaf(parent, {
    name: 'life-cycle',
    summary: '打印隐患办理规则表：每个事项什么状态下、谁可以办，要先具备什么，依据哪一条',
    examples: ['bihuan rulebook life-cycle > docs/life-cycle.md', 'bihuan rulebook life-cycle --json'],
  }).action((options: CommonOptions) => {
    if (options.json) answerJson(regulationRows())
    else answer(renderLifeCycle().trimEnd())
  })
}
