import type { Page } from 'playwright-core'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actorOf } from '#demo/actors.ts'
import { demoId } from '#demo/demoId.ts'
import { personOf } from '#demo/posts.ts'
import type { HazardAct } from '#domain/hazard/transitions.ts'
import { openDemoSite } from '#tests/browser/support/demoSite.ts'
import { signInAtDesk } from '#tests/browser/support/desk.ts'
import { signInOnPhone, widthOf } from '#tests/browser/support/field.ts'
import { overflow, settled } from '#tests/browser/support/looking.ts'
import { photo } from '#tests/browser/support/pictures.ts'
import type { Site } from '#tests/browser/support/site.ts'
import { colour, risk } from '#web/parts/theme.ts'

let site: Site
let chief: Page

beforeAll(async () => {
  site = await openDemoSite({ work: true, sequence: true })
  chief = await signInAtDesk(site, 'guzhang')
}, 300_000)
afterAll(() => site?.close())

const acts = async (post: string, streamId: string, act: HazardAct, body: Record<string, unknown> = {}) => {
  const command = { id: uuidv7(), tenantId: demoId('F03'), streamId, act: `hazard.${act}`, body }
  const done = await site.platform.execute(actorOf(post), command)
  if (!done.ok) throw new Error(JSON.stringify(done.refusal))
}

describe('the officer’s home', { timeout: 120_000 }, () => {
  test('every figure leads to as many rows as it says', async () => {
    await chief.goto('/')
    const links = chief.getByRole('region', { name: '数字' }).locator('a[data-figure]')
    await links.first().waitFor()
    const figures = await links.evaluateAll((all) =>
      all.map((link) => ({ href: link.getAttribute('href') ?? '', text: link.textContent ?? '' })),
    )
    expect(figures.length).toBeGreaterThan(20)
    for (const { href, text } of figures.filter(({ text: number }) => /^\d+$/.test(number))) {
      await chief.goto(href)
      const table = chief.getByRole('grid', { name: '隐患台账' }).or(chief.getByRole('table', { name: '矿山名录' }))
      await table.or(chief.locator('.empty')).first().waitFor()
      expect(await table.locator('tbody tr').count(), href).toBe(Number(text))
    }
  })

  test('a reminder is ready to be pasted, and says where, what and by which clause', async () => {
    await chief.goto('/')
    await chief.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    const row = chief
      .getByRole('region', { name: /^未落实/ })
      .locator('[data-matter="workersReport"]')
      .first()
    await row.getByRole('button', { name: /^复制催办/ }).click()
    await chief.getByText('催办的话已复制').waitFor()
    const text = await chief.evaluate(() => navigator.clipboard.readText())
    for (const part of ['演示·萤火坳采石场', 'F10-2023-001', '职工大会未报', '安全生产法 41'])
      expect(text).toContain(part)
  })

  test('two taps call whoever answers for the mine; showing the number is kept', async () => {
    const people = { tenantId: demoId('F10'), personId: personOf('F10/矿长') }
    const put = await site.platform.execute(actorOf('局/三股股长'), {
      id: uuidv7(),
      tenantId: people.tenantId,
      streamId: people.personId,
      act: 'person.put',
      body: { post: '矿长', active: true },
      private: { phone: '13800001234' },
    })
    expect(put.ok).toBe(true)
    await chief.goto('/')
    const row = chief
      .getByRole('region', { name: /^未落实/ })
      .locator('[data-hazard="F10-2023-001"]')
      .first()
    await row.getByRole('button', { name: /^打电话/ }).click()
    await chief.getByRole('button', { name: '显示号码：矿长' }).click()
    const call = chief.getByRole('link', { name: '拨打 13800001234' })
    await call.waitFor()
    expect(await call.getAttribute('href')).toBe('tel:13800001234')
    const { rows } = await site.platform.read(actorOf('局/三股股长'), ({ client }) =>
      client.query<{ reason: string }>(
        `select body ->> 'reason' as reason from core.event where stream_id = $1 and type = 'person.reveal'`,
        [people.personId],
      ),
    )
    expect(rows.map(({ reason }) => reason)).toEqual([expect.stringContaining('催办：F10-2023-001')])
  })
})

/** Where on the canvas a shape of this colour is drawn, in pixels of the page. */
const shapeOn = (page: Page, hex: string): Promise<{ x: number; y: number } | undefined> =>
  page.evaluate((wanted) => {
    const rgb = [1, 3, 5].map((start) => Number.parseInt(wanted.slice(start, start + 2), 16))
    for (const canvas of document.querySelectorAll<HTMLCanvasElement>('.map-canvas canvas')) {
      const { width, height } = canvas
      const data = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray()
      const same = (x: number, y: number) => rgb.every((value, at) => data[(y * width + x) * 4 + at] === value)
      for (let y = 4; y < height - 4; y += 1)
        for (let x = 4; x < width - 4; x += 1)
          if (same(x, y) && same(x - 3, y) && same(x + 3, y) && same(x, y - 2) && same(x, y + 2)) {
            const box = canvas.getBoundingClientRect()
            return { x: box.x + (x / width) * box.width, y: box.y + (y / height) * box.height }
          }
    }
    return undefined
  }, hex)

describe('the map', { timeout: 60_000 }, () => {
  test('says that it is schematic, asks nobody outside, and lists every mine in words beside it', async () => {
    const elsewhere: string[] = []
    chief.on('request', (request) => {
      if (!request.url().startsWith(site.url)) elsewhere.push(request.url())
    })
    await chief.goto('/map')
    await chief.getByText('示意网格，非测绘坐标').waitFor()
    const list = chief.getByRole('list', { name: '矿山列表' })
    expect(await list.getByRole('listitem').count()).toBe(12)
    expect(await list.locator('[data-mine="F01"]').innerText()).toMatch(/重大[\s\S]*F01[\s\S]*逾期 1/)
    expect(await list.locator('[data-mine="F09"]').innerText()).toContain('没有未销号隐患')
    await settled(chief)
    expect(elsewhere.filter((url) => !url.startsWith('data:') && !url.startsWith('blob:'))).toEqual([])
  })

  test('a click on a red shape opens the card of a mine with a major hazard, and the way to it', async () => {
    await chief.goto('/map')
    await expect.poll(() => shapeOn(chief, risk.major.ink), { timeout: 20_000 }).toBeDefined()
    const at = await shapeOn(chief, risk.major.ink)
    if (!at) throw new Error('no red shape')
    await chief.mouse.click(at.x, at.y)
    const card = chief.locator('.map-card')
    await card.waitFor()
    expect(await card.innerText()).toContain(risk.major.word)
    await card
      .getByRole('link', { name: /-2023-/ })
      .first()
      .waitFor()
    expect(colour.paper).not.toBe(risk.major.ink)
  })

  test('by keyboard alone: Tab to the list, Enter opens the same card', async () => {
    await chief.goto('/map')
    const row = chief.locator('.map-list [data-mine="F08"] button')
    await row.focus()
    await chief.keyboard.press('Enter')
    const card = chief.locator('.map-card[data-mine="F08"]')
    await card.getByRole('link', { name: 'F08-2023-002' }).waitFor()
    expect(await card.innerText()).toContain('局部停产')
    expect(new URL(chief.url()).searchParams.get('mine')).toBe(demoId('F08'))
  })
})

describe('我的履职记录', { timeout: 60_000 }, () => {
  test('the officer finds what he did in July, in time or late, and opens the proof of one act', async () => {
    const officer = await signInAtDesk(site, 'jianguanyuan-jia')
    await officer.getByRole('button', { name: /换岗位或退出/ }).click()
    await officer.getByRole('menuitem', { name: '我的履职记录' }).click()
    await officer.getByRole('heading', { level: 1, name: '我的履职记录' }).waitFor()
    await officer.goto('/my-record?month=2023-07')
    const table = officer.getByRole('table', { name: '办过的事' })
    await table.waitFor()
    const recheck = table.locator('[data-act="复查"]').first()
    expect(await recheck.innerText()).toContain('✓ 按期')
    await recheck.getByRole('button', { name: /^证明/ }).click()
    await recheck.getByText(/已入存证/).waitFor()
    await officer.context().close()
  })
})

describe('岗位交接单', { timeout: 60_000 }, () => {
  test('stands on top of the receiver’s home, is taken, and says where each item went', async () => {
    const receiver = await signInAtDesk(site, 'jianguanyuan-yi')
    await receiver.getByRole('list', { name: '等您接收的岗位' }).getByRole('link').click()
    const items = receiver.getByRole('table', { name: '没有办完的事' })
    await items.waitFor()
    expect(await items.locator('[data-item="tracker"]').count()).toBe(4)
    await receiver.getByRole('button', { name: /^接收这/ }).click()
    await receiver.getByRole('button', { name: '接收', exact: true }).click()
    await receiver.locator('[data-status="taken"]').waitFor()
    expect(await items.locator('[data-item="tracker"] [data-fate="toDo"]').count()).toBe(4)
    await receiver.goto('/')
    await receiver.getByRole('heading', { level: 1 }).waitFor()
    await settled(receiver)
    expect(await receiver.getByRole('list', { name: '等您接收的岗位' }).count()).toBe(0)
    await receiver.context().close()
  })
})

describe('the mine’s home', { timeout: 60_000 }, () => {
  test('this week as a checklist with who and until when, majors as strips, the board to print', async () => {
    const principal = await signInAtDesk(site, 'f03-kuangzhang')
    const week = principal.getByRole('region', { name: /^本周要办/ })
    await week.locator('[data-check]').waitFor()
    await week.locator('[data-matter]').first().waitFor()
    expect(await week.innerText()).toMatch(/9月重大事故隐患排查[\s\S]*还剩 15 天/)
    expect(await week.innerText()).toMatch(/F03-2023-\d+[\s\S]*管理人员，09-20 前/)
    await principal.getByRole('list', { name: '办理步骤' }).first().locator('[aria-current="step"]').waitFor()
    await principal.getByRole('link', { name: '打印公示牌' }).click()
    await principal.waitForURL(`**/mines/${demoId('F03')}/board`)
    await principal.context().close()
  })

  test('nothing stands out of a screen of 360 px', async () => {
    for (const [login, paths] of [
      ['guzhang', ['/', '/map', '/my-record?month=2023-08', '/handovers', '/handovers/new']],
      ['f03-kuangzhang', ['/', '/my-record', '/handovers/new']],
    ] as const) {
      const page = await signInAtDesk(site, login)
      await page.setViewportSize({ width: 360, height: 800 })
      for (const path of paths) {
        await page.goto(path)
        await settled(page)
        expect(await overflow(page), `${login} ${path}`).toEqual([])
      }
      await page.context().close()
    }
  })
})

describe('the answer to the worker', { timeout: 120_000 }, () => {
  /** Reported on the phone as the pit does it. */
  const report = async (worker: Page, words: string): Promise<string> => {
    await worker.goto('/m/')
    await worker.locator('[data-act="withoutPhoto"]').tap()
    await worker.getByText('补充（可以不填）').tap()
    await worker.getByLabel('描述').fill(words)
    await worker.getByRole('button', { name: '报告', exact: true }).tap()
    await worker.getByRole('heading', { name: '已收到' }).waitFor()
    const { rows } = await site.platform.read(actorOf('F03/矿长'), ({ client }) =>
      client.query<{ id: string }>('select id from read.hazard where description = $1', [words]),
    )
    const id = rows[0]?.id
    if (!id) throw new Error('nothing was reported')
    return id
  }

  test('what was put right: the day and the photo after the work, on the home and on the report’s page', async () => {
    const worker = await signInOnPhone(site, 'F03/穿孔工')
    const id = await report(worker, '三号机护栏松脱')
    const leader = await signInOnPhone(site, 'f03-banzhang')
    await acts('F03/矿长', id, 'judge', { outcome: 'general', basis: '不触及判定标准' })
    await acts('F03/矿长', id, 'assign', {
      responsible: personOf('F03/采剥班长'),
      measures: '焊牢护栏',
      funds: 0,
      deadline: '2023-09-16',
      contingencyPlan: '现场处置',
    })
    await leader.goto(`/m/hazard/${demoId('F03')}/${id}/accept`)
    await leader.getByRole('heading', { level: 1, name: '企业验收' }).waitFor()
    await leader
      .locator('input[type="file"]')
      .first()
      .setInputFiles(await photo('护栏焊好'))
    await leader.getByLabel(/验收结论|结论/).fill('护栏焊牢，试过')
    await leader.getByRole('button', { name: '企业验收' }).tap()
    await leader.getByRole('heading', { name: '已收到' }).waitFor()
    await acts('F03/安全员', id, 'recheck', {
      result: 'pass',
      officers: [personOf('F03/安全员')],
      findings: '牢固',
    })
    await acts('F03/安全员', id, 'closeOut')

    await worker.goto('/m/')
    const home = worker.getByRole('region', { name: '我报的' })
    await home.getByText('你报的隐患9月15日改好了').waitFor()
    await home.getByRole('img', { name: '整改后' }).waitFor()
    await home.getByText('你报的隐患9月15日改好了').tap()
    const answer = worker.getByRole('region', { name: '给你的答复' })
    await answer.getByText('你报的隐患9月15日改好了').waitFor()
    await answer.getByRole('img', { name: '改好之后' }).waitFor()
    expect(await widthOf(worker)).toBeLessThanOrEqual(360)

    await leader.goto(`/m/hazard/${demoId('F03')}/${id}`)
    await leader.getByRole('list', { name: '步骤' }).waitFor()
    expect(await leader.getByRole('region', { name: '给你的答复' }).count()).toBe(0)
    await leader.context().close()
    await worker.context().close()
  })

  test('what is no hazard, and what is the same as another: the reason in plain words', async () => {
    const worker = await signInOnPhone(site, 'F03/穿孔工')
    const none = await report(worker, '平台上有一道缝')
    const same = await report(worker, '车挡又低了')
    await acts('F03/矿长', none, 'judge', { outcome: 'notEstablished', basis: '是施工缝，量过没有变化' })
    await acts('F03/矿长', same, 'merge', { other: demoId('H17'), reason: '同一段车挡' })
    await worker.goto('/m/mine')
    await worker.getByText('看过了，不算隐患').waitFor()
    await worker.getByText('理由：是施工缝，量过没有变化').waitFor()
    await worker.getByText(/理由：并到 F03-2023-\d+：同一段车挡/).waitFor()
    await worker.getByText('看过了，不算隐患').tap()
    await worker.getByRole('region', { name: '给你的答复' }).getByText('看到情况有变化，再报一次，会重新看。').waitFor()
    await worker.context().close()
  })
})
