import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { folderFile, folderProgress, makeFolder } from '#contract/inspectionFolder.ts'
import { readReceipts } from '#contract/ledger.ts'
import { problem } from '#contract/problem.ts'
import { demoId } from '#demo/demoId.ts'
import { jpegPhoto } from '#server/platform/files/sampleFiles.ts'
import { granted, newHazard, privateNameOf, startServer, type TestServer } from '#tests/support/district.ts'
import { signedFor } from '#tests/support/signedFor.ts'
import { uploaded } from '#tests/support/upload.ts'

const run = promisify(execFile)

let server: TestServer
let folder: string

const photograph = async (width: number): Promise<string> =>
  uploaded(server.baseUrl, server.as('safetyOfficer'), server.ids.mine, await jpegPhoto(width, 60), {
    name: '现场.jpg',
    type: 'image/jpeg',
  })

beforeAll(async () => {
  server = await startServer({ sequence: true })
  folder = await mkdtemp(join(tmpdir(), 'bihuan-folder-'))
  const { as, ids } = server
  const place = newHazard(ids.mine)
  await as('safetyOfficer').does(place, 'report', {
    mineId: ids.mine,
    source: 'safetyOfficerCheck',
    place: '采场北帮',
    description: '边坡没有稳定性分析 #[*不是标记*]',
    photos: [await photograph(81), await photograph(82), await photograph(83)],
  })
  await as('principal').does(place, 'judge', { outcome: 'major', criteria: ['OP-06'], basis: '没有分析报告' })
  await as('safetyOfficer').does(place, 'departmentReport', { department: '区应急管理局', how: 'system' })
  await as('principal').does(place, 'assign', {
    responsible: as('technicalHead').personId,
    measures: '坡脚停止作业，委托分析',
    funds: 18_600_000,
    deadline: '2023-08-31',
    contingencyPlan: '滑坡专项预案',
  })
  await signedFor(server)
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

const ask = (name: Parameters<TestServer['as']>[0], mineId: string, progress: 'yes' | 'no') =>
  server.as(name).download(makeFolder, {
    params: { mineId },
    query: { progress },
    body: { commandId: uuidv7(), folderId: uuidv7() },
  })

const printed = async (pdf: Uint8Array) => {
  const path = join(folder, `${uuidv7()}.pdf`)
  await writeFile(path, pdf)
  const text = (await run('pdftotext', ['-layout', path, '-'])).stdout
  const info = (await run('pdfinfo', [path])).stdout
  const images = (await run('pdfimages', ['-list', path])).stdout.trim().split('\n').length - 2
  return { text, pages: Number(/Pages:\s+(\d+)/.exec(info)?.[1]), images }
}

describe('迎检档案袋', () => {
  test('一份 PDF，按检查的次序：企业矿山、台账、每条重大隐患、月排查、班前会；有目录有页码', async () => {
    const answer = await ask('regulator', server.ids.mine, 'no')
    if (!answer.ok) throw new Error(answer.problem.detail)
    expect(answer.value.fileName).toBe('迎检档案袋-测试一号石灰岩矿-2023-07-03.pdf')
    const { text, pages, images } = await printed(await answer.value.content.bytes())
    const order = ['一、企业和矿山', '二、隐患台账', '三、重大隐患', '四、月排查', '五、班前会']
    const places = order.map((title) => text.lastIndexOf(title))
    expect([...places].sort((a, b) => a - b)).toEqual(places)
    expect(places.every((place) => place > 0)).toBe(true)
    for (const part of [
      'T01-2023-001',
      '采场北帮',
      '边坡没有稳定性分析 #[*不是标记*]',
      'technicalHead岗',
      '186,000 元',
      '区应急管理局（本系统）',
      '没有报告职工大会或职代会的记录',
      '没有公示的记录',
      '没有：企业验收、复查、销号、溯源',
      `第 ${pages} 页，共 ${pages} 页`,
    ])
      expect(text).toContain(part)
    expect(images).toBe(2)
    expect(text).not.toContain(privateNameOf('technicalHead'))
  })

  test('少收了什么，写在封面上', async () => {
    const answer = await ask('principal', server.ids.mine, 'no')
    if (!answer.ok) throw new Error(answer.problem.detail)
    const { text } = await printed(await answer.value.content.bytes())
    expect(text.slice(0, text.indexOf('目录'))).toContain('照片 1 张：每条隐患整改前后各收两张')
  })

  test('边做边说做到哪里；文件的摘要先入存证再出门', async () => {
    const folderId = uuidv7()
    const response = await fetch(`${server.baseUrl}/api/mines/${server.ids.mine}/inspection-folder?progress=yes`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.as('principal').token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ commandId: uuidv7(), folderId }),
    })
    const bytes = new Uint8Array(await response.arrayBuffer())
    const lines: string[] = []
    let from = 0
    for (let at = bytes.indexOf(10, from); ; at = bytes.indexOf(10, from)) {
      const line = new TextDecoder().decode(bytes.subarray(from, at))
      from = at + 1
      lines.push(line)
      if (line.includes('"file"')) break
    }
    const told = folderFile.parse(JSON.parse(lines.at(-1) ?? ''))
    const steps = lines.slice(0, -1).map((line) => folderProgress.parse(JSON.parse(line)).step)
    expect([...new Set(steps)]).toEqual(['reading', 'photos', 'setting', 'recording'])
    const pdf = bytes.subarray(from)
    expect(pdf.length).toBe(told.bytes)
    expect(createHash('sha256').update(pdf).digest('hex')).toBe(told.sha256)
    const { rows } = await server.owner.query('select body from core.event where stream_id = $1', [folderId])
    expect(rows[0]?.body).toMatchObject({ sha256: told.sha256, pages: told.pages, on: '2023-07-03' })
    const receipts = granted(
      await server.as('principal').call(readReceipts, { params: { tenantId: server.ids.mine, streamId: folderId } }),
    )
    expect(receipts.items).toHaveLength(1)
  })

  test('别家的矿、没有这座矿：不给，也不说有没有；工人不能拿走一整袋', async () => {
    for (const mineId of [server.ids.mine, demoId('F99')]) {
      const answer = await ask('siblingPrincipal', mineId, 'no')
      expect(answer.ok || answer.problem.code).toBe('not-found')
      const told = await ask('siblingPrincipal', mineId, 'yes')
      if (!told.ok) throw new Error(told.problem.detail)
      const last = (await told.value.content.text()).trim().split('\n').at(-1) ?? ''
      expect(problem.parse(JSON.parse(last).problem).code).toBe('not-found')
    }
    const worker = await ask('worker', server.ids.mine, 'no')
    expect(worker.ok || worker.problem.code).toBe('role-may-not')
  })
})
