import { extractText, getDocumentProxy } from 'unpdf'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '')

/** The text of a .pdf as it is printed; one that is a picture gives an empty text. */
export const readPdf = async (bytes: Uint8Array): Promise<Outcome<string>> => {
  try {
    // PDF.js takes the buffer away from whoever gives it, and takes no Buffer. Its warnings are nothing the reader can mend.
    const document = await getDocumentProxy(Uint8Array.from(bytes), { verbosity: 0 })
    const { text } = await extractText(document, { mergePages: true })
    return ok(text)
  } catch (error) {
    if (nameOf(error) === 'PasswordException')
      return refuse({
        code: 'plan-locked',
        message: '文件加了密码，读不出文字',
        remedy: '去掉密码后再交；原件可以另作佐证',
      })
    return refuse({
      code: 'plan-damaged',
      message: '文件打不开，可能已经损坏，或者不是 PDF',
      remedy: '重新导出 PDF，或者交 .docx',
    })
  }
}
