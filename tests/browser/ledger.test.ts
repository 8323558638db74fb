import { readFile } from 'node:fs/promises'
import pg from 'pg'
import type { Download, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { demoId } from '#demo/demoId.ts'
import { perform } from '#tests/browser/support/acting.ts'
import { openDemoSite } from '#tests/browser/support/demoSite.ts'
import { signInAtDesk } from '#tests/browser/support/desk.ts'
import { signInOnPhone } from '#tests/browser/support/field.ts'
import { complaintsOf, overflow } from '#tests/browser/support/looking.ts'
import { type BegunAnew, beginAnew, forgetLastLog, forkLog } from '#tests/support/forkedLog.ts'
import { signedFor } from '#tests/support/signedFor.ts'
import { type Proven, verifyBundle } from '#translog/bundle.ts'
import { openCheckpoint } from '#translog/checkpoint.ts'
import { ed25519Signer } from '#translog/ed25519.ts'
import { fingerprintOf, policyOf, readTrust, type Trust } from '#translog/trust.ts'

let site: Awaited<ReturnType<typeof openDemoSite>>
let owner: pg.Pool

beforeAll(async () => {
  site = await openDemoSite({ sequence: true })
  owner = new pg.Pool({ connectionString: site.adminUrl, max: 2 })
  await signedFor({ owner })
}, 180_000)
afterAll(async () => {
  await owner?.end()
  await site?.close()
})

const h05 = `/hazards/${demoId('F04')}/${demoId('H05')}`

const trust = (): Trust => ({ log: site.platform.ledger.identity.signer.vkey, witnesses: [], quorum: 0 })

const contentOf = async (download: Download): Promise<string> => readFile(await download.path(), 'utf8')

const proven = (bundle: string): Proven => {
  const policy = policyOf(trust())
  if (!policy.ok) throw new Error(policy.fault.problem)
  const verdict = verifyBundle(bundle, policy.policy)
  if (!verdict.ok) throw new Error(JSON.stringify(verdict.fault))
  return verdict.proven
}

/** The pin of this browser, as it lies in the browser. */
const pinOf = (page: Page): Promise<string | undefined> =>
  page.evaluate(
    () =>
      new Promise<string | undefined>((resolve) => {
        const opening = indexedDB.open('bihuan-pin', 1)
        opening.onupgradeneeded = () => opening.result.createObjectStore('pin', { keyPath: 'origin' })
        opening.onerror = () => resolve(undefined)
        opening.onsuccess = () => {
          const all = opening.result.transaction('pin').objectStore('pin').getAll()
          all.onsuccess = () => {
            opening.result.close()
            resolve(all.result[0]?.note)
          }
        }
      }),
  )

const sizeOf = (note: string): number => {
  const size = openCheckpoint(note, site.platform.ledger.identity.verifier)?.checkpoint.size
  if (size === undefined) throw new Error(`not signed by the log: ${note}`)
  return size
}

const pinned = async (page: Page): Promise<string> => {
  for (let tries = 0; tries < 100; tries += 1) {
    const note = await pinOf(page)
    if (note) return note
    await page.waitForTimeout(100)
  }
  throw new Error('nothing was pinned in ten seconds')
}

describe('the page 存证核验', () => {
  test('tells an officer how the log stands, who vouches for it, and what it cannot prove', async () => {
    const officer = await signInAtDesk(site, 'guzhang')
    const complaints = complaintsOf(officer)
    await officer.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '存证核验' }).click()
    await officer.getByRole('heading', { level: 1, name: '存证核验' }).waitFor()
    const size = await signedFor({ owner })
    const figures = officer.getByRole('region', { name: '现状' })
    await figures.getByText(`${size} 条`).first().waitFor()
    expect(await figures.innerText()).toContain('等着入存证\n0 条')
    await officer.getByText(fingerprintOf(trust().log)).waitFor()
    await officer.getByRole('table', { name: '存证快照' }).waitFor()
    const text = await officer.getByRole('main').innerText()
    for (const part of ['还没有联署方', '它证明什么', '它证明不了什么', '不证明写进来的是真话', '与数据在同一块盘上'])
      expect(text).toContain(part)
    expect(text).not.toContain(site.platform.ledger.secondFolder)
    expect(await officer.getByRole('alert').count()).toBe(0)
    await officer.setViewportSize({ width: 360, height: 800 })
    expect(await overflow(officer)).toEqual([])
    expect(complaints).toEqual([])
    await officer.context().close()
  })

  test('a check that found something stands across the page, in red, with what to do', async () => {
    const finding = { code: 'eventChanged', message: 'F04-2023-003 第 2 条记录被改动', remedy: '从第二存放处恢复' }
    const check = (sound: boolean) =>
      owner.query(
        `insert into ledger.verification (id, at, source, log, size, sound, findings)
         values (gen_random_uuid(), now(), 'fsck', 1, 9, $1, $2)`,
        [sound, JSON.stringify(sound ? [] : [finding])],
      )
    await check(false)
    const officer = await signInAtDesk(site, 'guzhang')
    await officer.goto('/ledger')
    const alarm = officer.getByRole('alert', { name: '存证告警' })
    await alarm.getByText('全面核查查出 1 处不符').waitFor()
    expect(await alarm.innerText()).not.toContain('F04-2023-003')
    const administrator = await signInAtDesk(site, 'guanliyuan')
    await administrator.goto('/ledger')
    await administrator.getByRole('alert', { name: '存证告警' }).getByText(finding.message).waitFor()
    await administrator.getByText(site.platform.ledger.secondFolder).waitFor()
    await check(true)
    await alarm.waitFor({ state: 'detached' })
    await officer.context().close()
    await administrator.context().close()
  })

  test('hands out the verifier to keep, with the keys in it, to whoever asks', async () => {
    const response = await fetch(`${site.url}/verify`)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'sha256-[^']+'; /)
    const json = /<script type="application\/json" id="trust">([^<]*)</.exec(await response.text())?.[1] ?? ''
    expect(readTrust(json)).toEqual(trust())
    const context = await site.browser.newContext({ baseURL: site.url })
    const stranger = await context.newPage()
    const complaints = complaintsOf(stranger)
    await stranger.goto('/verify')
    await stranger.getByRole('heading', { level: 1, name: '这条记录，有没有被改过' }).waitFor()
    await stranger.getByText(fingerprintOf(trust().log)).first().waitFor()
    expect(complaints).toEqual([])
    await context.close()
  })
})

describe('the proof of a record', { timeout: 60_000 }, () => {
  let officer: Page
  beforeAll(async () => {
    officer = await signInAtDesk(site, 'f04-anquanyuan')
  }, 60_000)
  afterAll(() => officer?.context().close())

  const download = async (page: Page, click: () => Promise<void>): Promise<Download> => {
    const coming = page.waitForEvent('download')
    await click()
    return coming
  }

  test('stands by what the mine reported itself, and within seconds by what is reported now', async () => {
    await officer.goto(h05)
    const report = officer.locator('[data-event="report"]')
    await report.getByText('企业自查发现，这是何时报告的凭据').waitFor()
    await report.getByText(/已入存证第 \d+ 条/).waitFor()
    await perform(officer, 'departmentReport', { department: '区应急管理局', how: '电话' })
    const entry = officer.locator('[data-event="departmentReport"]').first()
    await entry.getByText('双报告之一，这是何时报告部门的凭据').waitFor()
    await entry.locator('[data-in-log="yes"]').waitFor({ timeout: 5_000 })
    expect(await entry.innerText()).toMatch(/已收，已签回执[\s\S]*已入存证第 \d+ 条[\s\S]*条的快照/)
  })

  test('downloads as a file that verifies by the public key alone', async () => {
    await officer.goto(h05)
    const row = officer.locator('[data-event="departmentReport"]').first()
    const file = await download(officer, () => row.getByRole('link', { name: /^下载/ }).click())
    expect(file.suggestedFilename()).toMatch(/^存证-报告部门双报告之一-\d{4}-\d{2}-\d{2}-[0-9a-f]{8}\.tlog-proof$/)
    const shown = proven(await contentOf(file))
    const values = Object.fromEntries(shown.disclosed.map(({ name, value }) => [name, value]))
    expect(values).toMatchObject({ kind: 'hazard.departmentReport', subject: demoId('H05'), role: 'safetyOfficer' })
  })

  test('prints as a slip with the codes that hold it, in full or in outline, and without the frame', async () => {
    await officer.goto(h05)
    await officer
      .locator('[data-event="departmentReport"]')
      .first()
      .getByRole('link', { name: /^打印存证单：/ })
      .click()
    await officer.getByRole('heading', { level: 1, name: '存证单' }).waitFor()
    const slip = officer.locator('.slip')
    await slip.getByText('F04-2023-').waitFor()
    const text = await slip.innerText()
    for (const part of [
      '报告部门（双报告之一）',
      `${site.url}/verify`,
      fingerprintOf(trust().log),
      '不证明写进去的内容属实',
    ])
      expect(text).toContain(part)
    const codes = await slip.locator('figure').count()
    expect(codes).toBeGreaterThanOrEqual(3)
    await officer.getByText('出示全部内容').click()
    await officer.waitForURL(/show=all/)
    await slip.waitFor()
    await expect.poll(async () => slip.locator('figure').count()).toBeGreaterThanOrEqual(codes)
    await officer.emulateMedia({ media: 'print' })
    expect(await officer.getByRole('navigation', { name: '主菜单' }).isVisible()).toBe(false)
    expect(await officer.getByRole('button', { name: '打印' }).isVisible()).toBe(false)
    expect(await slip.isVisible()).toBe(true)
    await officer.emulateMedia({ media: null })
    await officer.setViewportSize({ width: 360, height: 800 })
    expect(await overflow(officer)).toEqual([])
    await officer.setViewportSize({ width: 1440, height: 900 })
  })

  test('is there on the phone too, on the receipt of what was just reported', async () => {
    const worker = await signInOnPhone(site, 'F03/穿孔工')
    await worker.locator('[data-act="withoutPhoto"]').tap()
    await worker.getByText('补充（可以不填）').tap()
    await worker.getByLabel('描述').fill('车挡缺了一段')
    await worker.getByRole('button', { name: '报告', exact: true }).tap()
    await worker.getByRole('heading', { name: '已收到' }).waitFor()
    await worker.getByText(/已入第 \d+ 条/).waitFor({ timeout: 5_000 })
    const file = await download(worker, () => worker.getByRole('link', { name: '下载证明' }).tap())
    expect(proven(await contentOf(file)).disclosed.find(({ name }) => name === 'kind')?.value).toBe('hazard.report')
    expect(await overflow(worker)).toEqual([])
    await worker.context().close()
  })
})

const signOutAtDesk = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: /换岗位或退出/ }).click()
  await page.getByRole('menuitem', { name: '退出' }).click()
  await page.getByRole('heading', { name: '登录' }).waitFor()
}

const signInAgain = async (page: Page, login: string): Promise<void> => {
  await page.getByLabel('账号', { exact: true }).fill(login)
  await page.getByLabel('密码', { exact: true }).fill('bihuan-demo-2023')
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByRole('button', { name: /换岗位或退出/ }).waitFor()
}

describe('the browser’s own pin', { timeout: 90_000 }, () => {
  const alarmOn = (page: Page) => page.getByRole('alert', { name: '存证告警' })

  test('says nothing at first, goes on with a log that grows, and shouts at one that was forked with its own key', async () => {
    const desk = await signInAtDesk(site, 'f04-anquanyuan')
    const phone = await signInOnPhone(site, 'f04-anquanyuan')
    const first = await pinned(desk)
    const onPhone = await pinned(phone)
    expect(sizeOf(first)).toBeGreaterThan(10)
    expect(await alarmOn(desk).count()).toBe(0)

    // Honest growth: the next to sign in at this browser moves its pin on, in silence.
    await signOutAtDesk(desk)
    expect(await pinOf(desk)).toBe(first)
    const grown = await (async () => {
      const other = await signInAtDesk(site, 'f04-anquanyuan')
      await other.goto(h05)
      await perform(other, 'progress', { percent: '40' })
      await other.context().close()
      return signedFor({ owner })
    })()
    expect(grown).toBeGreaterThan(sizeOf(first))
    await signInAgain(desk, 'f04-kuangzhang')
    await expect.poll(async () => sizeOf((await pinOf(desk)) ?? ''), { timeout: 15_000 }).toBe(grown)
    expect(await alarmOn(desk).count()).toBe(0)
    const kept = await pinned(desk)

    // Somebody with the database and the key swaps two early records and signs on.
    await forkLog(owner, site.platform.ledger, [3, 7])
    for (const page of [desk, phone]) {
      await page.reload()
      await alarmOn(page).getByText('接不上').waitFor()
      const told = await alarmOn(page).innerText()
      const before = openCheckpoint(page === desk ? kept : onPhone, site.platform.ledger.identity.verifier)
      expect(told).toContain(`${before?.checkpoint.size} 条`)
      expect(told).toContain(
        Buffer.from(before?.checkpoint.root ?? [])
          .toString('hex')
          .slice(0, 8),
      )
      expect(told).toContain('上级局')
      const { width } = (await alarmOn(page).boundingBox()) ?? { width: 0 }
      expect(width).toBe(page.viewportSize()?.width)
      expect(await overflow(page)).toEqual([])
      expect(await pinOf(page)).toBe(page === desk ? kept : onPhone)
    }

    // Both notes are handed over verbatim; the alarm outlives reloads and signing out.
    const files: Download[] = []
    desk.on('download', (file) => files.push(file))
    await alarmOn(desk).getByRole('button', { name: '保存两份快照' }).click()
    await expect.poll(() => files.length).toBe(2)
    const saved = await Promise.all(files.map(contentOf))
    expect(saved).toContain(kept)
    for (const note of saved) expect(sizeOf(note)).toBe(grown)
    await signOutAtDesk(desk)
    await signInAgain(desk, 'f04-anquanyuan')
    await alarmOn(desk).waitFor()
    expect(await alarmOn(desk).getByRole('button', { name: '已交出，不再显示' }).count()).toBe(0)
    expect(await pinOf(desk)).toBe(kept)

    // Put back as it was: what happened stays told until both are saved and handed on.
    await forkLog(owner, site.platform.ledger, [3, 7])
    await desk.reload()
    await alarmOn(desk).getByText('最近一次核对又接上了').waitFor()
    await alarmOn(desk).getByRole('button', { name: '已交出，不再显示' }).click()
    await alarmOn(desk).waitFor({ state: 'detached' })
    await desk.context().close()
    await phone.context().close()
  })

  test('whoever cannot reach the log is told nothing', async () => {
    const desk = await signInAtDesk(site, 'guzhang')
    const note = await pinned(desk)
    await desk.route('**/log/**', (route) => route.abort())
    await desk.reload()
    await desk.getByRole('heading', { level: 1 }).waitFor()
    await desk.waitForTimeout(1_500)
    expect(await alarmOn(desk).count()).toBe(0)
    expect(await pinOf(desk)).toBe(note)
    await desk.context().close()
  })

  test('a server that shows a checkpoint and twice no proof of it is told of', async () => {
    const desk = await signInAtDesk(site, 'guzhang')
    const note = await pinned(desk)
    const other = await signInAtDesk(site, 'f04-anquanyuan')
    await other.goto(h05)
    await perform(other, 'progress', { percent: '60' })
    await other.context().close()
    await signedFor({ owner })
    await desk.route('**/log/tile/**', (route) => route.fulfill({ status: 404, body: 'not here' }))
    await desk.reload()
    await desk.getByRole('heading', { level: 1 }).waitFor()
    await desk.waitForTimeout(1_500)
    expect(await alarmOn(desk).count()).toBe(0)
    await desk.reload()
    await alarmOn(desk).getByText('不给证明').waitFor()
    expect(await pinOf(desk)).toBe(note)
    await desk.context().close()
  })

  describe('meets a log that was begun anew', () => {
    const reason = '服务器磁盘损坏，从备份恢复'
    let desk: Page
    let old: string
    beforeEach(async () => {
      desk = await signInAtDesk(site, 'guzhang')
      old = await pinned(desk)
    })
    afterEach(async () => {
      await desk.context().close()
      await forgetLastLog(owner)
    })
    const begin = (what: Partial<BegunAnew> = {}) =>
      beginAnew(owner, site.platform.ledger, { reason, goesOnFrom: sizeOf(old), ...what })
    const grow = async (percent: string): Promise<number> => {
      const other = await signInAtDesk(site, 'f04-anquanyuan')
      await other.goto(h05)
      await perform(other, 'progress', { percent })
      await other.context().close()
      return signedFor({ owner })
    }
    const settled = async () => {
      await desk.reload()
      await desk.getByRole('heading', { level: 1 }).waitFor()
      await desk.waitForTimeout(1_500)
    }

    test('proven by the old log’s tiles to go on from all that was pinned, it is told once, with its reason', async () => {
      const grown = await grow('70')
      expect(grown).toBeGreaterThan(sizeOf(old))
      await begin({ goesOnFrom: grown })
      const asked: string[] = []
      desk.on('request', (request) => asked.push(new URL(request.url()).pathname))
      await desk.reload()
      const news = desk.getByRole('status', { name: '存证另起一套' })
      await news.getByText(reason).waitFor()
      await news.getByText(`新的一套从旧的 ${grown} 条接起，这台浏览器见过的 ${sizeOf(old)} 条都在里面`).waitFor()
      expect(asked.filter((path) => path.startsWith('/log/1/tile/')).length).toBeGreaterThan(0)
      await news.getByRole('button', { name: '知道了' }).click()
      await news.waitFor({ state: 'detached' })
      await settled()
      expect(await news.count()).toBe(0)
      // And back to the earlier one: that is no growth.
      await forgetLastLog(owner)
      await desk.reload()
      await alarmOn(desk).getByText('更早的一套存证').waitFor()
      await begin()
    })

    test('that goes on from less, alarms and says which records may be lost, until both notes are handed on', async () => {
      await begin({ goesOnFrom: sizeOf(old) - 5 })
      await desk.reload()
      const size = sizeOf(old)
      await alarmOn(desk)
        .getByText(`第 ${size - 4} 条到第 ${size} 条，共 5 条，可能丢了`)
        .waitFor()
      await alarmOn(desk).getByText(reason).waitFor()
      expect(await overflow(desk)).toEqual([])
      await settled()
      await alarmOn(desk).waitFor()
      const files: Download[] = []
      desk.on('download', (file) => files.push(file))
      await alarmOn(desk).getByRole('button', { name: '保存两份快照' }).click()
      await expect.poll(() => files.length).toBe(2)
      expect(await Promise.all(files.map(contentOf))).toContain(old)
      await alarmOn(desk).getByRole('button', { name: '已交出，以后按新的一套核对' }).click()
      await alarmOn(desk).waitFor({ state: 'detached' })
      await settled()
      expect(await alarmOn(desk).count()).toBe(0)
      expect(await desk.getByRole('status', { name: '存证另起一套' }).count()).toBe(0)
    })

    const refused: readonly (readonly [string, () => Partial<BegunAnew>, string, boolean])[] = [
      ['that quotes another history', () => ({ swapped: [2, 4] }), '以前的记录里有被改动', false],
      [
        'that quotes what the old key did not sign',
        () => ({ quotedBy: ed25519Signer(site.platform.ledger.identity.origin, new Uint8Array(32).fill(9)) }),
        '却没有引用旧的一套签过名的快照',
        false,
      ],
      ['of another house', () => ({ origin: 'bihuan/ffffffffffff/2' }), '另一套系统的存证', true],
    ]
    test.each(refused)('%s, alarms', async (_, what, words, mayGoOn) => {
      await begin(what())
      await desk.reload()
      await alarmOn(desk).getByText(words).waitFor()
      expect(await pinOf(desk)).toBe(old)
      await alarmOn(desk).getByRole('button', { name: '保存两份快照' }).click()
      await desk.waitForTimeout(300)
      expect(
        await alarmOn(desk)
          .getByRole('button', { name: /^已交出/ })
          .count(),
      ).toBe(mayGoOn ? 1 : 0)
    })

    test('whose first leaf does not say what the server says, alarms', async () => {
      await begin()
      await owner.query(`update ledger.log set reason = '例行维护' where number = 2`)
      await desk.reload()
      await alarmOn(desk).getByText('它第一条写的，与服务器说的').waitFor()
      expect(await pinOf(desk)).toBe(old)
    })

    test('whose server twice withholds the old log’s tiles, alarms', async () => {
      await begin({ goesOnFrom: await grow('80') })
      await desk.route('**/log/1/tile/**', (route) => route.fulfill({ status: 404, body: 'not here' }))
      await settled()
      expect(await alarmOn(desk).count()).toBe(0)
      expect(await desk.getByRole('status', { name: '存证另起一套' }).count()).toBe(0)
      await desk.reload()
      await alarmOn(desk).getByText('不给证明').waitFor()
      expect(await pinOf(desk)).toBe(old)
    })
  })
})
