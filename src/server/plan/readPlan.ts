import { fileTypeFromBuffer } from 'file-type'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'
import { readDocx } from './readDocx.ts'
import { readPdf } from './readPdf.ts'

const decoded = (bytes: Uint8Array, encoding: string): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

const hasByteOrderMark = (bytes: Uint8Array): boolean =>
  (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)

/** UTF-16 says so itself; else UTF-8, which other text hardly ever is by chance; else what Chinese Windows writes. */
const readText = (bytes: Uint8Array): Outcome<string> => {
  const text = hasByteOrderMark(bytes)
    ? decoded(bytes, bytes[0] === 0xff ? 'utf-16le' : 'utf-16be')
    : (decoded(bytes, 'utf-8') ?? decoded(bytes, 'gb18030'))
  if (text === undefined || text.includes('\0'))
    return refuse({
      code: 'plan-not-text',
      message: '不是文字文件，或者编码认不出',
      remedy: '交 .docx、有文字的 .pdf，或者 UTF-8 的 .txt',
    })
  return ok(text)
}

const oldWord: Outcome<never> = refuse({
  code: 'plan-old-word',
  message: '旧版 Word 文档（.doc）读不出文字',
  remedy: '用 Word 或 WPS 打开，另存为 .docx 后再交',
})

/** Fewer letters are no plan: a scanned page with a line of print above it. */
const fewestLetters = 50

const withText = (read: Outcome<string>): Outcome<string> => {
  if (!read.ok) return read
  const letters = read.value.match(/[\p{Letter}\p{Number}]/gu)?.length ?? 0
  if (letters >= fewestLetters) return read
  return refuse({
    code: 'plan-without-text',
    message: '文件里没有可读的文字，可能是扫描件',
    remedy: '可以作为佐证存档，但不能比对；请另交有文字的 .docx 或 .pdf',
  })
}

/** The text of a plan, by what the file is, whatever it is called. Refused: without text, locked, damaged, of another kind. */
export const readPlan = async (bytes: Uint8Array): Promise<Outcome<string>> => {
  const kind = await fileTypeFromBuffer(bytes)
  switch (kind?.ext) {
    case 'docx':
    case 'zip':
      return withText(readDocx(bytes))
    case 'pdf':
      return withText(await readPdf(bytes))
    case 'cfb':
      return oldWord
    case undefined:
      return withText(readText(bytes))
    default:
      return refuse({
        code: 'plan-other-kind',
        message: `这是 ${kind?.ext} 文件，不是方案的文字`,
        remedy: '交 .docx、有文字的 .pdf，或者 .txt；照片和扫描件只能作为佐证',
      })
  }
}
