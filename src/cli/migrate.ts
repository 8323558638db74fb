import type { Command } from 'commander'
import { type DataOptions, dataFolderOf, withDataFolder } from './dataFolder.ts'
import { type CommonOptions, leaf } from './leaf.ts'
import { answerJson, say } from './say.ts'

export const addMigrate = (program: Command): void => {
  withDataFolder(
    leaf(program, {
      name: 'migrate',
      summary: '把数据库升级到本版程序；serve 启动时会自己做，已给 DATABASE_URL 的可以单独先做',
      examples: ['bihuan migrate', 'DATABASE_URL=… DATABASE_ADMIN_URL=… bihuan migrate'],
      failedMeans: '没有升级，数据库保持原样',
    }),
  ).action(async (options: DataOptions & CommonOptions) => {
    const [{ migrateDatabase, resolveDatabase }, { queues }, { default: pino }] = await Promise.all([
      import('#server/platform/database/connect.ts'),
      import('#server/platform/jobs.ts'),
      import('pino'),
    ])
    // A running program holds the folder: its tables are not changed under it.
    const dataDir = dataFolderOf(options)
    const database = await resolveDatabase({ env: process.env, dataDir, log: pino({ level: 'silent' }) })
    try {
      const { applied } = await migrateDatabase(database, { queues })
      say(applied.length > 0 ? `已升级：${applied.join('、')}` : '已经是最新，没有要做的')
      if (options.json) answerJson({ applied })
    } finally {
      await database.stop()
    }
  })
}
