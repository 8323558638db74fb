import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { journalIsOpen, openSecondHome } from './secondHome.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bihuan-home-'))
  chmodSync(folder, 0o755)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const isRoot = process.getuid?.() === 0
const nobody = 65_534

/** Does it as somebody who may write into the folder and may not change its mode: what a FAT stick is to everybody. */
const asStranger = async (work: () => Promise<void>): Promise<void> => {
  process.seteuid?.(nobody)
  try {
    await work()
  } finally {
    process.seteuid?.(0)
  }
}

test('the journal is for its owner alone where the medium can restrict reading', async () => {
  const at = join(folder, 'disk')
  mkdirSync(join(at, 'journal'), { recursive: true, mode: 0o755 })
  expect(await journalIsOpen(at)).toBe(true)
  await openSecondHome(at)
  expect(statSync(join(at, 'journal')).mode & 0o777).toBe(0o700)
  expect(await journalIsOpen(at)).toBe(false)
  expect(await journalIsOpen(join(folder, 'not plugged in'))).toBeUndefined()
})

// Only root can stand in for a medium on which modes cannot be changed.
test.runIf(isRoot)('a medium that cannot restrict reading is used all the same, and is seen to be open', async () => {
  const at = join(folder, 'stick')
  for (const part of ['public', 'journal']) {
    mkdirSync(join(at, part), { recursive: true })
    chmodSync(join(at, part), 0o777)
  }
  await asStranger(async () => {
    const home = await openSecondHome(at)
    await home.appendJournal(0, ['a line'])
    expect(await home.readJournal(0)).toEqual(['a line'])
  })
  expect(await journalIsOpen(at)).toBe(true)
})

test('what is no folder is refused as before', async () => {
  await expect(openSecondHome('/dev/null/second')).rejects.toMatchObject({ code: 'ENOTDIR' })
})
