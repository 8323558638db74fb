import { isNode, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { complaintOf } from './complaint.ts'
import type { Problem } from './problem.ts'

export type RulebookFile = {
  /** Path inside the rulebook folder, with forward slashes. */
  readonly path: string
  readonly text: string
}

/** Where a value stands inside a file: keys and list positions, from the top. */
export type Place = readonly PropertyKey[]

export type YamlFile<T> = RulebookFile & {
  readonly value: T
  /** Line (from 1) of the value at `place`, or of the nearest entry that holds it. */
  readonly lineOf: (place: Place) => number
}

/** Reads a YAML file against a schema. Every complaint carries the line it is about. */
export const readYaml = <S extends z.ZodType>(
  file: RulebookFile,
  schema: S,
  problems: Problem[],
): YamlFile<z.output<S>> | undefined => {
  const lines = new LineCounter()
  const document = parseDocument(file.text, { lineCounter: lines })

  for (const error of document.errors) {
    const line = error.linePos?.[0].line ?? 1
    const [first = error.code] = error.message.split('\n')
    problems.push({ file: file.path, line, message: `YAML 写法有误：${first}`, remedy: '检查缩进、冒号和引号' })
  }
  if (document.errors.length > 0) return undefined

  const lineOf = (place: Place): number => {
    for (let depth = place.length; depth > 0; depth -= 1) {
      const node = document.getIn(place.slice(0, depth), true)
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
    }
    return 1
  }

  const read = schema.safeParse(document.toJS(), { reportInput: true })
  if (read.success) return { ...file, value: read.data, lineOf }
  for (const issue of read.error.issues) {
    const place = issue.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys.slice(0, 1)] : issue.path
    problems.push({ file: file.path, line: lineOf(place), ...complaintOf(issue) })
  }
  return undefined
}
