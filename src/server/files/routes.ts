import { createReadStream } from 'node:fs'
import type { FastifyRequest } from 'fastify'
import { putFile, readFile } from '#contract/file.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'
import { findFile, isKnownTenant, registerFile } from '#server/files/queries.ts'
import { readCaptured } from '#server/platform/files/captured.ts'
import { percentEncoded } from '#server/platform/http/attachment.ts'
import { guarded, type Mounted } from '#server/platform/http/mounted.ts'
import type { Platform } from '#server/platform/platform.ts'

const notFound: Outcome<never> = refuse({
  code: 'not-found',
  message: '没有这个文件，或者不在您的管辖范围',
  remedy: '刷新页面后再看',
})

const noFile: Outcome<never> = refuse({ code: 'invalid-input', message: '没有选择文件', remedy: '选择文件后再上传' })

/** A body that is no form at all is the sender's mistake; what carries a status of its own goes its way. */
const partOf = async (request: FastifyRequest) => {
  try {
    return await request.file()
  } catch (error) {
    if (error instanceof Error && 'statusCode' in error) throw error
    return undefined
  }
}

const readableName = (name: string): string => [...name.toWellFormed().replace(/\p{Cc}/gu, '')].slice(0, 200).join('')

/** Kept under its own name for the download, without what a header cannot carry. */
const disposition = (form: string, name: string): string =>
  `${form === 'original' ? 'attachment' : 'inline'}; filename*=UTF-8''${percentEncoded(name)}`

export const fileRoutes = (platform: Platform): readonly Mounted[] => {
  const { read, files, published, pool, realClock } = platform
  return [
    guarded(putFile, async ({ caller, params, request }) => {
      if (!request.isMultipart()) return noFile
      const part = await partOf(request)
      if (!part) return noFile
      // Asked before a byte is stored: what nobody may keep here is not received.
      const known = await read(caller.actor, (scope) => isKnownTenant(scope, params.tenantId))
      if (!known) return notFound
      const stored = await files.put(part.file, {
        fileName: part.filename,
        mime: part.mimetype,
        wasCutOff: () => part.file.truncated,
      })
      if (!stored.ok) return stored
      const { sha256, size, mime, kind } = stored.value
      const captured = kind === 'photo' ? await readCaptured(files.pathOf(sha256)) : undefined
      const shown = {
        sha256,
        name: readableName(part.filename) || sha256,
        mime,
        kind,
        size,
        ...(captured?.capturedAt && { capturedAt: captured.capturedAt }),
      }
      const registered = await registerFile(
        pool,
        caller.actor,
        { ...shown, tenantId: params.tenantId },
        realClock.now(),
      )
      return registered === 'registered' ? ok(shown) : notFound
    }),
    guarded(readFile, async ({ caller, params, reply }) => {
      const meta = await read(caller.actor, (scope) => findFile(scope, params.tenantId, params.sha256))
      if (!meta) return notFound
      if (params.form === 'original') {
        const opened = await files.open(params.sha256)
        if (!opened) return notFound
        reply.header('content-type', meta.mime).header('content-length', opened.size)
        reply.header('content-disposition', disposition('original', meta.name))
        return ok(opened.stream)
      }
      const jpeg = await published.jpegOf(params.sha256, params.form)
      if (!jpeg.ok) return jpeg
      reply
        .header('content-type', 'image/jpeg')
        .header('content-disposition', disposition(params.form, `${meta.name}.jpg`))
      return ok(createReadStream(jpeg.value))
    }),
  ]
}
