/** What may be stored, as data: a line more here and the platform takes one more type. */

export type FileKind = 'photo' | 'document' | 'video' | 'audio'

export type FileType = {
  readonly mime: string
  readonly kind: FileKind
  /** As on the end of a file name, small letters; the first is the usual one. */
  readonly extensions: readonly string[]
  readonly label: string
  /**
   * Types of one family may stand under each other's names: phones and WeChat save a JPEG as .png,
   * Android writes sound recordings with the brand of a video. The content is what it is either way.
   */
  readonly family?: 'picture' | 'isoMedia'
}

const megabyte = 1024 * 1024

export const sizeLimits: Readonly<Record<FileKind, number>> = {
  photo: 20 * megabyte,
  document: 50 * megabyte,
  video: 200 * megabyte,
  audio: 50 * megabyte,
}

export const kindLabels: Readonly<Record<FileKind, string>> = {
  photo: '照片',
  document: '文件',
  video: '视频',
  audio: '录音',
}

export const fileTypes = [
  { mime: 'image/jpeg', kind: 'photo', extensions: ['jpg', 'jpeg', 'jfif'], label: 'JPEG 图片', family: 'picture' },
  { mime: 'image/png', kind: 'photo', extensions: ['png'], label: 'PNG 图片', family: 'picture' },
  { mime: 'image/webp', kind: 'photo', extensions: ['webp'], label: 'WebP 图片', family: 'picture' },
  { mime: 'image/heic', kind: 'photo', extensions: ['heic', 'heif'], label: 'HEIC 图片', family: 'picture' },
  { mime: 'application/pdf', kind: 'document', extensions: ['pdf'], label: 'PDF 文件' },
  {
    mime: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    kind: 'document',
    extensions: ['docx'],
    label: 'Word 文档（docx）',
  },
  {
    mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    kind: 'document',
    extensions: ['xlsx'],
    label: 'Excel 表格（xlsx）',
  },
  { mime: 'application/msword', kind: 'document', extensions: ['doc'], label: 'Word 文档（doc）' },
  { mime: 'application/vnd.ms-excel', kind: 'document', extensions: ['xls'], label: 'Excel 表格（xls）' },
  { mime: 'text/plain', kind: 'document', extensions: ['txt'], label: '文本文件' },
  { mime: 'text/csv', kind: 'document', extensions: ['csv'], label: 'CSV 表格' },
  { mime: 'video/mp4', kind: 'video', extensions: ['mp4', 'm4v'], label: 'MP4 视频', family: 'isoMedia' },
  { mime: 'video/quicktime', kind: 'video', extensions: ['mov'], label: 'MOV 视频', family: 'isoMedia' },
  { mime: 'audio/mp4', kind: 'audio', extensions: ['m4a'], label: 'M4A 录音', family: 'isoMedia' },
  { mime: 'audio/mpeg', kind: 'audio', extensions: ['mp3'], label: 'MP3 录音' },
  { mime: 'audio/amr', kind: 'audio', extensions: ['amr'], label: 'AMR 录音' },
] as const satisfies readonly FileType[]

/** Other names of the same types, as detectors and browsers give them. */
const synonyms: Readonly<Record<string, string>> = {
  'image/jpg': 'image/jpeg',
  'image/pjpeg': 'image/jpeg',
  'image/heif': 'image/heic',
  'audio/x-m4a': 'audio/mp4',
  'audio/m4a': 'audio/mp4',
  'audio/mp3': 'audio/mpeg',
  'video/x-m4v': 'video/mp4',
}

/** What to do with the files people have but the platform does not take. */
export const remediesByExtension: Readonly<Record<string, string>> = {
  et: '请用 WPS 另存为 .xlsx 后上传',
  ett: '请用 WPS 另存为 .xlsx 后上传',
  wps: '请用 WPS 另存为 .docx 后上传',
  wpt: '请用 WPS 另存为 .docx 后上传',
  ofd: '请导出为 .pdf 后上传',
  ppt: '请另存为 .pdf 后上传',
  pptx: '请另存为 .pdf 后上传',
  dps: '请另存为 .pdf 后上传',
  rtf: '请另存为 .docx 后上传',
  xlsm: '请另存为不带宏的 .xlsx 后上传',
  docm: '请另存为不带宏的 .docx 后上传',
  zip: '请解压后逐个上传',
  rar: '请解压后逐个上传',
  '7z': '请解压后逐个上传',
  gif: '请另存为 .jpg 或 .png 后上传',
  bmp: '请另存为 .jpg 或 .png 后上传',
  tif: '请另存为 .jpg 或 .png 后上传',
  tiff: '请另存为 .jpg 或 .png 后上传',
  apng: '请另存为普通的 .png 后上传',
  svg: '请另存为 .png 后上传',
  dwg: '请打印成 .pdf 后上传',
  avi: '请转成 .mp4 后上传',
  '3gp': '请转成 .mp4 后上传',
  wav: '请转成 .mp3 后上传',
  htm: '请打印成 .pdf 后上传',
  html: '请打印成 .pdf 后上传',
}

export const acceptedRemedy =
  '可以上传：照片 jpg、png、webp、heic；文件 pdf、docx、xlsx、doc、xls、txt、csv；视频 mp4、mov；录音 m4a、mp3、amr'

const all: readonly FileType[] = fileTypes

export const typeOfMime = (mime: string): FileType | undefined => {
  const plain = mime.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  const name = synonyms[plain] ?? plain
  return all.find((type) => type.mime === name)
}

export const typeOfExtension = (extension: string): FileType | undefined =>
  all.find((type) => type.extensions.includes(extension))

/** '' when the name has none. Both kinds of path separator are passed over: old browsers send whole paths. */
export const extensionOf = (fileName: string): string =>
  /[^./\\]\.([^./\\]+)$/.exec(fileName.trim())?.[1]?.toLowerCase() ?? ''
