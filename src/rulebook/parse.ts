import type { z } from 'zod'
import { beforeSigningFileSchema } from './beforeSigning.ts'
import { checkItemsFileSchema } from './checkItems.ts'
import { citationsFileSchema } from './citation.ts'
import { criteriaPackFileSchema } from './criteriaPack.ts'
import { divisionsFileSchema } from './division.ts'
import { mineFactsFileSchema } from './mineFact.ts'
import { annexFileSchema, noDutyFileSchema, noticeFileSchema } from './notice.ts'
import { lawDutiesFileSchema, obligationsFileSchema } from './obligation.ts'
import { permitKindsFileSchema } from './permitKind.ts'
import { phasesFileSchema } from './phase.ts'
import type { Problem } from './problem.ts'
import { readCitation } from './readCitation.ts'
import { readCriteria } from './readCriteria.ts'
import { readLawDuties } from './readLawDuties.ts'
import { type NoticeFiles, readNotice } from './readNotice.ts'
import { reportOn } from './report.ts'
import type { Rulebook } from './rulebook.ts'
import { settingsFileSchema } from './setting.ts'
import { versionOf } from './version.ts'
import { type RulebookFile, readYaml, type YamlFile } from './yamlFile.ts'

export type ParsedRulebook =
  | { readonly ok: true; readonly rulebook: Rulebook }
  | { readonly ok: false; readonly problems: readonly Problem[] }

const factsPath = 'criteria/facts.yaml'
const settingsPath = 'standards/settings.yaml'
const checkItemsPath = 'standards/check-items.yaml'
const permitKindsPath = 'standards/permit-kinds.yaml'
const beforeSigningPath = 'standards/before-signing.yaml'
const citationsPath = 'law/citations.yaml'
const lawDutiesPath = 'law/duties.yaml'
const divisionsPath = 'law/division-codes.yaml'
const noticeParts = ['notice.yaml', 'notice.txt', 'phases.yaml', 'obligations.yaml', 'annex.yaml', 'noDuty.yaml']
const packPath = /^criteria\/[^/]+\.yaml$/
const noticePath = /^notices\/([^/]+)\/([^/]+)$/

/** Windows checkouts turn line ends around; a quote across lines and a version must not depend on that. */
const plainLines = ({ path, text }: RulebookFile): RulebookFile => ({
  path: path.replaceAll('\\', '/'),
  text: text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'),
})

const isKnown = (path: string): boolean => {
  const single = [factsPath, settingsPath, checkItemsPath, permitKindsPath, citationsPath, lawDutiesPath, divisionsPath]
  if (single.includes(path) || path === beforeSigningPath || packPath.test(path)) return true
  const [, , part] = noticePath.exec(path) ?? []
  return part !== undefined && noticeParts.includes(part)
}

type Shelf = {
  readonly files: readonly RulebookFile[]
  readonly problems: Problem[]
}

const textFile = ({ files, problems }: Shelf, path: string): RulebookFile | undefined => {
  const file = files.find((one) => one.path === path)
  if (file === undefined)
    problems.push({ file: path, line: 1, message: '缺少这个文件', remedy: '补上文件，内容照其他版本的同名文件' })
  return file
}

const yamlFile = <S extends z.ZodType>(shelf: Shelf, path: string, schema: S): YamlFile<z.output<S>> | undefined => {
  const file = textFile(shelf, path)
  return file === undefined ? undefined : readYaml(file, schema, shelf.problems)
}

const noticeFiles = (shelf: Shelf, folder: string): NoticeFiles | undefined => {
  const base = `notices/${folder}`
  const notice = yamlFile(shelf, `${base}/notice.yaml`, noticeFileSchema)
  const text = textFile(shelf, `${base}/notice.txt`)
  const phases = yamlFile(shelf, `${base}/phases.yaml`, phasesFileSchema)
  const obligations = yamlFile(shelf, `${base}/obligations.yaml`, obligationsFileSchema)
  const annex = yamlFile(shelf, `${base}/annex.yaml`, annexFileSchema)
  const noDuty = yamlFile(shelf, `${base}/noDuty.yaml`, noDutyFileSchema)
  if (!notice || !text || !phases || !obligations || !annex || !noDuty) return undefined
  if (notice.value.id !== folder)
    reportOn(notice, shelf.problems)(['id'], `通知编号 ${notice.value.id} 与文件夹名 ${folder} 不同`, '改成一样')
  return { notice, text, phases, obligations, annex, noDuty }
}

const reportRepeated = (
  file: YamlFile<unknown>,
  list: string,
  field: string,
  values: readonly string[],
  problems: Problem[],
): void => {
  const report = reportOn(file, problems)
  for (const [index, value] of values.entries()) {
    if (values.indexOf(value) < index) report([list, index, field], `${value} 重复`, '改成不同的，或者删去多余的一条')
  }
}

/**
 * Reads the whole rulebook from its files (paths inside the rulebook folder). Pure: the caller reads the files.
 * Either everything holds, or every problem found is told with file, line and remedy; nothing half-read is given out.
 */
export const parseRulebook = (given: readonly RulebookFile[]): ParsedRulebook => {
  const problems: Problem[] = []
  const files = given.map(plainLines).toSorted((a, b) => (a.path < b.path ? -1 : 1))
  const shelf: Shelf = { files, problems }

  for (const { path } of files) {
    if (!isKnown(path))
      problems.push({ file: path, line: 1, message: '不认识的文件', remedy: '检查文件名和所在的文件夹，不需要就删去' })
  }

  const facts = yamlFile(shelf, factsPath, mineFactsFileSchema)
  const settings = yamlFile(shelf, settingsPath, settingsFileSchema)
  const checkItems = yamlFile(shelf, checkItemsPath, checkItemsFileSchema)
  const beforeSigning = yamlFile(shelf, beforeSigningPath, beforeSigningFileSchema)
  const permitKinds = yamlFile(shelf, permitKindsPath, permitKindsFileSchema)
  const citations = yamlFile(shelf, citationsPath, citationsFileSchema)
  const lawDuties = yamlFile(shelf, lawDutiesPath, lawDutiesFileSchema)
  const divisions = yamlFile(shelf, divisionsPath, divisionsFileSchema)
  const packFiles = files
    .filter(({ path }) => packPath.test(path) && path !== factsPath)
    .map((file) => readYaml(file, criteriaPackFileSchema, problems))
    .filter((file) => file !== undefined)
  const folders = [...new Set(files.flatMap(({ path }) => noticePath.exec(path)?.[1] ?? []))]
  const notices = folders.map((folder) => noticeFiles(shelf, folder)).filter((found) => found !== undefined)

  // References are checked only among files that could be read: one broken file must not make the others look wrong.
  if (!facts || !settings || !checkItems || !permitKinds || !citations || !divisions || problems.length > 0)
    return { ok: false, problems }

  if (!beforeSigning || !lawDuties) return { ok: false, problems }

  reportRepeated(
    beforeSigning,
    'acts',
    'act',
    beforeSigning.value.acts.map(({ act }) => act),
    problems,
  )
  reportRepeated(
    facts,
    'facts',
    'key',
    facts.value.facts.map(({ key }) => key),
    problems,
  )
  reportRepeated(
    settings,
    'settings',
    'key',
    settings.value.settings.map(({ key }) => key),
    problems,
  )
  reportRepeated(
    permitKinds,
    'kinds',
    'key',
    permitKinds.value.kinds.map(({ key }) => key),
    problems,
  )
  reportRepeated(
    citations,
    'citations',
    'id',
    citations.value.citations.map(({ id }) => id),
    problems,
  )
  reportRepeated(
    divisions,
    'divisions',
    'code',
    divisions.value.divisions.map(({ code }) => code),
    problems,
  )

  const reportItem = reportOn(checkItems, problems)
  const codes = checkItems.value.systems.flatMap(({ items }) => items.map(({ code }) => code))
  for (const [system, { items }] of checkItems.value.systems.entries())
    for (const [at, { code }] of items.entries())
      if (codes.indexOf(code) !== codes.lastIndexOf(code))
        reportItem(['systems', system, 'items', at, 'code'], `${code} 重复`, '改成不同的，或者删去多余的一条')

  const citationIds = new Set(citations.value.citations.map(({ id }) => id))
  const reportKind = reportOn(permitKinds, problems)
  for (const [index, { citations: cited }] of permitKinds.value.kinds.entries())
    for (const [at, id] of cited.entries())
      if (!citationIds.has(id))
        reportKind(
          ['kinds', index, 'citations', at],
          `没有编号为 ${id} 的条款`,
          '在 law/citations.yaml 里加上，或者改成已有的编号',
        )
  const reportSigning = reportOn(beforeSigning, problems)
  for (const [index, { citations: cited }] of beforeSigning.value.acts.entries())
    for (const [at, id] of cited.entries())
      if (!citationIds.has(id))
        reportSigning(
          ['acts', index, 'citations', at],
          `没有编号为 ${id} 的条款`,
          '在 law/citations.yaml 里加上，或者改成已有的编号',
        )
  const reportSetting = reportOn(settings, problems)
  for (const [index, setting] of settings.value.settings.entries()) {
    for (const [at, id] of setting.citations.entries()) {
      if (!citationIds.has(id))
        reportSetting(
          ['settings', index, 'citations', at],
          `没有编号为 ${id} 的条款`,
          '在 law/citations.yaml 里加上，或者改成已有的编号',
        )
    }
    if (setting.kind === 'choice' && !(setting.value in setting.options))
      reportSetting(['settings', index, 'value'], `“${setting.value}”不在 options 里`, '改成 options 里的一项')
  }

  const texts = new Map(notices.map(({ notice, text }) => [notice.value.id, text.text]))
  const reportCitation = reportOn(citations, problems)
  const packs = readCriteria(packFiles, facts.value.facts, problems)
  const known = { packs, settings: settings.value.settings, citationIds }
  const rulebook: Rulebook = {
    packs,
    facts: facts.value.facts,
    notices: notices.map((one) => readNotice(one, known, problems)),
    settings: settings.value.settings,
    checkItems: checkItems.value,
    beforeSigning: beforeSigning.value.acts,
    permitKinds: permitKinds.value.kinds,
    lawDuties: readLawDuties(lawDuties, known, problems),
    citations: citations.value.citations.map((one, index) =>
      readCitation(one, ['citations', index], texts, reportCitation),
    ),
    divisions: divisions.value.divisions,
    version: versionOf('rulebook', files.map(({ path, text }) => `${path}\n${text}`).join('\n')),
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, rulebook }
}
