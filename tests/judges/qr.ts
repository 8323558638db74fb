import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { evidence } from '#tests/support/evidence.ts'
import { type Paper, paperWith, pixelsOf } from '#tests/support/slipPicture.ts'
import { joinQrParts, readQrPart, splitForQr } from '#translog/qrParts.ts'
import { readQrCodes } from '#web/verify/readQrCodes.ts'

const run = promisify(execFile)

/** What Debian's zbarimg reads from a picture, as it prints it: each text behind a line end. */
const zbarimg = async (picture: Buffer): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'bihuan-qr-'))
  try {
    const file = join(folder, 'sheet.png')
    await writeFile(file, picture)
    const { stdout } = await run('zbarimg', ['--quiet', '--raw', '-Sdisable', '-Sqrcode.enable', file])
    return stdout
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** What our reader finds in a code that Debian's qrencode drew. */
const qrencoded = async (text: string): Promise<readonly string[]> => {
  const { stdout } = await run('qrencode', ['--output', '-', '--size', '4', '--level', 'M', text], {
    encoding: 'buffer',
  })
  return readQrCodes(await pixelsOf(stdout))
}

const readParts = async (texts: readonly string[], paper: Paper) => {
  const printed = await zbarimg(await paperWith(texts, paper))
  return joinQrParts(printed.split('\n').flatMap((line) => readQrPart(line) ?? []))
}

/** Our QR codes before a reader that nobody here wrote: the checkpoint byte for byte, the proof from its parts. */
export const judgeQr = async (say: (line: string) => void): Promise<{ passed: number; failed: number }> => {
  const tally = { passed: 0, failed: 0 }
  const check = async (what: string, holds: () => Promise<boolean>): Promise<void> => {
    const outcome = await holds().catch((error: unknown) => String(error))
    tally[outcome === true ? 'passed' : 'failed'] += 1
    say(`  ${outcome === true ? '✓' : '✗'} ${what}${typeof outcome === 'string' ? `：${outcome}` : ''}`)
  }
  const sheet = { code: 480, columns: 2 }
  for (const size of [1, 2, 300, 1_000]) {
    const { bundle, checkpoint } = evidence({ size, index: size - 1 })
    const parts = splitForQr(bundle)
    await check(`${size} 条的存证快照，一个码，逐字节相同`, async () => {
      const read = await zbarimg(await paperWith([checkpoint], { code: 400, columns: 1 }))
      return read === `${checkpoint}\n`
    })
    await check(`${size} 条的存证快照，qrencode 画的码，我们读得逐字节相同`, async () => {
      const [read] = await qrencoded(checkpoint)
      return read === checkpoint
    })
    await check(`${size} 条中一条的存证文件，${parts.length} 个码拼回原文`, async () => {
      const joined = await readParts(parts, sheet)
      return joined.ok && joined.text === bundle
    })
    await check(`${size} 条：拍歪、压缩过的照片`, async () => {
      const joined = await readParts(parts, { ...sheet, turned: 3, blur: 0.8, jpeg: 70 })
      return joined.ok && joined.text === bundle
    })
  }
  await check('少一个码：不拼，说缺哪一个', async () => {
    const parts = splitForQr(evidence().bundle)
    const joined = await readParts(parts.slice(1), sheet)
    return !joined.ok && joined.problem === 'missing' && joined.missing.join() === '1'
  })
  await check('两份文件的码混在一起：不拼', async () => {
    const [one, other] = [evidence(), evidence({ fork: 'x' })].map(({ bundle }) => splitForQr(bundle))
    const joined = await readParts([...(one ?? []).slice(0, 2), ...(other ?? []).slice(2)], sheet)
    return !joined.ok && joined.problem === 'mixed'
  })
  return tally
}
