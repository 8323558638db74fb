import { z } from 'zod'

export type TextRules = {
  /** Longest allowed, in characters as a person counts them (code points). */
  readonly max: number
  /** Shortest allowed after trimming; 1 unless given. 0 lets the field be empty. */
  readonly min?: number
  /** Name of the field as it stands on the form, used in the message. */
  readonly label?: string
}

// A unicode-aware regex sees a proper pair as one character, so what is left are lone halves.
// String.prototype.isWellFormed would say the same, but Chromium 109 does not have it.
const loneSurrogate = /\p{Surrogate}/u
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const controlExceptTabAndNewline = /[\u0001-\u0008\u000b-\u001f\u007f-\u009f]/

const countCharacters = (value: string): number => {
  let count = 0
  for (const _ of value) count += 1
  return count
}

/** Position as a person counts: the first character is 第1个字. */
const placeOf = (value: string, index: number): number => countCharacters(value.slice(0, index)) + 1

const hex = (value: string, index: number): string =>
  `U+${value.charCodeAt(index).toString(16).toUpperCase().padStart(4, '0')}`

type Complaint = (value: string) => string | undefined

// jsonb cannot store U+0000 and canonical JSON (RFC 8785) has no form for a lone surrogate: such a
// text could be accepted but neither kept nor proven, so it is refused at the door.
const refusedCharacter: Complaint = (value) => {
  const nul = value.indexOf('\u0000')
  if (nul >= 0)
    return `第${placeOf(value, nul)}个字是不能保存的空字符（U+0000），请删去后重新输入，不要从其他软件直接粘贴`
  const lone = value.search(loneSurrogate)
  if (lone >= 0)
    return `第${placeOf(value, lone)}个字不完整（${hex(value, lone)}，多为表情或生僻字被截断），请删去后重新输入`
  const control = value.search(controlExceptTabAndNewline)
  if (control >= 0)
    return `第${placeOf(value, control)}个字是看不见的控制字符（${hex(value, control)}），请删去后重新输入`
  return undefined
}

const length = ({ max, min = 1 }: TextRules): Complaint => {
  return (value) => {
    const count = countCharacters(value)
    if (count > max) return `最多${max}个字，现在${count}个字，请删去${count - max}个字`
    if (count >= min) return undefined
    if (count === 0) return '不能为空，请填写'
    return `至少${min}个字，现在${count}个字，请再写${min - count}个字`
  }
}

const oneLine: Complaint = (value) => {
  const at = value.indexOf('\n')
  return at < 0 ? undefined : `只能写一行，第${placeOf(value, at)}个字处换了行，请并成一行`
}

const schema = ({ label, max, min = 1 }: TextRules, complaints: readonly Complaint[]) => {
  const name = label === undefined ? '' : `“${label}”`
  return (
    z
      .string({ error: (issue) => `${name}${issue.input === undefined ? '没有填写，请填写' : '应是文字'}` })
      // Windows and Excel paste CRLF; one form of line break keeps digests of equal texts equal.
      .overwrite((value) => value.replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n').trim())
      .superRefine((value, context) => {
        for (const complaint of complaints) {
          const message = complaint(value)
          if (message === undefined) continue
          context.addIssue({ code: 'custom', message: `${name}${message}` })
          return
        }
      })
      .meta({ minLength: min, maxLength: max })
  )
}

/** Text of one or more lines. Output is trimmed, with \n as the only line break. */
export const text = (rules: TextRules) => schema(rules, [refusedCharacter, length(rules)])

/** Text of a single line: names, numbers, titles. */
export const line = (rules: TextRules) => schema(rules, [refusedCharacter, oneLine, length(rules)])
