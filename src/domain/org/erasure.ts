import { z } from 'zod'
import type { Account } from '#domain/org/account.ts'
import type { Person } from '#domain/org/person.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'

/** The cases of 个人信息保护法 47; chosen, never written: what a reason says stays for ever, and must not be a name. */
export const grounds = {
  noLongerNeeded: '处理目的已经实现、无法实现，或者不再需要',
  keptLongEnough: '停止提供服务，或者保存期限已经届满',
  consentWithdrawn: '本人撤回同意',
  unlawful: '处理违反法律、行政法规或者约定',
  byLaw: '法律、行政法规规定的其他情形',
} as const

export type Ground = keyof typeof grounds

const groundNames = Object.keys(grounds) as [Ground, ...Ground[]]

export const erasure = z.object({ ground: z.enum(groundNames, '选择删除的理由') })

/** What the event keeps: why, and whose sign-in went with it; nothing of the person. */
export const erased = z.object({
  ground: z.enum(groundNames),
  accounts: z.array(z.object({ tenantId: z.uuid(), id: z.uuid() })),
})

const clause = '个人信息保护法 47'

/** Nobody who still works here under the record can vanish from it: he leaves first, and his accounts are disabled. */
export const mayErase = (standing: Person, accounts: readonly Pick<Account, 'disabled'>[]): Outcome<undefined> => {
  const open = accounts.filter(({ disabled }) => !disabled).length
  if (standing.active)
    return refuse({
      code: 'still-in-post',
      message: '这个人还登记为在岗，姓名和手机还用得着，不能删除',
      clause,
      remedy: '先在“修改”里改为离岗；他负责的隐患另定责任人',
    })
  if (open > 0)
    return refuse({
      code: 'account-not-disabled',
      message: `这个人还有 ${open} 个没有停用的账号，不能删除`,
      clause,
      remedy: '请系统管理员先停用他的账号，再删除',
    })
  return ok(undefined)
}

export const erasedAlready: Outcome<never> = refuse({
  code: 'erased-already',
  message: '这个人的个人信息已经删除，不能再登记姓名、手机或改动岗位',
  clause,
  remedy: '重新到岗的，另行登记为新的人员',
})
