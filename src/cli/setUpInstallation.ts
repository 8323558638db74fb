import pino from 'pino'
import { firstSetup } from '#contract/session.ts'
import type { Outcome } from '#domain/refusal.ts'
import { type Setup, setUp } from '#server/accounts/setUp.ts'
import { openPlatform } from '#server/open.ts'
import { reachDatabase } from '#server/platform/database/attach.ts'
import { markInstallation } from '#server/platform/installation.ts'
import { validated } from '#server/platform/validated.ts'

const log = pino({ level: 'silent' })

/** The same first setup as on the web page, by whoever may read the data folder: no setup code is asked for. */
export const setUpInstallation = async (
  dataDir: string,
  given: Setup,
): Promise<Outcome<undefined> | 'alreadySetUp'> => {
  const checked = validated(firstSetup.body.omit({ code: true }), given)
  if (!checked.ok) return checked
  const ground = await reachDatabase({ env: process.env, dataDir, log })
  try {
    const platform = await openPlatform({ database: ground, dataDir, log, work: false })
    try {
      const { rows } = await platform.pool.query<{ some: boolean }>('select machinery.has_accounts() as some')
      if (rows[0]?.some) return 'alreadySetUp'
      if (ground.adminUrl !== undefined) await markInstallation(ground.adminUrl, { demo: false })
      return await setUp(platform, given)
    } finally {
      await platform.close()
    }
  } finally {
    await ground.stop()
  }
}
