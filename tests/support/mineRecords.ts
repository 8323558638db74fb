import { v7 as uuidv7 } from 'uuid'
import { putMineUnit } from '#contract/mineUnit.ts'
import { putPerson } from '#contract/org.ts'
import { putPermit } from '#contract/permit.ts'
import { correctPresence, recordPresence, withdrawPresence } from '#contract/presence.ts'
import { presenceDayId } from '#server/presence/dayId.ts'
import { granted, type TestServer } from '#tests/support/district.ts'

/** One of everything that a mine keeps of itself: a crew, a permit, and days of a key person, put right and made void. */
export const fillMine = async ({ ids, as }: TestServer): Promise<void> => {
  const [officer, mineId, owner] = [as('safetyOfficer'), ids.mine, uuidv7()]
  const command = () => ({ commandId: uuidv7() })
  const unit = { kind: 'crew' as const, name: '采剥一班', headCount: 9, active: true }
  granted(await officer.call(putMineUnit, { params: { mineId, id: uuidv7() }, body: { ...command(), value: unit } }))
  const permit = { kind: 'safetyPermit', number: '1', issuer: '某厅', validUntil: '2023-12-08' }
  granted(await officer.call(putPermit, { params: { mineId, id: uuidv7() }, body: { ...command(), value: permit } }))
  const person = { post: '投资人', active: true, offices: ['actualController' as const] }
  granted(
    await officer.call(putPerson, { params: { tenantId: mineId, id: owner }, body: { ...command(), value: person } }),
  )
  for (const on of ['2023-06-29', '2023-06-30']) {
    const day = { personId: owner, on, matters: '主持安全例会' }
    granted(await officer.call(recordPresence, { params: { mineId }, body: { ...command(), ...day } }))
  }
  const params = { mineId, id: presenceDayId(mineId, owner, '2023-06-30') }
  const mended = { matters: '主持安全例会，查了北帮', reason: '漏写' }
  granted(await officer.call(correctPresence, { params, body: { ...command(), ...mended } }))
  granted(await officer.call(withdrawPresence, { params, body: { ...command(), reason: '记错了日子' } }))
}
