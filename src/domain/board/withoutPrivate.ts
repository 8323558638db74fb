import { maskName } from '#domain/access/mask.ts'

/** In place of a number by which somebody could be called or known. */
export const numberLeftOut = '〔号码略〕'

/** 身份证号, 手机, 座机; a bare run of digits only where the text says that it is a telephone. Levels and stakes stay. */
const numbers: readonly RegExp[] = [
  /(?<!\d)\d{17}[\dXx](?!\d)/g,
  /(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)/g,
  /(?<!\d)0\d{2,3}[- ]?\d{7,8}(?!\d)/g,
  /(?<=(?:电话|手机|微信|联系方式|QQ)[^\d\n]{0,4})\d{6,12}/gi,
]

const withoutNumbers = (text: string): string =>
  numbers.reduce((rest, pattern) => rest.replace(pattern, numberLeftOut), text)

/** A single character is no name that could be told from any other word. */
const withoutNames = (text: string, names: readonly string[]): string =>
  [...names]
    .filter((name) => [...name].length > 1)
    // A longer name first: 王小明 before 王小.
    .sort((a, b) => b.length - a.length)
    .reduce((rest, name) => rest.replaceAll(name, maskName(name)), text)

/** What somebody wrote, for everybody's eyes: no number to call or to know a person by, no name the mine has registered. */
export const withoutPrivate = (text: string, names: readonly string[]): string =>
  withoutNames(withoutNumbers(text), names)
