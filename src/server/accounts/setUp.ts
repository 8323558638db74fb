import { v7 as uuidv7 } from 'uuid'
import type { Actor } from '#domain/access/actor.ts'
import { isDivisionCode } from '#domain/divisionCode.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'
import { setCredentialsOf } from '#server/accounts/credentials.ts'
import { acceptablePassword } from '#server/accounts/password.ts'
import type { Platform } from '#server/platform/platform.ts'

export type Setup = {
  readonly bureauName: string
  readonly div: string
  readonly login: string
  readonly password: string
}

/** The machine's own hand at first start: reaches one division, holds no account, signs in nowhere. */
export const setupActor = (div: string): Actor => ({
  accountId: '00000000-0000-7000-8000-000000000000',
  homeTenantId: '00000000-0000-7000-8000-000000000000',
  role: 'setup',
  scope: { kind: 'division', code: div },
})

/** First run: the bureau and its first administrator. There is no built-in password. */
export const setUp = async (platform: Platform, given: Setup): Promise<Outcome<undefined>> => {
  if (!isDivisionCode(given.div))
    return refuse({
      code: 'division-code',
      message: `行政区划代码 ${given.div} 不对`,
      remedy: '填 6 位区县代码，例如 140404',
    })
  const acceptable = acceptablePassword(given.password, given.login)
  if (!acceptable.ok) return acceptable
  const actor = setupActor(given.div)
  const bureau = uuidv7()
  const organisation = await platform.execute(actor, {
    id: uuidv7(),
    tenantId: bureau,
    streamId: bureau,
    act: 'organisation.put',
    body: { kind: 'districtBureau', name: given.bureauName, div: given.div },
  })
  if (!organisation.ok) return organisation
  const accountId = uuidv7()
  const scope = { kind: 'division', code: given.div }
  const account = await platform.execute(actor, {
    id: uuidv7(),
    tenantId: bureau,
    streamId: accountId,
    act: 'account.put',
    body: {
      disabled: false,
      grants: [
        { role: 'systemAdmin', scope },
        { role: 'sectionChief', scope },
      ],
    },
  })
  if (!account.ok) return account
  const credentials = await setCredentialsOf(platform, actor, {
    tenantId: bureau,
    accountId,
    login: given.login,
    password: given.password,
  })
  return credentials.ok ? ok(undefined) : credentials
}
