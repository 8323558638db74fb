import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFileStore, type StoredFile } from '#server/platform/files/fileStore.ts'
import { pdfDocument } from '#server/platform/files/sampleFiles.ts'
import type { Tally } from './tally.ts'

const run = (program: string, ...args: readonly string[]): boolean => spawnSync(program, args).status === 0

const oneFile = async function* () {
  yield Buffer.concat([pdfDocument(), randomBytes(64 * 1024)])
}

/** Files on a disk that fills up: refused in words, what was saved stays whole, and it goes on when there is room. */
export const fillFileStore = async (tally: Tally): Promise<void> => {
  tally.say('a full disk under the file store')
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-full-'))
  const mounted = run('mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder)
  try {
    if (!mounted) return tally.skip('the file store on a full disk', 'mounting a small tmpfs needs root')
    const store = await createFileStore(folder)
    const saved: StoredFile[] = []
    let refusal = ''
    for (let attempt = 0; attempt < 100 && refusal === ''; attempt += 1) {
      const outcome = await store.put(oneFile(), { fileName: '整改方案.pdf' })
      if (outcome.ok) saved.push(outcome.value)
      else refusal = outcome.refusal.code
    }
    tally.check('the file that no longer fits is refused as storageFull', refusal === 'storageFull', refusal)
    const verdicts = await Promise.all(saved.map(({ sha256 }) => store.verify(sha256)))
    tally.check(
      'every file that was acknowledged is whole',
      saved.length > 0 && verdicts.every((verdict) => verdict === 'intact'),
      `${saved.length} files`,
    )
    const grown = run('mount', '-o', 'remount,size=4m', folder)
    const again = await store.put(oneFile(), { fileName: '整改方案.pdf' })
    tally.check('saving goes on by itself when there is room again', grown && again.ok)
  } finally {
    if (mounted) run('umount', folder)
    rmSync(folder, { recursive: true, force: true })
  }
}
