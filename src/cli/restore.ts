import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { describeContents, describeLosses } from './backup.ts'
import { type DataOptions, dataFolderOf, withDataFolder } from './dataFolder.ts'
import { exitCode, Failed } from './failure.ts'
import { type CommonOptions, leaf } from './leaf.ts'
import { progressLine } from './progressLine.ts'
import { describeRebuilt } from './rebuild.ts'
import { answer, answerJson, say } from './say.ts'

const load = async () => {
  const [{ restore }, { inspect }, { rebuild }, { createFileStore }, { capabilities }, { resolveDatabase }, pino] =
    await Promise.all([
      import('#server/platform/restore/restore.ts'),
      import('#server/platform/restore/inspect.ts'),
      import('#server/platform/rebuild/rebuild.ts'),
      import('#server/platform/files/fileStore.ts'),
      import('#server/open.ts'),
      import('#server/platform/database/connect.ts'),
      import('pino'),
    ])
  return { restore, inspect, rebuild, createFileStore, capabilities, resolveDatabase, pino: pino.default }
}

const run = async (source: string, dataDir: string, tell: (what: string) => void) => {
  const house = await load()
  // Before a folder or a database is touched.
  tell('核对备份')
  const inspected = await house.inspect(source)
  const log = house.pino({ level: 'silent' })
  // Not through a running program: what is restored must be empty, and nobody at work in it.
  const database = await house.resolveDatabase({ env: process.env, dataDir, log })
  try {
    const { adminUrl } = database
    if (adminUrl === undefined) throw new Failed('恢复要用数据库的所有者账号；请设置 DATABASE_ADMIN_URL 后再运行')
    const files = await house.createFileStore(dataDir)
    await house.restore({ adminUrl, files, source, inspected, log, onProgress: tell })
    tell('与事件核对')
    const checked = await house.rebuild({ adminUrl, capabilities: house.capabilities, dryRun: true })
    return { made: inspected, checked }
  } finally {
    await database.stop()
  }
}

export const addRestore = (program: Command): void => {
  withDataFolder(
    leaf(program, {
      name: 'restore',
      summary: '把备份恢复到空的数据文件夹或空的数据库，逐项核对',
      examples: ['bihuan restore 备份.tar --data /srv/bihuan-new', 'bihuan restore 备份.tar --json'],
      failedMeans: '没有恢复，原有数据没有动；或者恢复后与事件核对有不符，已列出',
    }),
  )
    .argument('<备份>', 'bihuan backup 写的 .tar 文件')
    .action(async (given: string, options: DataOptions & CommonOptions) => {
      const source = resolve(given)
      const dataDir = dataFolderOf(options)
      if (!existsSync(source)) throw new Failed(`没有 ${source} 这个文件；请核对路径`)
      const progress = progressLine()
      const { made, checked } = await run(source, dataDir, progress.tell)
      progress.end()
      if (options.json) answerJson({ dataDir, made, checked })
      else answer(`已恢复到 ${dataDir}：${describeContents(made)}\n${describeRebuilt(checked)}`)
      for (const line of describeLosses(made)) say(line)
      say('启动以前，把存证密钥（ledger/keys.json）放回这个数据文件夹，接好第二存放处（bihuan serve --second）：')
      say('  备份以后办理的事，启动时从第二存放处逐条核对、补回；没有第二存放处的，存证另起一套')
      if (checked.differences === 0) return
      say('运行 bihuan rebuild 按事件改正')
      process.exitCode = exitCode.failed
    })
}
