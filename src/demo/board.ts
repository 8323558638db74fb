import { actorOf } from '#demo/actors.ts'
import { demoId } from '#demo/demoId.ts'
import type { SettableClock } from '#demo/settableClock.ts'
import { enact } from '#demo/stage.ts'
import { boardStream } from '#server/board/commands.ts'
import { asPrinted, bodyBefore, standingBoard } from '#server/board/queries.ts'
import { businessDate } from '#server/platform/clock.ts'
import type { Platform } from '#server/platform/platform.ts'

/** The mine whose board hangs at the gate and stands on the web. */
const shown = 'F04'
const mineId = demoId(shown)

const act = (name: string, at: string, by: string, of: string, body: Record<string, unknown>) => ({
  name: `board/${shown}/${name}`,
  at,
  actor: actorOf(by),
  tenant: shown,
  stream: boardStream(mineId),
  act: `board.${of}`,
  body,
})

/** What is printed is what stands there on the day; begun again, what was printed stays what it was. */
const printed = async (platform: Platform, clock: SettableClock, at: string): Promise<Record<string, unknown>> => {
  const actor = actorOf('F04/安全员')
  const before = await platform.read(actor, (scope) =>
    bodyBefore(scope, mineId, demoId(`command/board/${shown}/print`)),
  )
  if (typeof before === 'object' && before !== null) return { ...before }
  clock.set(at)
  const today = businessDate(clock.now())
  const board = await standingBoard(platform, mineId, today)
  if (!board) throw new Error('demo: no mine, no board')
  return asPrinted(board, today)
}

const publishing = '2023-07-20T10:20:00+08:00'
const printing = '2023-09-15T08:40:00+08:00'

/** Printed by the mine on the morning of the demo; opened on the web by the bureau's section in July. */
export const boardsShown = (platform: Platform, clock: SettableClock) => [
  {
    at: publishing,
    run: () =>
      enact(
        platform,
        clock,
        act('publish', publishing, '局/三股股长', 'publish', {
          reference: '上应急公审〔2023〕4 号（演示）',
          note: '经审查，不涉及国家秘密、商业秘密和个人隐私',
        }),
      ),
  },
  {
    at: printing,
    run: async () =>
      enact(platform, clock, act('print', printing, 'F04/安全员', 'print', await printed(platform, clock, printing))),
  },
]
