import { checkCreditCode } from '#domain/creditCode.ts'
import { isOutside, type MineUnit, mineUnitKinds } from '#domain/org/mineUnit.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'

type Around = {
  readonly id: string
  readonly demo: boolean
  readonly unitOf: (id: string) => MineUnit | undefined
  readonly isOwnPerson: (id: string) => boolean
}

const at = (field: string, message: string, remedy: string): Outcome<never> =>
  refuse({ code: 'invalid-input', message, remedy, details: { fields: [{ field, message }] } })

/** A crew belongs to a workshop of its own or to a contractor; nothing belongs to itself. */
export const checkMineUnit = (
  { kind, partOfId, leaderId, creditCode, agreementOn, agreementUntil }: MineUnit,
  { id, demo, unitOf, isOwnPerson }: Around,
): Outcome<undefined> => {
  if (partOfId !== undefined) {
    const above = partOfId === id ? undefined : unitOf(partOfId)
    if (!above) return at('partOfId', '所属的单位没有登记在这座矿', '从列表里选择，或者先登记它')
    if (above.kind === 'post' || isOutside(kind) || kind === 'workshop')
      return at(
        'partOfId',
        `${mineUnitKinds[kind]}不能归在${mineUnitKinds[above.kind]}下面`,
        '班组归车间或承包单位，岗位归车间、班组或承包单位；其他的不填“所属”',
      )
    if (kind === 'crew' && above.kind === 'crew')
      return at('partOfId', '班组不能归在班组下面', '选车间或承包单位，或者不填')
  }
  if (leaderId !== undefined && !isOwnPerson(leaderId))
    return at('leaderId', '负责人没有登记在这座矿的人员里', '先在“人员”里登记，再选')
  if (!isOutside(kind) && (creditCode ?? agreementOn ?? agreementUntil) !== undefined)
    return at('creditCode', '信用代码和安全协议只用于承包单位、出租单位', '清空这几项，或者改种类')
  if (agreementUntil !== undefined && agreementOn === undefined)
    return at('agreementOn', '写了协议有效期，没有写签订日期', '补上签订日期')
  if (agreementOn !== undefined && agreementUntil !== undefined && agreementUntil < agreementOn)
    return at('agreementUntil', '安全协议的有效期早于签订日期', '核对两个日期')
  if (creditCode === undefined) return ok(undefined)
  const code = checkCreditCode(creditCode, { allowUnassignedAuthority: demo })
  return code.ok ? ok(undefined) : at('creditCode', code.reason, code.remedy)
}
