import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { keepSecondFolder, secondFolderOf } from './secondFolder.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'bihuan-second-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

test('the second folder is the data folder until another is asked for, and then stays that one', () => {
  expect(secondFolderOf(dataDir)).toBe(join(dataDir, 'ledger'))
  keepSecondFolder(dataDir, '/mnt/usb/bihuan')
  expect(secondFolderOf(dataDir)).toBe('/mnt/usb/bihuan')
})
