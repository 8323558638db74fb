import { unzipSync } from 'fflate'
import { SaxesParser } from 'saxes'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'

/** Of the unpacked text: a plan of 500 pages is some 5 MB of XML; what is far more was made to fill the memory. */
const mostBytes = 64 * 1024 * 1024

const damaged = (): Outcome<never> =>
  refuse({
    code: 'plan-damaged',
    message: '文件打不开，可能已经损坏，或者不是 Word 文档',
    remedy: '用 Word 或 WPS 打开，另存为 .docx 后再交',
  })

/** Paragraph by paragraph; what was struck out in revision mode is no text any more. */
const textIn = (xml: string): string => {
  const parser = new SaxesParser()
  let text = ''
  let inText = false
  parser.on('opentag', ({ name }) => {
    if (name === 'w:t') inText = true
    else if (name === 'w:tab') text += '\t'
    else if (name === 'w:br' || name === 'w:cr') text += '\n'
  })
  parser.on('text', (given) => {
    if (inText) text += given
  })
  parser.on('closetag', ({ name }) => {
    if (name === 'w:t') inText = false
    else if (name === 'w:p') text += '\n'
  })
  parser.on('error', (error) => {
    throw error
  })
  parser.write(xml).close()
  return text
}

/** The text of a .docx (ECMA-376: word/document.xml). */
export const readDocx = (bytes: Uint8Array): Outcome<string> => {
  try {
    let tooLarge = false
    const files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (name !== 'word/document.xml') return false
        tooLarge = originalSize > mostBytes
        return !tooLarge
      },
    })
    if (tooLarge)
      return refuse({
        code: 'plan-too-large',
        message: '文档里的文字超过 64 MB，不像一份方案',
        remedy: '分成几份，或者核对文件',
      })
    const document = files['word/document.xml']
    return document ? ok(textIn(new TextDecoder('utf-8', { fatal: true }).decode(document))) : damaged()
  } catch {
    return damaged()
  }
}
