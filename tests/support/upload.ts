import { z } from 'zod'
import { type FileShown, fileShown } from '#contract/file.ts'
import type { Problem } from '#contract/problem.ts'
import { problem } from '#contract/problem.ts'
import type { Person } from '#tests/support/district.ts'

export type Uploaded = { readonly status: number; readonly file?: FileShown; readonly problem?: Problem }

/** Sends bytes as a browser's form does: one part `file` with a name and a claimed type. */
export const upload = async (
  baseUrl: string,
  { token }: Pick<Person, 'token'>,
  tenantId: string,
  bytes: Uint8Array,
  claim: { readonly name: string; readonly type: string },
): Promise<Uploaded> => {
  const form = new FormData()
  form.set('file', new File([new Uint8Array(bytes)], claim.name, { type: claim.type }))
  const response = await fetch(`${baseUrl}/api/tenants/${tenantId}/files`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: form,
  })
  const answered: unknown = await response.json()
  if (response.ok) return { status: response.status, file: fileShown.parse(answered) }
  return { status: response.status, problem: problem.parse(answered) }
}

/** Uploads and insists: the file's number for the record that will name it. */
export const uploaded = async (...given: Parameters<typeof upload>): Promise<string> => {
  const { file, problem: told } = await upload(...given)
  if (!file) throw new Error(`refused: ${JSON.stringify(told)}`)
  return z.string().length(64).parse(file.sha256)
}
