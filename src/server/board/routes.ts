import { z } from 'zod'
import { postBoard, printBoard, publishBoard, readBoard, withdrawBoard } from '#contract/board.ts'
import type { Actor } from '#domain/access/actor.ts'
import { type BoardAct, boardActs } from '#domain/board/record.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'
import { boardStream } from '#server/board/commands.ts'
import {
  asPrinted,
  boardStanding,
  bodyBefore,
  isMine,
  type StandingBoard,
  standingBoard,
} from '#server/board/queries.ts'
import { businessDate } from '#server/platform/clock.ts'
import { guarded, type Mounted } from '#server/platform/http/mounted.ts'
import type { Platform } from '#server/platform/platform.ts'
import { shownReceipt } from '#server/platform/shownReceipt.ts'

const noMine: Outcome<never> = refuse({
  code: 'not-found',
  message: '没有这座矿，或者不在您的管辖范围',
  remedy: '从名录中选择',
})

const changed: Outcome<never> = refuse({
  code: 'board-changed',
  message: '您打开之后，公示牌的内容变了，没有印制',
  remedy: '看过新的内容再印制',
})

const record = z.record(z.string(), z.unknown())

export const boardRoutes = (platform: Platform): readonly Mounted[] => {
  const { read, execute, clock } = platform
  const today = () => businessDate(clock.now())

  const standing = async (actor: Actor, mineId: string): Promise<StandingBoard | undefined> =>
    (await read(actor, (scope) => isMine(scope, mineId))) ? standingBoard(platform, mineId, today()) : undefined

  /** A command that is sent again is carried on with what it was, whatever the board has become since. */
  const before = async (actor: Actor, mineId: string, commandId: string) => {
    const body = await read(actor, (scope) => bodyBefore(scope, mineId, commandId))
    return body === undefined ? undefined : record.parse(body)
  }

  const run = async (actor: Actor, mineId: string, id: string, act: BoardAct, body: Record<string, unknown>) =>
    shownReceipt(
      await execute(actor, { id, tenantId: mineId, streamId: boardStream(mineId), act: `board.${act}`, body }),
    )

  return [
    guarded(readBoard, async ({ caller, params }) => {
      const found = await standing(caller.actor, params.mineId)
      if (!found) return noMine
      const { printed, posted, published } = await read(caller.actor, (scope) => boardStanding(scope, params.mineId))
      return ok({
        board: { ...found.board, lines: [...found.board.lines] },
        digest: found.digest,
        streamId: boardStream(params.mineId),
        ...(printed && { printed: { on: printed.on, digest: printed.digest, version: printed.version } }),
        ...(posted && { posted }),
        ...(published && { published }),
      })
    }),
    guarded(printBoard, async ({ caller: { actor }, params: { mineId }, body }) => {
      const earlier = await before(actor, mineId, body.commandId)
      if (earlier) return run(actor, mineId, body.commandId, 'print', { ...earlier, digest: body.digest })
      const found = await standing(actor, mineId)
      if (!found) return noMine
      if (found.digest !== body.digest) return changed
      return run(actor, mineId, body.commandId, 'print', asPrinted(found, today()))
    }),
    guarded(postBoard, async ({ caller: { actor }, params: { mineId }, body: { commandId, where, photos = [] } }) => {
      const earlier = await before(actor, mineId, commandId)
      if (earlier) return run(actor, mineId, commandId, 'post', { ...earlier, where, photos })
      const found = await standing(actor, mineId)
      if (!found) return noMine
      // What hangs on the wall is what was printed: one found since is not on it.
      const { printed } = await read(actor, (scope) => boardStanding(scope, mineId))
      const hazards = (printed?.numbers ?? []).flatMap((number) => found.open.get(number) ?? [])
      return run(actor, mineId, commandId, 'post', { on: today(), where, photos, hazards })
    }),
    guarded(publishBoard, async ({ caller, params, body: { commandId, ...body } }) =>
      run(caller.actor, params.mineId, commandId, 'publish', boardActs.publish.parse(body)),
    ),
    guarded(withdrawBoard, async ({ caller, params, body: { commandId, ...body } }) =>
      run(caller.actor, params.mineId, commandId, 'withdraw', boardActs.withdraw.parse(body)),
    ),
  ]
}
