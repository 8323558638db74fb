import { PassThrough } from 'node:stream'
import { type FolderFile, type FolderProgress, makeFolder } from '#contract/inspectionFolder.ts'
import { ok } from '#domain/refusal.ts'
import { makeInspectionFolder } from '#server/inspectionFolder/make.ts'
import { attachment } from '#server/platform/http/attachment.ts'
import { guarded, type Mounted } from '#server/platform/http/mounted.ts'
import type { Platform } from '#server/platform/platform.ts'
import { faultOf, problemOf } from '#server/platform/problems.ts'

export const inspectionFolderRoutes = (platform: Platform): readonly Mounted[] => [
  guarded(makeFolder, async ({ caller, params: { mineId }, query, body, request, reply }) => {
    const make = (tell: (progress: FolderProgress) => void) =>
      makeInspectionFolder(platform, caller.actor, { mineId, ...body, tell })
    if (query.progress === 'no') {
      const folder = await make(() => undefined)
      if (!folder.ok) return folder
      reply.header('content-type', 'application/pdf').header('content-disposition', attachment(folder.value.fileName))
      return ok(Buffer.from(folder.value.pdf))
    }
    const out = new PassThrough()
    const say = (line: object): void => void out.write(`${JSON.stringify(line)}\n`)
    // The head has gone out before the end is known: a refusal is the last line, as the problem it would have been.
    void make(say)
      .then((folder) => {
        if (!folder.ok) return void out.end(`${JSON.stringify({ problem: problemOf(folder.refusal) })}\n`)
        const { fileName, pdf, made } = folder.value
        const { sha256, pages, leftOut } = made
        say({ file: fileName, bytes: pdf.byteLength, sha256, pages, leftOut } satisfies FolderFile)
        out.end(pdf)
      })
      .catch((error: unknown) => {
        request.log.error({ err: error, requestId: request.id }, 'fault')
        out.end(`${JSON.stringify({ problem: faultOf(request.id) })}\n`)
      })
    // No type that is packed on the way: progress must arrive when it happens.
    reply.header('content-type', 'application/octet-stream')
    return ok(out)
  }),
]
