import { actorOf } from '#demo/actors.ts'
import { demoId } from '#demo/demoId.ts'
import { personOf } from '#demo/posts.ts'
import type { SettableClock } from '#demo/settableClock.ts'
import { enact } from '#demo/stage.ts'
import { openItems } from '#server/handover/openItems.ts'
import type { Platform } from '#server/platform/platform.ts'

const giver = '局/监管员甲'
const stream = demoId(`handover/${giver}`)

const isGiven = (platform: Platform): Promise<boolean> =>
  platform.read(actorOf(giver), async ({ client }) => {
    const { rowCount } = await client.query('select from core.stream where tenant_id = $1 and stream_id = $2', [
      demoId('局'),
      stream,
    ])
    return rowCount === 1
  })

/** An officer goes on a course on Monday; who stands in for him has the list before him and has not taken it yet. */
export const handovers = (platform: Platform, clock: SettableClock) => [
  {
    at: '2023-09-14T09:20:00.000Z',
    run: async (): Promise<void> => {
      // Gone on with after an interruption, the list would be another by now.
      if (await isGiven(platform)) return
      const actor = actorOf(giver)
      const personId = personOf(giver)
      const open = await platform.read(actor, (scope) => openItems(scope, { actor, personId, today: '2023-09-14' }))
      await enact(platform, clock, {
        name: `handover/${giver}`,
        at: '2023-09-14T09:20:00.000Z',
        actor,
        tenant: '局',
        stream,
        act: 'handover.give',
        body: {
          to: personOf('局/监管员乙'),
          note: '9月18日起参加市里的培训，两周。挂牌督办的案卷在三股铁皮柜第二层。',
          ...open,
        },
      })
    },
  },
]
