import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoId } from '#demo/demoId.ts'
import { openDemoSite } from '#tests/browser/support/demoSite.ts'
import { signInAtDesk } from '#tests/browser/support/desk.ts'
import { signInOnPhone } from '#tests/browser/support/field.ts'
import { overflow } from '#tests/browser/support/looking.ts'

/** A district in which nobody puts anything into the log: the acts of months wait. */
let site: Awaited<ReturnType<typeof openDemoSite>>
let owner: pg.Pool

beforeAll(async () => {
  site = await openDemoSite()
  owner = new pg.Pool({ connectionString: site.adminUrl, max: 2 })
}, 180_000)
afterAll(async () => {
  await owner?.end()
  await site?.close()
})

test('the page 存证核验 alarms when acts wait unsigned, and says since when and why as far as it is known', async () => {
  const officer = await signInAtDesk(site, 'guzhang')
  await officer.goto('/ledger')
  const alarm = officer.getByRole('alert', { name: '存证告警' })
  await alarm.getByText('有事办完一分钟以上，还没有签进存证').waitFor()
  const { rows } = await owner.query<{ day: string }>(
    `select to_char(min(at) at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') as day from ledger.outbox`,
  )
  const text = await alarm.innerText()
  for (const part of [`最早的一件从 ${rows[0]?.day} 等起`, '不用重办', '怎么办：请系统管理员看后台程序'])
    expect(text).toContain(part)

  // The other program's own trouble takes the place of the guess; what the system said is for whoever runs it.
  const trouble = {
    code: 'folder',
    message: '第二存放处写不进去',
    remedy: '检查磁盘是否已满、U 盘或共享是否在线；恢复后自动继续',
    detail: "ENOSPC: no space left on device, write '/media/stick/public/tile/0/000'",
  }
  await owner.query(
    `insert into ledger.verification (id, at, source, log, size, sound, findings)
     values (gen_random_uuid(), now(), 'sequencer', 1, 0, false, $1)`,
    [JSON.stringify([trouble])],
  )
  await alarm.getByText(/停止签发（\d{4}-\d{2}-\d{2} \d{2}:\d{2} 起）/).waitFor()
  expect(await alarm.innerText()).not.toContain('/media/stick')
  expect(await alarm.innerText()).not.toContain('请系统管理员看后台程序')
  await officer.setViewportSize({ width: 360, height: 800 })
  expect(await overflow(officer)).toEqual([])
  const administrator = await signInAtDesk(site, 'guanliyuan')
  await administrator.goto('/ledger')
  await administrator.getByRole('alert', { name: '存证告警' }).getByText('/media/stick').waitFor()
  await officer.context().close()
  await administrator.context().close()
})

test('the second folder is said to restore only what was compared', async () => {
  const administrator = await signInAtDesk(site, 'guanliyuan')
  await administrator.goto('/ledger')
  const folder = administrator.getByRole('region', { name: '第二存放处' })
  await folder.getByText('这里还没有快照').waitFor()
  expect(await folder.innerText()).not.toContain('可以从这里恢复')
  mkdirSync(join(site.platform.ledger.secondFolder, 'public'), { recursive: true })
  writeFileSync(join(site.platform.ledger.secondFolder, 'public', 'checkpoint'), 'half a chec')
  await folder.getByText('读不出来，恢复不了').waitFor()
  await administrator.context().close()
})

test('the proof of a record says what is the matter and what to do, at the desk and on the phone', async () => {
  const words = /等了一分钟以上还没有签进存证。记录已经收到、保存好了，不用重报.*请告诉系统管理员/
  const mine = await signInAtDesk(site, 'f04-anquanyuan')
  await mine.goto(`/hazards/${demoId('F04')}/${demoId('H05')}`)
  const proof = mine.locator('[data-event="report"] .proof')
  await proof.getByText(words).waitFor()
  expect(await proof.innerText()).not.toContain('一秒左右')
  const phone = await signInOnPhone(site, 'f04-anquanyuan')
  await phone.goto(`/m/hazard/${demoId('F04')}/${demoId('H05')}`)
  await phone.getByText(/^经过/).tap()
  await phone.getByText(words).first().waitFor()
  expect(await overflow(phone)).toEqual([])
  await mine.context().close()
  await phone.context().close()
})
