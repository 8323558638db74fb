import { resolve } from 'node:path'
import type { Command } from 'commander'
import { coverage, describeCoverage } from '#rulebook/coverage.ts'
import type { ParsedRulebook } from '#rulebook/parse.ts'
import { describeProblems, type Problem } from '#rulebook/problem.ts'
import { loadRulebook } from '#server/platform/rulebookFiles.ts'
import { Failed } from '../failure.ts'
import { type CommonOptions, leaf } from '../leaf.ts'
import { answer, answerJson, say } from '../say.ts'
import { addLifeCycle } from './lifeCycle.ts'

const load = (folder: string | undefined): Promise<ParsedRulebook> =>
  folder === undefined ? loadRulebook() : loadRulebook(resolve(folder))

const broken = (problems: readonly Problem[]): Failed => new Failed(`规则库有 ${problems.length} 处错误`)

const addCheck = (parent: Command): void => {
  leaf(parent, {
    name: 'check',
    summary: '检查规则库：每处错误给出文件、行号和改法',
    examples: ['bihuan rulebook check', 'bihuan rulebook check ./我的规则库'],
    failedMeans: '有错误，已逐条列出',
  })
    .argument('[文件夹]', '规则库文件夹；不写时检查程序自带的')
    .action(async (folder: string | undefined, options: CommonOptions) => {
      const parsed = await load(folder)
      if (!parsed.ok) {
        if (options.json) answerJson({ ok: false, problems: parsed.problems })
        else answer(describeProblems(parsed.problems))
        throw broken(parsed.problems)
      }
      const { version, packs, notices, settings, citations } = parsed.rulebook
      const counts = {
        criteria: packs.reduce((sum, pack) => sum + pack.criteria.length, 0),
        obligations: notices.reduce((sum, notice) => sum + notice.obligations.length, 0),
        settings: settings.length,
        citations: citations.length,
      }
      if (options.json) answerJson({ ok: true, version, ...counts })
      else
        answer(
          `没有错误：判定标准 ${counts.criteria} 条，通知 ${notices.length} 件、义务 ${counts.obligations} 条，设置 ${counts.settings} 项，条款 ${counts.citations} 条；版本 ${version}`,
        )
    })
}

const addCoverage = (parent: Command): void => {
  leaf(parent, {
    name: 'coverage',
    summary: '通知的每一句由哪条规则落实，哪些读作不产生义务、为什么，还剩哪些',
    examples: ['bihuan rulebook coverage', 'bihuan rulebook coverage --json > coverage.json'],
    failedMeans: '规则库有错误',
  })
    .argument('[文件夹]', '规则库文件夹；不写时用程序自带的')
    .action(async (folder: string | undefined, options: CommonOptions) => {
      const parsed = await load(folder)
      if (!parsed.ok) {
        say(describeProblems(parsed.problems))
        throw broken(parsed.problems)
      }
      const all = parsed.rulebook.notices.map(coverage)
      if (options.json) answerJson(all.map(({ segments: _segments, ...figures }) => figures))
      else answer(all.map(describeCoverage).join('\n\n'))
    })
}

export const addRulebook = (program: Command): void => {
  const rulebook = program.command('rulebook').description('规则库：检查、通知覆盖、隐患办理规则表')
  addCheck(rulebook)
  addCoverage(rulebook)
  addLifeCycle(rulebook)
}
