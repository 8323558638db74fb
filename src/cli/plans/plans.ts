import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Command } from 'commander'
import { backgroundOf } from '#domain/plan/background.ts'
import { type Comparison, comparePlans } from '#domain/plan/comparePlans.ts'
import { quotableTexts } from '#domain/plan/quotable.ts'
import { defaultSettings } from '#domain/plan/settings.ts'
import type { Refusal } from '#domain/refusal.ts'
import { describeProblems } from '#rulebook/problem.ts'
import { readPlan } from '#server/plan/readPlan.ts'
import { loadRulebook } from '#server/platform/rulebookFiles.ts'
import { Failed, Misused } from '../failure.ts'
import { type CommonOptions, leaf } from '../leaf.ts'
import { answer, answerJson, say } from '../say.ts'

type Read = { readonly file: string; readonly text: string }
type Unread = { readonly file: string; readonly refusal: Refusal }

const readOne = async (file: string): Promise<Read | Unread> => {
  const text = await readPlan(await readFile(file))
  return text.ok ? { file, text: text.value } : { file, refusal: text.refusal }
}

const background = async (template: string | undefined) => {
  const parsed = await loadRulebook()
  if (!parsed.ok) {
    say(describeProblems(parsed.problems))
    throw new Failed('规则库有错误')
  }
  const given = template === undefined ? [] : [await readOne(template)]
  const texts = given.map((one) => {
    if ('refusal' in one) throw new Failed(`模板 ${one.file}：${one.refusal.message}；${one.refusal.remedy ?? ''}`)
    return one.text
  })
  return backgroundOf([...quotableTexts(parsed.rulebook), ...texts], defaultSettings.k)
}

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`

const inParagraph = ({ from, to }: { readonly from: number; readonly to: number }): string =>
  from === to ? `第${from}段` : `第${from}至${to}段`

const shownPassages = 3
const shownLetters = 80

const cut = (text: string): string => {
  const one = text.replaceAll(/\s+/g, ' ').trim()
  return one.length > shownLetters ? `${one.slice(0, shownLetters)}…` : one
}

const describe = ({ pairs, comparedPairs }: Comparison, plans: readonly Read[]): string => {
  const name = (plan: number): string => basename(plans[plan]?.file ?? '')
  const listed = pairs.filter((pair) => pair.listed)
  const lines = listed.flatMap(({ a, b, shareOfA, shareOfB, passages }) => [
    `${name(a)} 与 ${name(b)}：除通知、法规和模板外，前者 ${percent(shareOfA)}、后者 ${percent(shareOfB)} 的文字相同，供人工核对`,
    ...passages
      .slice(0, shownPassages)
      .map(
        (passage) =>
          `  ${inParagraph(passage.a.paragraphs)} 与 ${inParagraph(passage.b.paragraphs)}，${passage.letters} 字：${cut((plans[a]?.text ?? '').slice(passage.a.start, passage.a.end))}`,
      ),
    ...(passages.length > shownPassages ? [`  另有 ${passages.length - shownPassages} 处，见 --json`] : []),
  ])
  const summary = `比对了 ${plans.length} 份、${comparedPairs} 对，${listed.length} 对需要人工核对`
  return [...lines, summary].join('\n')
}

const asJson = (
  { plans, pairs, common, comparedPairs }: Comparison,
  read: readonly Read[],
  unread: readonly Unread[],
) => {
  const file = (plan: number): string => read[plan]?.file ?? ''
  const quoted = (plan: number, { start, end }: { readonly start: number; readonly end: number }): string =>
    (read[plan]?.text ?? '').slice(start, end)
  return {
    plans: plans.map(({ otherNames: _names, ...plan }, at) => ({ file: file(at), ...plan })),
    refused: unread.map(({ file: path, refusal }) => ({ file: path, ...refusal })),
    comparedPairs,
    pairs: pairs.map(({ a, b, passages, ...pair }) => ({
      a: file(a),
      b: file(b),
      ...pair,
      passages: passages.map((passage) => ({
        letters: passage.letters,
        a: { ...passage.a, text: quoted(a, passage.a) },
        b: { ...passage.b, text: quoted(b, passage.b) },
      })),
    })),
    common: common.map(({ plan, at, letters, plans: having }) => ({
      file: file(plan),
      ...at,
      text: quoted(plan, at),
      letters,
      files: having.map(file),
    })),
  }
}

export const addPlans = (program: Command): void => {
  const plans = program.command('plans').description('专项行动方案：找出通知、法规和模板以外相同的段落')
  leaf(plans, {
    name: 'compare',
    summary: '逐对比对方案（.docx、有文字的 .pdf、.txt），列出相同的段落，供人工核对',
    examples: ['bihuan plans compare 方案/*.docx', 'bihuan plans compare --template 模板.docx 甲.docx 乙.pdf --json'],
    failedMeans: '有文件读不出文字，已逐个列出；其余的照常比对',
  })
    .argument('<文件...>', '两份以上的方案')
    .option('--template <文件>', '发给各企业的模板：与它相同的文字不算')
    .action(async (files: readonly string[], options: CommonOptions & { readonly template?: string }) => {
      if (files.length < 2) throw new Misused('至少要两份方案才能比对')
      const all: (Read | Unread)[] = []
      for (const file of files) all.push(await readOne(file))
      const read = all.filter((one): one is Read => 'text' in one)
      const unread = all.filter((one): one is Unread => 'refusal' in one)
      const found = comparePlans(read, await background(options.template))
      if (options.json) answerJson(asJson(found, read, unread))
      else {
        for (const { file, refusal } of unread) answer(`${basename(file)}：${refusal.message}；${refusal.remedy ?? ''}`)
        answer(describe(found, read))
      }
      if (unread.length > 0) throw new Failed(`${unread.length} 份读不出文字，没有比对`)
    })
}
