import { isCalendarDate } from '#domain/calendarDate.ts'

/** 公民身份号码, GB 11643-1999: 6 digits of division, 8 of birth, 3 of order, one check character (ISO 7064 MOD 11-2). */
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checks = '10X98765432'

export const idNumberCheck = (first17: string): string =>
  checks.charAt([...first17].reduce((sum, digit, index) => sum + Number(digit) * (weights[index] ?? 0), 0) % 11)

export type IdNumberFault = { readonly reason: string; readonly remedy: string }

/** Undefined where the number is sound. `today` (YYYY-MM-DD) bounds the day of birth. */
export const idNumberFault = (number: string, today: string): IdNumberFault | undefined => {
  const remedy = '请对照身份证逐位核对'
  if (/^\d(?:\.\d+)?[eE]\+?\d+$/.test(number) || /^\d{15,18}000$/.test(number))
    return { reason: '身份证号被表格当成了数字，后几位已经丢失', remedy: '把这一列设成“文本”格式后重新录入' }
  if (/^\d{15}$/.test(number)) return { reason: '是15位的旧号码', remedy: '请改用18位的新号码' }
  if (number.length !== 18) return { reason: `身份证号应有18位，现在${number.length}位`, remedy }
  if (!/^\d{17}[\dX]$/.test(number))
    return /^\d{17}x$/.test(number)
      ? { reason: '最后一位是小写 x', remedy: '请改成大写 X' }
      : { reason: '身份证号前17位应是数字，最后一位是数字或 X', remedy }
  const birth = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
  if (!isCalendarDate(birth) || birth < '1900-01-01')
    return { reason: `第7–14位“${number.slice(6, 14)}”不是出生日期`, remedy }
  if (birth > today) return { reason: `出生日期 ${birth} 还没有到`, remedy }
  if (idNumberCheck(number.slice(0, 17)) !== number.charAt(17))
    return { reason: '最后一位（校验码）与前17位不符', remedy: '多半有一位录错或两位录反，请对照身份证逐位核对' }
  return undefined
}
