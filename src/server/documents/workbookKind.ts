/** What a file called a workbook really is: by its first bytes, never by its name. */
export type WorkbookKind = 'xlsx' | 'xls' | 'csv' | 'html' | 'encrypted' | 'document' | 'unknown'

const zip = [0x50, 0x4b, 0x03, 0x04]
const compoundFile = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]

const startsWith = (bytes: Uint8Array, mark: readonly number[]): boolean =>
  mark.every((byte, index) => bytes[index] === byte)

const holds = (bytes: Uint8Array, text: string, encoding: BufferEncoding = 'latin1'): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from(text, encoding))

const looksLikeText = (bytes: Uint8Array): boolean => !bytes.subarray(0, 4_096).includes(0)

export const workbookKind = (bytes: Uint8Array): WorkbookKind => {
  if (startsWith(bytes, zip)) {
    if (holds(bytes, 'xl/workbook')) return 'xlsx'
    return holds(bytes, 'word/') || holds(bytes, 'ppt/') ? 'document' : 'unknown'
  }
  if (startsWith(bytes, compoundFile)) {
    // Names in a compound file's directory are UTF-16.
    if (holds(bytes, 'EncryptedPackage', 'utf16le')) return 'encrypted'
    if (holds(bytes, 'Workbook', 'utf16le') || holds(bytes, 'Book', 'utf16le')) return 'xls'
    return 'document'
  }
  const head = Buffer.from(bytes.subarray(0, 512)).toString('latin1').trimStart().toLowerCase()
  // Many systems hand out a web page under the name of a workbook.
  if (/^(?:\ufeff|ï»¿)?<(?:!doctype|html|table|\?xml|meta)/.test(head)) return 'html'
  return bytes.length > 0 && looksLikeText(bytes) ? 'csv' : 'unknown'
}
