import pg from 'pg'

export type DatabasePool = pg.Pool

const int8 = 20
const int8Array = 1016
const date = 1082
const dateArray = 1182

const asText = (value: string): string => value

/** A count or a size fits a number; what does not stays text rather than lose digits. */
const asSafeNumber = (value: string): number | string => {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

const arrayOf = <T>(element: (value: string) => T) => {
  const parseTextArray = pg.types.getTypeParser(dateOfTextArray)
  return (value: string) => {
    const parsed: unknown = parseTextArray(value)
    if (!Array.isArray(parsed)) return parsed
    return parsed.map((item: unknown) => (typeof item === 'string' ? element(item) : item))
  }
}
/** text[]: the driver's parser for it splits elements and leaves each as text. */
const dateOfTextArray = 1009
