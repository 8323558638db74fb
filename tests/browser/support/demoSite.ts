import { buildOnce } from '#tests/browser/support/builtPages.ts'
import { openSite, type Site } from '#tests/browser/support/site.ts'
import { openDemo } from '#tests/support/demo.ts'

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
