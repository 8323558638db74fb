import {
  type FolderFile,
  type FolderProgress,
  folderFile,
  folderProgress,
  makeFolder,
} from '#contract/inspectionFolder.ts'
import { type Problem, problem } from '#contract/problem.ts'
import { newCommandId, newId } from '#web/parts/commandId.ts'

export type FetchedFolder =
  | { readonly ok: true; readonly file: FolderFile; readonly pdf: Blob; readonly folderId: string }
  | { readonly ok: false; readonly problem: Problem }

const broken: Problem = {
  type: 'about:blank',
  title: '没有做成',
  status: 0,
  detail: '网络中断，档案袋没有传完',
  code: 'unreachable',
  remedy: '检查网络后再做一次',
}

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

const problemIn = (value: unknown): Problem | undefined => {
  const told = problem.safeParse(
    typeof value === 'object' && value !== null && 'problem' in value ? value.problem : value,
  )
  return told.success ? told.data : undefined
}

const lineEnd = 10

/** The folder as it is made: lines that say how far it is, then the file itself. */
export const fetchFolder = async (mineId: string, tell: (progress: FolderProgress) => void): Promise<FetchedFolder> => {
  const folderId = newId()
  const response = await fetch(`${makeFolder.path.replace(':mineId', mineId)}?progress=yes`, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json', accept: '*/*' },
    body: JSON.stringify({ commandId: newCommandId(), folderId }),
  }).catch(() => undefined)
  if (!response?.body) return { ok: false, problem: broken }
  if (!response.ok) return { ok: false, problem: problemIn(await response.json().catch(() => undefined)) ?? broken }
  const reader = response.body.getReader()
  let waiting = new Uint8Array(0)
  let file: FolderFile | undefined
  const pieces: Uint8Array<ArrayBuffer>[] = []
  for (;;) {
    const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }) as const)
    if (done || !value) break
    if (file) {
      pieces.push(new Uint8Array(value))
      continue
    }
    const all = new Uint8Array(waiting.length + value.length)
    all.set(waiting)
    all.set(value, waiting.length)
    waiting = all
    for (let end = waiting.indexOf(lineEnd); end >= 0 && !file; end = waiting.indexOf(lineEnd)) {
      const said = parsed(new TextDecoder().decode(waiting.subarray(0, end)))
      waiting = waiting.slice(end + 1)
      const refused = problemIn(said)
      if (refused) return { ok: false, problem: refused }
      const progress = folderProgress.safeParse(said)
      if (progress.success) tell(progress.data)
      const announced = folderFile.safeParse(said)
      if (announced.success) {
        file = announced.data
        pieces.push(waiting)
      }
    }
  }
  const pdf = new Blob(pieces, { type: 'application/pdf' })
  return file && pdf.size === file.bytes ? { ok: true, file, pdf, folderId } : { ok: false, problem: broken }
}
