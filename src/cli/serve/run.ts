import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { Rulebook } from '#rulebook/rulebook.ts'
import { bringBack } from '#server/ledger/replay/bringBack.ts'
import { keepSecondFolder } from '#server/ledger/secondFolder.ts'
import { capabilities, type OpenPlatform, openPlatform } from '#server/open.ts'
import { type Database, resolveDatabase } from '#server/platform/database/connect.ts'
import { messageOf } from '#server/platform/database/trouble.ts'
import { loadRulebook } from '#server/platform/rulebookFiles.ts'
import { createWeb } from '#server/web.ts'
import { forgetAddress, noteAddress } from '../dataFolder.ts'
import { Failed } from '../failure.ts'
import { tellBroughtBack } from '../ledger/tellBroughtBack.ts'
import { answer, say } from '../say.ts'
import { loadDemo } from './demo.ts'
import { listen } from './listen.ts'
import { openLog } from './log.ts'
import { prepareInstallation } from './prepareInstallation.ts'
import { drawSetupCode } from './setupCode.ts'
import { stopAsked } from './stopSignals.ts'
import { welcome } from './welcome.ts'

export type Asked = {
  readonly dataDir: string
  readonly demo: boolean
  readonly port: number
  readonly host: string
  readonly services: { readonly web: boolean; readonly worker: boolean }
  readonly secure: boolean
  /** The second folder of the log, where another is wanted from now on. */
  readonly second: string | undefined
  readonly json: boolean
  readonly verbose: boolean
}

type Running = { readonly database: Database; platform?: OpenPlatform; web?: FastifyInstance }

const lost = (error: unknown): void => {
  say(`!! 数据库没有恢复，程序停止：${messageOf(error)}`)
  say('!! 已经回执的办理都在数据文件夹里；请看 postgres.log，处理后重新启动')
  process.exit(1)
}

/** In this order: nothing new comes in, what is under way is finished, then the ground goes. */
const stop = async ({ database, platform, web }: Running): Promise<void> => {
  const late = setTimeout(() => web?.server.closeAllConnections(), 5_000)
  await web?.close()
  clearTimeout(late)
  await platform?.close()
  await database.stop()
}

/** An older database was put back: what the second folder has beyond it comes back before anybody works. */
const putBack = async ({ adminUrl }: Database, dataDir: string): Promise<void> => {
  if (adminUrl === undefined) return
  const done = await bringBack({
    adminUrl,
    dataDir,
    capabilities,
    now: () => new Date(),
    onBegin: (entries) => say(`数据库比第二存放处的存证旧，少 ${entries} 条；正在逐条核对、补回……`),
  })
  for (const line of tellBroughtBack(done)) say(line)
}

const start = async (asked: Asked, running: Running, log: Logger, rulebook: Rulebook): Promise<void> => {
  const { database } = running
  const { dataDir } = asked
  const installation = await prepareInstallation({ database, dataDir, log, wantsDemo: asked.demo })
  await putBack(database, dataDir)
  // Migrated just now: opening need not look again.
  const platform = await openPlatform({
    database: { ...database, adminUrl: undefined },
    dataDir,
    log,
    secure: asked.secure,
    work: asked.services.worker,
    rulebook,
  })
  running.platform = platform
  if (!asked.services.web) {
    say('后台任务已在运行；按 Ctrl-C 停止')
    if (asked.json) answer(JSON.stringify({ services: ['worker'] }))
    return
  }
  const demo = installation.demo ? await loadDemo() : undefined
  const setupCode = drawSetupCode()
  const web = await createWeb(platform, { log, setupCode, demoAccounts: demo?.demoAccounts ?? [] })
  running.web = web
  const url = await listen(web, asked)
  noteAddress(dataDir, url)
  await welcome({ platform, url, setupCode, accounts: demo?.demoAccounts ?? [], json: asked.json })
}

export const run = async (asked: Asked): Promise<void> => {
  say(`数据文件夹 ${asked.dataDir}`)
  const asks = stopAsked()
  const began = performance.now()
  say('规则库……')
  const parsed = await loadRulebook()
  if (!parsed.ok)
    throw new Failed(`规则库有 ${parsed.problems.length} 处错误；运行 bihuan rulebook check 看在哪里、怎么改`)
  const log = openLog(asked.dataDir, asked.verbose)
  if (asked.second !== undefined) keepSecondFolder(asked.dataDir, asked.second)
  say('数据库……')
  const database = await resolveDatabase({
    env: process.env,
    dataDir: asked.dataDir,
    log,
    onLost: lost,
  })
  const running: Running = { database }
  try {
    const starting = start(asked, running, log, parsed.rulebook).then(() => 'started' as const)
    // Ctrl-C while the demo is being made: the next start makes it anew, so there is nothing to wait for.
    starting.catch(() => undefined)
    const first = await Promise.race([starting, asks])
    if (first === 'started') {
      say(`已启动，用时 ${((performance.now() - began) / 1000).toFixed(1)} 秒；按 Ctrl-C 停止`)
      await asks
    }
    say('正在停止……')
  } finally {
    forgetAddress(asked.dataDir)
    await stop(running)
  }
  say('已停止，数据都已保存')
}
