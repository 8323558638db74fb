import { inject } from 'vitest'
import { asOwner } from '#tests/support/database.ts'
import { ensureWebBuild } from '../../../bin/bare/webBuild.mjs'

/** Test files run side by side: the first builds the pages from the sources as they are, the others wait for it. */
export const buildOnce = (): Promise<void> =>
  asOwner(inject('databaseServer'), async (client) => {
    await client.query(`select pg_advisory_lock(hashtext('bihuan web build'))`)
    await ensureWebBuild(process.execPath)
  })
