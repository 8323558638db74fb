import { v5 as uuidv5 } from 'uuid'
import { boardActNames, boardActs, boardState, decideBoard, isBoardAct } from '#domain/board/record.ts'
import { ok, refuse } from '#domain/refusal.ts'
import type { Capability } from '#server/platform/stream.ts'
import { validated } from '#server/platform/validated.ts'

/** A mine has one board, and so one stream of it. */
export const boardStream = (mineId: string): string => uuidv5('board', mineId)

const nameOf = (act: string): string => act.replace(/^board\./, '')

export const boardCapability: Capability = {
  kind: 'board',
  acts: boardActNames.map((act) => `board.${act}`),
  tables: ['read.board'],
  validate: (act, body) => {
    const name = nameOf(act)
    return isBoardAct(name)
      ? validated(boardActs[name], body)
      : refuse({ code: 'unknown-act', message: `没有“${act}”这个办理事项`, remedy: '刷新页面后重试' })
  },
  // The mine itself: no board where no mine is registered.
  reads: ({ tenantId }) => [{ kind: 'mine', tenantId, streamId: tenantId }],
  filesNamed: ({ act, body }) => (act === 'board.post' ? boardActs.post.parse(body).photos : []),
  series: () => undefined,
  divisionOf: () => undefined,
  decide: (events, command, { others, storedFiles, actor, tenantId }) => {
    const name = nameOf(command.act)
    if (!isBoardAct(name) || !others.has(tenantId))
      return refuse({ code: 'not-found', message: '没有这座矿，或者不在您的管辖范围', remedy: '从名录中选择' })
    const decided = decideBoard(events, name, command.body)
    if (!decided.ok) return decided
    if (name !== 'post') return ok({ events: [decided.value] })
    const { hazards, where, photos, on } = boardActs.post.parse(command.body)
    const absent = photos.filter((sha256) => !storedFiles.has(sha256))
    if (absent.length > 0)
      return refuse({
        code: 'file-not-uploaded',
        message: `有 ${absent.length} 张照片还没有传到服务器`,
        remedy: '等照片传完再办理，或者删去后重新选择',
        details: { absent },
      })
    return ok({
      events: [decided.value],
      effects: [
        { queue: 'board.recordPosting', data: { tenantId, hazards, where, photos, on, actor } },
        ...(photos.length > 0 ? [{ queue: 'file.publish', data: { files: photos } }] : []),
      ],
    })
  },
  rows: (events) => {
    const { printed, posted, published } = boardState(events)
    return [
      {
        table: 'read.board',
        row: {
          printed_on: printed?.on ?? null,
          printed_digest: printed?.digest ?? null,
          posted_on: posted?.on ?? null,
          published: published !== undefined,
          reference: published?.reference ?? null,
          doc: { printed, posted, published },
        },
      },
    ]
  },
}
