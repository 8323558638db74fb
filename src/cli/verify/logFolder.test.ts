import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { type JudgedLog, judgedLog } from '#tests/judges/judgedLog.ts'
import { bundleBytes, entriesPath, tileBytes, tilePath, tilesSince } from '#translog/tile.ts'
import { verifyLogFolder } from './logFolder.ts'

const folder = mkdtempSync(join(tmpdir(), 'bihuan-logfolder-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const size = 700
const log: JudgedLog = judgedLog(size)

const write = (path: string, content: Uint8Array | string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), content)
}

beforeEach(() => {
  rmSync(folder, { recursive: true, force: true })
  for (const at of tilesSince(0, size)) {
    write(tilePath(at), tileBytes(log.tile(at)))
    if (at.level > 0) continue
    const entries = Array.from({ length: at.width }, (_, place) => log.entry(at.index * 256 + place))
    write(entriesPath(at), bundleBytes(entries))
  }
  write('checkpoint', log.checkpoint(size))
})

const verify = async () => verifyLogFolder(folder, log.signer.vkey)

const turn = (path: string, at: number): void => {
  const bytes = readFileSync(join(folder, path))
  bytes[at] = (bytes[at] ?? 0) ^ 4
  writeFileSync(join(folder, path), bytes)
}

const faults = async () => {
  const report = await verify()
  if ('refused' in report) throw new Error(report.refused)
  expect(report.sound).toBe(false)
  return report.faults
}

describe('一个文件夹里的整套存证', () => {
  test('原样的，一条不差', async () => {
    expect(await verify()).toMatchObject({ size, entries: size, tiles: 4, faults: [], sound: true })
  })

  test('改了一条的内容：说出是第几条', async () => {
    turn('tile/entries/001', (62 + 2) * 44 + 20)
    expect((await faults())[0]).toMatchObject({ index: 300, path: 'tile/entries/001' })
  })

  test('改了校验值、上层校验值：说出是哪一个', async () => {
    turn('tile/0/000', 32 * 17)
    expect((await faults())[0]).toMatchObject({ index: 17 })
  })

  test('上层的校验值改了也说出来', async () => {
    turn('tile/1/000.p/2', 40)
    expect(await faults()).toEqual([expect.objectContaining({ path: 'tile/1/000.p/2' })])
  })

  test('抽走一个文件：说出缺哪些条', async () => {
    rmSync(join(folder, 'tile/entries/000'))
    expect((await faults())[0]?.message).toContain('第 0 到 255 条')
  })

  test('内容和校验值一起改、没有密钥：根对不上', async () => {
    const other = judgedLog(size, log.signer)
    for (const at of tilesSince(0, size)) write(tilePath(at), tileBytes(other.tile(at)))
    for (const at of tilesSince(0, size).filter(({ level }) => level === 0))
      write(
        entriesPath(at),
        bundleBytes(Array.from({ length: at.width }, (_, place) => other.entry(at.index * 256 + place))),
      )
    expect(await faults()).toEqual([expect.objectContaining({ path: 'checkpoint' })])
  })

  test('别的公钥、没有快照的文件夹、没有公钥：拒绝并说明', async () => {
    expect(verifyLogFolder(folder, judgedLog(1).signer.vkey)).toMatchObject({
      refused: expect.stringContaining('不是这把公钥签的'),
    })
    expect(verifyLogFolder(folder, undefined)).toMatchObject({ refused: expect.stringContaining('--key') })
    rmSync(join(folder, 'checkpoint'))
    expect(await verify()).toMatchObject({ refused: expect.stringContaining('不是一套存证') })
  })
})
