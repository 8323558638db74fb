import { open } from 'node:fs/promises'
import { fileTypeFromFile } from 'file-type'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'
import { compoundFileMime } from './compoundFile.ts'
import {
  acceptedRemedy,
  extensionOf,
  type FileType,
  remediesByExtension,
  typeOfExtension,
  typeOfMime,
} from './fileKinds.ts'

/** What the sender says of the file. Believed in nothing, but a contradiction is refused. */
export type Claim = { readonly fileName?: string | undefined; readonly mime?: string | undefined }

const claimedType = ({ fileName = '', mime = '' }: Claim): FileType | undefined =>
  typeOfExtension(extensionOf(fileName)) ?? typeOfMime(mime)

const notAccepted = (extension: string): Outcome<never> =>
  refuse({
    code: 'fileTypeNotAccepted',
    message: `不能上传 .${extension} 文件`,
    remedy: remediesByExtension[extension] ?? acceptedRemedy,
  })

const unknownContent: Outcome<never> = refuse({
  code: 'fileTypeNotAccepted',
  message: '文件的内容不是可以上传的类型',
  remedy: acceptedRemedy,
})

const notWhatItClaims = (claim: Claim, content: string, remedy: string): Outcome<never> => {
  const extension = extensionOf(claim.fileName ?? '')
  const said = extension === '' ? `声明的类型是 ${claim.mime ?? '未知'}` : `文件名是 .${extension}`
  return refuse({
    code: 'fileNotWhatItClaims',
    message: `${said}，内容却是${/^[\w.]/.test(content) ? ' ' : ''}${content}`,
    remedy,
  })
}

/** Before a byte is read: a name that can't be taken is refused at once. */
export const refuseByName = ({ fileName = '' }: Claim): Outcome<FileType | undefined> => {
  const extension = extensionOf(fileName)
  if (extension === '') return ok(undefined)
  const type = typeOfExtension(extension)
  return type === undefined ? notAccepted(extension) : ok(type)
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: text has none of these
const binaryCharacter = /[\u0000-\u0008\u000e-\u001f\ufffe\uffff]/

/** Whole file read: text is UTF-8 from the first byte to the last, without control characters. */
const isUtf8Text = async (path: string): Promise<boolean> => {
  const file = await open(path)
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const chunk of file.createReadStream()) {
      if (binaryCharacter.test(decoder.decode(chunk, { stream: true }))) return false
    }
    decoder.decode()
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  } finally {
    await file.close()
  }
}

const startsLikePdf = async (path: string): Promise<boolean> => {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(5), 0, 5, 0)
    return buffer.toString('latin1', 0, bytesRead) === '%PDF-'
  } finally {
    await file.close()
  }
}

type Content = { readonly mime?: string; readonly extension?: string }

const contentOf = async (path: string): Promise<Content> => {
  const found = await fileTypeFromFile(path)
  if (found === undefined) return {}
  if (found.mime !== 'application/x-cfb') return { mime: found.mime, extension: found.ext }
  const file = await open(path)
  try {
    const mime = await compoundFileMime(file)
    return mime === undefined ? { extension: found.ext } : { mime }
  } finally {
    await file.close()
  }
}

const isText = (type: FileType | undefined): boolean => type?.mime.startsWith('text/') ?? false

const textType = (claimed: FileType | undefined): FileType | undefined =>
  isText(claimed) ? claimed : typeOfMime('text/plain')

const sameFamily = (claimed: FileType, found: FileType): boolean =>
  claimed === found || (claimed.family !== undefined && claimed.family === found.family)

const saveAsUtf8 = '请用记事本或 WPS 打开，另存为 UTF-8 编码后上传'

/**
 * The type of a stored file, told by its bytes. Archives are not unpacked: file-type reads names and one
 * small entry of a zip, with limits.
 */
export const recognise = async (path: string, claim: Claim): Promise<Outcome<FileType>> => {
  const named = refuseByName(claim)
  if (!named.ok) return named
  const claimed = claimedType(claim)

  // Some text begins with the two or three letters that mark a binary format (“BM”, “MZ”, “ID3”), so
  // what claims to be text is read as text first.
  if (claimed !== undefined && isText(claimed) && !(await startsLikePdf(path)) && (await isUtf8Text(path))) {
    return ok(claimed)
  }

  const content = await contentOf(path)
  const found = content.mime === undefined ? undefined : typeOfMime(content.mime)

  if (found === undefined && content.extension !== undefined) {
    const label = `.${content.extension} 格式`
    const remedy = remediesByExtension[content.extension] ?? acceptedRemedy
    if (claimed !== undefined) return notWhatItClaims(claim, label, remedy)
    return notAccepted(content.extension)
  }
  if (found === undefined) {
    if (claimed !== undefined && isText(claimed)) {
      return refuse({ code: 'textNotUtf8', message: '文本文件不是 UTF-8 编码，打开会是乱码', remedy: saveAsUtf8 })
    }
    const text = (await isUtf8Text(path)) ? textType(claimed) : undefined
    if (claimed === undefined) return text === undefined ? unknownContent : ok(text)
    if (text !== undefined) {
      return notWhatItClaims(claim, '纯文本', '请重新选择文件；如果确实是文本，请把文件名改成 .txt 后上传')
    }
    return notWhatItClaims(claim, '认不出的数据，文件可能已损坏', '请打开原文件看看是否完好，另存一份后重新上传')
  }
  if (claimed === undefined) return ok(found)
  if (!sameFamily(claimed, found)) {
    return notWhatItClaims(
      claim,
      found.label,
      `请重新选择文件；如果内容没有选错，请把文件名改成 .${found.extensions[0]} 后上传`,
    )
  }
  // A container of sound and pictures does not tell which of the two it holds; its name does.
  return ok(found.family === 'isoMedia' ? claimed : found)
}
