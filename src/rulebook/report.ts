import type { Problem } from './problem.ts'
import type { Place, YamlFile } from './yamlFile.ts'

/** Writes down a problem at a place of one file. */
export type Report = (place: Place, message: string, remedy: string) => void

export const reportOn =
  (file: YamlFile<unknown>, problems: Problem[]): Report =>
  (place, message, remedy) =>
    void problems.push({ file: file.path, line: file.lineOf(place), message, remedy })
