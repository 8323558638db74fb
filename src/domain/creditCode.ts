/**
 * 统一社会信用代码, GB 32100-2015:
 * 1 registry · 2 kind · 3–8 division · 9–17 organisation code with its own check digit · 18 check digit.
 * The division is where the unit was first registered: units of an abolished county keep the old one,
 * so it is not compared with today's divisions.
 */

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
const organisationAlphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2]
/** Registries the standard has assigned. F is free, so the demo district can use codes that no real unit can hold. */
const assignedAuthorities = '123456789ANY'

const alike: Readonly<Record<string, string>> = { O: '0', I: '1', Z: '2', S: '5' }

export type CreditCodeCheck =
  | { readonly ok: true }
  | {
      readonly ok: false
      readonly reason: string
      /** Place of the fault, counted from 1; 0 when the code as a whole is at fault. */
      readonly position: number
      readonly remedy: string
    }

const weightedSum = (code: string, values: string, factors: readonly number[]): number =>
  factors.reduce((sum, factor, index) => sum + factor * values.indexOf(code.charAt(index)), 0)

/** Check digit over the first 17 characters. */
export const creditCodeCheckDigit = (first17: string): string =>
  alphabet.charAt((31 - (weightedSum(first17, alphabet, weights) % 31)) % 31)

/** Check digit of the organisation code (GB 11714) over its first 8 characters. */
export const organisationCheckDigit = (first8: string): string => {
  const check = (11 - (weightedSum(first8, organisationAlphabet, organisationWeights) % 11)) % 11
  return check === 10 ? 'X' : String(check)
}

const fault = (position: number, reason: string, remedy: string): CreditCodeCheck => ({
  ok: false,
  reason,
  position,
  remedy,
})

const wrongLength = (length: number): CreditCodeCheck =>
  fault(0, `统一社会信用代码应有18位，现在${length}位`, '请对照营业执照重新录入')

const wrongCharacter = (character: string, index: number): CreditCodeCheck => {
  const upper = character.toUpperCase()
  const place = index + 1
  if (upper !== character && alphabet.includes(upper)) {
    return fault(place, `第${place}位“${character}”是小写字母`, `代码用大写字母，请改成“${upper}”`)
  }
  const meant = alike[upper]
  const unused = '统一社会信用代码不用字母 I、O、S、V、Z'
  if (meant === undefined)
    return fault(place, `第${place}位“${character}”不是代码可用的字符`, `${unused}和符号，请对照营业执照改正`)
  return fault(
    place,
    `第${place}位“${character}”不是代码可用的字符`,
    `${unused}，这里多半是数字“${meant}”，请对照营业执照改正`,
  )
}

/**
 * Checks form, assigned registry and both check digits, in this order, and names the first fault.
 * `allowUnassignedAuthority` is true in the demo district only.
 */
export const checkCreditCode = (
  code: string,
  rules: { readonly allowUnassignedAuthority: boolean },
): CreditCodeCheck => {
  const characters = [...code]
  if (characters.length !== 18) return wrongLength(characters.length)
  for (const [index, character] of characters.entries()) {
    if (!alphabet.includes(character)) return wrongCharacter(character, index)
  }
  if (!rules.allowUnassignedAuthority && !assignedAuthorities.includes(code.charAt(0))) {
    return fault(
      1,
      '第1位不是已分配的登记管理部门代码',
      '已分配的是 1–9、A、N、Y，请对照营业执照改正；演示数据的代码不能录入正式库',
    )
  }
  const division = code.slice(2, 8)
  const letter = division.search(/\D/)
  if (letter >= 0) {
    return fault(letter + 3, `第${letter + 3}位应是数字（第3–8位是登记时的行政区划代码）`, '请对照营业执照改正')
  }
  const remedy = '多半有一位录错或两位录反，请对照营业执照逐位核对'
  if (organisationCheckDigit(code.slice(8, 16)) !== code.charAt(16)) {
    return fault(17, '第17位（组织机构代码校验位）与第9–16位不符', remedy)
  }
  if (creditCodeCheckDigit(code.slice(0, 17)) !== code.charAt(17)) {
    return fault(18, '第18位（校验位）与前17位不符', remedy)
  }
  return { ok: true }
}
