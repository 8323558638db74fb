import type { z } from 'zod'
import type { LawDuty, lawDutiesFileSchema } from './obligation.ts'
import type { Problem } from './problem.ts'
import { checkCitations, checkDuty, type KnownReferences } from './readDuty.ts'
import { reportOn } from './report.ts'
import type { YamlFile } from './yamlFile.ts'

export const readLawDuties = (
  file: YamlFile<z.output<typeof lawDutiesFileSchema>>,
  known: KnownReferences,
  problems: Problem[],
): readonly LawDuty[] => {
  const report = reportOn(file, problems)
  const { duties } = file.value
  const ids = duties.map(({ id }) => id)
  for (const [index, duty] of duties.entries()) {
    const place = ['duties', index]
    if (ids.indexOf(duty.id) < index) report([...place, 'id'], `编号 ${duty.id} 重复`, '改成不同的编号')
    if (duty.validTo !== null && duty.validFrom !== null && duty.validTo < duty.validFrom)
      report([...place, 'validTo'], `义务 ${duty.id} 的失效日期早于生效日期`, '改正其中一个日期')
    checkDuty(duty, place, known, report)
    checkCitations(duty.citations, [...place, 'citations'], known, report)
  }
  return duties
}
