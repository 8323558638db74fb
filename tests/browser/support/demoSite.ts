import { buildOnce } from '#tests/browser/support/builtPages.ts'
import { openSite, type Site } from '#tests/browser/support/site.ts'
import { type DemoOptions, openDemo } from '#tests/support/demo.ts'

/** A demo district of the file's own. Close it when the file ends. */
export const openDemoSite = async (options: DemoOptions = {}): Promise<Site & { readonly adminUrl: string }> => {
  await buildOnce()
  const demo = await openDemo(options)
  const site = await openSite(demo.platform)
  return {
    ...site,
    adminUrl: demo.adminUrl,
    close: async () => {
      await site.close()
      await demo.close()
    },
  }
}
