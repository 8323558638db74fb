import { v7 as uuidv7 } from 'uuid'
import { setupActor } from '#server/accounts/setUp.ts'
import type { Platform } from '#server/platform/platform.ts'

/** A person with a name and a phone, and an account that nobody signs in to, put down by the machine's own hand. */
export const setUpPerson = async (
  platform: Pick<Platform, 'execute'>,
  tenantId: string,
  { post, name, phone }: { readonly post: string; readonly name: string; readonly phone: string },
): Promise<{ readonly personId: string; readonly accountId: string }> => {
  const [personId, accountId] = [uuidv7(), uuidv7()]
  const commands = [
    { act: 'person.put', streamId: personId, body: { post, active: true }, private: { name, phone } },
    {
      act: 'account.put',
      streamId: accountId,
      body: { personId, disabled: false, grants: [{ role: 'worker', scope: { kind: 'tenants', ids: [tenantId] } }] },
    },
  ]
  for (const command of commands) {
    const done = await platform.execute(setupActor('1404'), { id: uuidv7(), tenantId, ...command })
    if (!done.ok) throw new Error(JSON.stringify(done.refusal))
  }
  return { personId, accountId }
}
