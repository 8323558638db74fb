import { type Condition, factConditions } from './condition.ts'
import { type CriteriaPack, type CriteriaPackFile, toCriteriaPack } from './criteriaPack.ts'
import { mineTypes } from './mine.ts'
import { conditionMismatch, type MineFact } from './mineFact.ts'
import type { Problem } from './problem.ts'
import { type Report, reportOn } from './report.ts'
import { versionOf } from './version.ts'
import type { Place, YamlFile } from './yamlFile.ts'

type Conditioned = {
  readonly appliesWhen?: string | undefined
  readonly appliesWhenFacts?: readonly Condition[] | undefined
}

const checkConditions = (
  entry: Conditioned,
  place: Place,
  mineType: string,
  facts: readonly MineFact[],
  report: Report,
): void => {
  if ((entry.appliesWhen === undefined) !== (entry.appliesWhenFacts === undefined))
    report(place, 'appliesWhen 和 appliesWhenFacts 只写了一个', '两个一起写：前一个给人看，后一个给程序判断')

  for (const [index, condition] of (entry.appliesWhenFacts ?? []).entries()) {
    const at = [...place, 'appliesWhenFacts', index]
    for (const single of factConditions(condition)) {
      const fact = facts.find(({ key }) => key === single.fact)
      if (fact === undefined) {
        report(at, `没有叫“${single.fact}”的矿山情况`, '在 criteria/facts.yaml 里加上，或者改成已有的 key')
        continue
      }
      const mismatch = conditionMismatch(single, fact)
      if (mismatch !== undefined) report(at, mismatch, '按 criteria/facts.yaml 里这个情况的 kind 改写条件')
      if (!fact.mineTypes.some((type) => type === mineType))
        report(at, `“${single.fact}”不是这类矿山（${mineType}）的情况`, '在 facts.yaml 里补上矿山类型，或者换一个情况')
    }
  }
}

const checkCriterion = (
  criterion: CriteriaPackFile['criteria'][number],
  place: Place,
  facts: readonly MineFact[],
  report: Report,
): void => {
  checkConditions(criterion, place, criterion.mineType, facts, report)
  for (const [index, situation] of criterion.situations.entries()) {
    const at = [...place, 'situations', index]
    checkConditions(situation, at, criterion.mineType, facts, report)
    if (!situation.code.startsWith(`${criterion.code}-`))
      report([...at, 'code'], `情形编号 ${situation.code} 不以 ${criterion.code}- 开头`, '改成所属判定标准的编号加序号')
  }
  const [only, ...more] = criterion.situations
  if (only !== undefined && more.length === 0 && only.text !== criterion.text)
    report(
      [...place, 'situations', 0, 'text'],
      `${criterion.code} 只有一种情形，两处条文却不同`,
      '把两处改成同样的文字',
    )
}

const checkDates = ({ effectiveFrom, effectiveTo, effectiveNote }: CriteriaPackFile, report: Report): void => {
  if (effectiveFrom === null && effectiveNote === undefined)
    report(['effectiveFrom'], '没有施行日期，也没有说明', '填上施行日期，或者用 effectiveNote 写明为什么没有')
  if (effectiveFrom !== null && effectiveTo !== null && effectiveTo < effectiveFrom)
    report(['effectiveTo'], '失效日期早于施行日期', '改正其中一个日期')
}

/** Nothing may fall out of a standard unnoticed: counts by mine type are stated and ordinals leave no gap. */
const checkCounts = ({ counts, criteria }: CriteriaPackFile, report: Report): void => {
  for (const type of mineTypes) {
    const own = criteria.filter(({ mineType }) => mineType === type)
    if (own.length !== counts[type])
      report(
        ['counts'],
        `counts 写 ${type} ${counts[type]} 条，实际 ${own.length} 条`,
        '补上漏掉的条目，或者改正 counts',
      )
    for (const [index, criterion] of own.entries()) {
      if (criterion.ordinal === index + 1) continue
      const place = ['criteria', criteria.indexOf(criterion), 'ordinal']
      report(place, `${criterion.code} 的序号是 ${criterion.ordinal}，应为 ${index + 1}`, '同一类矿山从1起连续编号')
    }
  }
}

export const readCriteria = (
  files: readonly YamlFile<CriteriaPackFile>[],
  facts: readonly MineFact[],
  problems: Problem[],
): readonly CriteriaPack[] => {
  const packIds = files.map(({ value }) => value.id)
  const seen = new Map<string, string>()

  return files.map((file) => {
    const report = reportOn(file, problems)
    const pack = file.value
    if (packIds.filter((id) => id === pack.id).length > 1)
      report(['id'], `判定标准包的编号 ${pack.id} 用了不止一次`, '改成不同的编号')
    if (pack.supplements !== undefined && !packIds.includes(pack.supplements))
      report(['supplements'], `没有编号为 ${pack.supplements} 的判定标准包`, '改成已有的编号')
    checkDates(pack, report)
    checkCounts(pack, report)

    for (const [index, criterion] of pack.criteria.entries()) {
      const place = ['criteria', index]
      checkCriterion(criterion, place, facts, report)
      const codes: [string, Place][] = [
        [criterion.code, [...place, 'code']],
        ...criterion.situations.map((one, at): [string, Place] => [one.code, [...place, 'situations', at, 'code']]),
      ]
      for (const [code, at] of codes) {
        const first = seen.get(code)
        if (first === undefined) seen.set(code, `${file.path}:${file.lineOf(at)}`)
        else report(at, `编号 ${code} 重复，已见于 ${first}`, '两处改成不同的编号，或者删去多余的一条')
      }
    }
    return toCriteriaPack(pack, versionOf(pack.id, file.text))
  })
}
