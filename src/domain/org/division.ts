import { isDivisionCode } from '#domain/divisionCode.ts'
import { line } from '#domain/text.ts'

/** 行政区划代码 of the smallest division something lies in; a mistyped one would put its records out of everybody's reach. */
export const division = line({ label: '行政区划代码', max: 12 }).refine(isDivisionCode, {
  message: '“行政区划代码”不对：市 4 位、区县 6 位、乡镇 9 位、村 12 位数字',
  abort: true,
})
