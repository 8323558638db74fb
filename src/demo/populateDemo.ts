import { demoAccounts } from '#demo/accounts.ts'
import { boardsShown } from '#demo/board.ts'
import { demoId } from '#demo/demoId.ts'
import { changesOfMines, foundation } from '#demo/foundation.ts'
import { handovers } from '#demo/handover.ts'
import { demoInstallation } from '#demo/installation.ts'
import { daysAtMines } from '#demo/mineRecords.ts'
import { cityCode } from '#demo/organisations.ts'
import { exposuresOf, inOrder, perform } from '#demo/performed.ts'
import { takePictures } from '#demo/photographs/photograph.ts'
import { accountOf, postOf } from '#demo/posts.ts'
import { selfChecks } from '#demo/selfChecks.ts'
import type { SettableClock } from '#demo/settableClock.ts'
import { enact, mustBe } from '#demo/stage.ts'
import { stories } from '#demo/stories.ts'
import { setCredentialsOf } from '#server/accounts/credentials.ts'
import { setupActor } from '#server/accounts/setUp.ts'
import type { Platform } from '#server/platform/platform.ts'

const openAccounts = async (platform: Platform): Promise<void> => {
  await Promise.all(
    demoAccounts.map(async ({ login, password, post }) => {
      const credentials = {
        tenantId: demoId(postOf(post).home),
        accountId: accountOf(post),
        login,
        password,
        commandId: demoId(`credentials/${login}`),
      }
      mustBe(`account ${login}`, await setCredentialsOf(platform, setupActor(cityCode), credentials))
    }),
  )
}

/**
 * The demo district up to 2023-09-15 09:00, through commands alone, each received at the moment it happened. Run again
 * after an interruption it goes on where it stopped: every command has its fixed id and lands once. Leaves the clock
 * where the demo stands.
 */
export const populateDemo = async (platform: Platform, clock: SettableClock): Promise<void> => {
  if (!platform.demo) throw new Error('demo: this installation is not a demo; nothing was written')
  const performances = inOrder(stories)
  const pictures = takePictures(exposuresOf(performances))
  for (const act of foundation) await enact(platform, clock, act)
  await openAccounts(platform)
  const happened = [
    ...daysAtMines.map((act) => ({ at: act.at, run: () => enact(platform, clock, act) })),
    ...changesOfMines.map((act) => ({ at: act.at, run: () => enact(platform, clock, act) })),
    ...boardsShown(platform, clock),
    ...handovers(platform, clock),
    ...selfChecks(platform, clock),
    ...performances.map((performed) => ({
      at: performed.at,
      run: async () => perform(platform, clock, performed, await pictures),
    })),
  ].sort((a, b) => a.at.localeCompare(b.at))
  for (const { run } of happened) await run()
  clock.set(demoInstallation.clock)
}
