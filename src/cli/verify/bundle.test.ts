import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { altered, evidence } from '#tests/support/evidence.ts'
import { Misused } from '../failure.ts'
import { bundleReportText, verifyBundleFile } from './bundle.ts'

const { bundle, trust, leafHash, root } = evidence()

let folder = ''
const file = async (name: string, content: string | Uint8Array): Promise<string> => {
  await writeFile(join(folder, name), content)
  return join(folder, name)
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bihuan-bundle-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('an evidence file on the command line', () => {
  test('that is honest is told with the record, its place, who cosigned and what is not proven', async () => {
    const report = await verifyBundleFile(await file('ok.tlog-proof', bundle), trust)
    expect(report.ok).toBe(true)
    const text = bundleReportText(report)
    for (const part of [
      '✓ 核验通过',
      '办理事项：隐患：企业验收',
      '系统收到时间：2023-07-31 09:00',
      '第 614 条（共 1000 条）',
      'witness.example/city，2023-07-31 09:00',
      '办理账号编号',
      '不能证明什么',
      leafHash,
      root,
    ])
      expect(text).toContain(part)
    expect(JSON.parse(JSON.stringify(report.verdict))).toMatchObject({ ok: true, proven: { leafHash, index: 613 } })
  })

  test('that was altered is refused with hashes and what to do, its content shown as a mere claim', async () => {
    const report = await verifyBundleFile(await file('bad.tlog-proof', altered(bundle, 'index 613', 'index 61')), trust)
    expect(report).toMatchObject({ ok: false, verdict: { fault: { step: 'root', index: 61, signed: root } } })
    const text = bundleReportText(report)
    expect(text).toContain('✗ 核验不通过')
    expect(text).toContain('不能当真')
    expect(text).toContain('怎么办')
  })

  test('of another record than the receipt names is refused', async () => {
    const path = await file('other.tlog-proof', bundle)
    expect(await verifyBundleFile(path, trust, 'ab'.repeat(32))).toMatchObject({
      ok: false,
      verdict: { fault: { step: 'leaf', found: leafHash } },
    })
    expect((await verifyBundleFile(path, trust, leafHash)).ok).toBe(true)
  })

  test('that is something else, or endless, is told as what it is', async () => {
    expect(await verifyBundleFile(await file('x.jpg', Uint8Array.of(0xff, 0xd8)), trust)).toMatchObject({
      ok: false,
      verdict: { fault: { step: 'form', problem: 'notText' } },
      record: [],
    })
    const large = await file('disk.img', '')
    await truncate(large, 8e9)
    expect(await verifyBundleFile(large, trust)).toMatchObject({ verdict: { fault: { problem: 'tooLong' } } })
  })

  test('with keys that cannot be used is a misuse, told in one line', async () => {
    const path = await file('ok.tlog-proof', bundle)
    await expect(verifyBundleFile(path, { ...trust, log: 'x' })).rejects.toThrow(Misused)
    await expect(verifyBundleFile(join(folder, 'none'), trust)).rejects.toThrow('ENOENT')
  })
})
