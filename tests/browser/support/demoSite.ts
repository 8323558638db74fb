import { inject } from 'vitest'
import { openSite, type Site } from '#tests/browser/support/site.ts'
import { asOwner } from '#tests/support/database.ts'
import { openDemo } from '#tests/support/demo.ts'
import { ensureWebBuild } from '../../../bin/bare/webBuild.mjs'

/** Test files run side by side: the first builds the pages from the sources as they are, the others wait for it. */
const buildOnce = (): Promise<void> =>
  asOwner(inject('databaseServer'), async (client) => {
    await client.query(`select pg_advisory_lock(hashtext('bihuan web build'))`)
    await ensureWebBuild(process.execPath)
  })

/** A demo district of the file's own. Close it when the file ends. */
export const openDemoSite = async (): Promise<Site> => {
  await buildOnce()
  const demo = await openDemo()
  const site = await openSite(demo.platform)
  return {
    ...site,
    close: async () => {
      await site.close()
      await demo.close()
    },
  }
}
