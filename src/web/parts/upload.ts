import { type FileShown, fileShown, putFile } from '#contract/file.ts'
import { type Problem, problem } from '#contract/problem.ts'

export type Uploaded =
  | { readonly ok: true; readonly file: FileShown }
  | { readonly ok: false; readonly problem: Problem }

const broken: Problem = {
  type: 'about:blank',
  title: '没有传上去',
  status: 0,
  detail: '网络中断，文件没有传上去',
  code: 'unreachable',
  remedy: '检查网络后再传一次',
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * Sends one file before the record that names it is saved. XMLHttpRequest, because fetch tells nothing about how much
 * has gone out.
 * @param onProgress share sent, 0 to 1
 */
export const upload = (tenantId: string, file: File, onProgress: (share: number) => void): Promise<Uploaded> =>
  new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open(putFile.method, putFile.path.replace(':tenantId', encodeURIComponent(tenantId)))
    request.setRequestHeader('accept', 'application/json')
    request.upload.onprogress = ({ lengthComputable, loaded, total }) => lengthComputable && onProgress(loaded / total)
    request.onerror = () => resolve({ ok: false, problem: broken })
    request.onload = () => {
      const answered = parsed(request.responseText)
      const file = fileShown.safeParse(answered)
      if (request.status < 300 && file.success) return resolve({ ok: true, file: file.data })
      const told = problem.safeParse(answered)
      resolve({ ok: false, problem: told.success ? told.data : { ...broken, detail: `服务器回答 ${request.status}` } })
    }
    const form = new FormData()
    form.append('file', file)
    request.send(form)
  })
