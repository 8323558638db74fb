import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'
import { validated } from '#server/platform/validated.ts'

const most = 20 * 1_048_576

const noFile: Outcome<never> = refuse({ code: 'invalid-input', message: '没有选择表格', remedy: '选择表格后再导入' })

const tooLarge: Outcome<never> = refuse({
  code: 'fileTooLarge',
  message: '表格超过 20 MB',
  remedy: '删去图片和没有用的表，或者分成几个文件导入',
})

const field = z.object({ value: z.string() })

const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export type Received<S> = { readonly bytes: Uint8Array; readonly fileName: string; readonly settings: S }

/** A workbook with its settings, kept in memory only: it may hold what must not be kept. */
export const receive = async <S extends z.ZodType>(
  request: FastifyRequest,
  schema: S,
): Promise<Outcome<Received<z.output<S>>>> => {
  if (!request.isMultipart()) return noFile
  const part = await request.file({ limits: { fileSize: most, fieldSize: 4 * 1_048_576 } }).catch((error: unknown) => {
    // A body that is no form at all is the sender's mistake; what carries a status of its own goes its way.
    if (error instanceof Error && 'statusCode' in error) throw error
    return undefined
  })
  if (!part) return noFile
  const chunks: Buffer[] = []
  for await (const chunk of part.file) chunks.push(chunk)
  if (part.file.truncated) return tooLarge
  const told = field.safeParse(part.fields.settings)
  const settings = validated(schema, told.success ? parsedJson(told.data.value) : undefined)
  if (!settings.ok) return settings
  return ok({ bytes: new Uint8Array(Buffer.concat(chunks)), fileName: part.filename, settings: settings.value })
}
