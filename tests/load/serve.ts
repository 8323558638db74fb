import pino from 'pino'
import { openPlatform } from '#server/open.ts'
import { resolveDatabase } from '#server/platform/database/connect.ts'
import { createWeb } from '#server/web.ts'

/** What the program tells whoever started it, once it answers. */
export type Ready = { readonly port: number; readonly adminUrl: string; readonly appUrl: string }

/**
 * The server as a program of its own, on its own embedded database with the settings that are shipped:
 * `serve.ts <data folder> <port> <log file> <setup code>`. It ends when whoever started it is gone.
 */
const [dataDir, port, logFile, setupCode] = process.argv.slice(2)
if (!dataDir || !port || !logFile || !setupCode)
  throw new Error('serve.ts <data folder> <port> <log file> <setup code>')

const log = pino({ level: 'info' }, pino.destination({ dest: logFile, sync: true }))
const database = await resolveDatabase({ env: {}, dataDir, log, onLost: () => process.exit(1) })
const platform = await openPlatform({ database, dataDir, log })
const app = await createWeb(platform, { log, demoAccounts: [], setupCode })
await app.listen({ host: '127.0.0.1', port: Number(port) })

const stop = async (): Promise<void> => {
  await app.close()
  await platform.close()
  await database.stop()
  process.exit(0)
}
process.once('SIGTERM', stop)
process.once('disconnect', stop)

const address = app.server.address()
if (address === null || typeof address === 'string' || database.adminUrl === undefined) throw new Error('no port')
process.send?.({ port: address.port, adminUrl: database.adminUrl, appUrl: database.appUrl } satisfies Ready)
