import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import type { Manifest } from '#server/platform/backup/manifest.ts'
import { businessDate, businessTime } from '#server/platform/clock.ts'
import { type DataOptions, dataFolderOf, withDataFolder } from './dataFolder.ts'
import { exitCode, Failed } from './failure.ts'
import { type CommonOptions, leaf } from './leaf.ts'
import { progressLine } from './progressLine.ts'
import { answer, answerJson, say } from './say.ts'

const targetOf = (given: string, now: Date): string => {
  const path = resolve(given)
  const folder = existsSync(path) && statSync(path).isDirectory()
  const target = folder ? join(path, `bihuan-${businessDate(now)}-${businessTime(now).replace(':', '')}.tar`) : path
  if (existsSync(target)) throw new Failed(`${target} 已经存在；换一个名字，或者先移走它`)
  return target
}

const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MB`

const rowsIn = ({ tables }: Manifest): number => tables.reduce((sum, { rows }) => sum + rows, 0)

export const describeContents = (made: Manifest): string =>
  `${made.tables.length} 张表 ${rowsIn(made)} 行，待办后台任务 ${made.jobs.rows} 个，文件 ${made.files.count} 个（${megabytes(made.files.bytes)}）`

/** Files that records name and that are not whole: told loudly, for the backup itself cannot mend them. */
export const describeLosses = ({ files }: Manifest): readonly string[] => [
  ...files.missing.map((sha256) => `  !! 文件 ${sha256} 有记录，但已经不在`),
  ...files.damaged.map((sha256) => `  !! 文件 ${sha256} 的内容已经损坏`),
]

/** What a backup of the records does not hold, on purpose: whoever has the backup must not be able to sign. */
export const describeLeftOut = (keys: string, secondFolder: string): readonly string[] => [
  '备份里没有存证的密钥和第二存放处，请另行保管，恢复时放回原处：',
  `  存证密钥 ${keys}（丢了不丢数据，但存证要另起一套）`,
  `  第二存放处 ${secondFolder}（备份以后办理的事从这里补回）`,
]

export const addBackup = (program: Command): void => {
  withDataFolder(
    leaf(program, {
      name: 'backup',
      summary: '把数据和文件备份成一个 tar 文件；系统运行时也可以做',
      examples: ['bihuan backup /mnt/备份盘', 'bihuan backup 备份.tar --data /srv/bihuan --json'],
      failedMeans: '没有备份成；或者备份成了，但有记录的文件缺失、损坏，已列出',
    }),
  )
    .argument('<目标>', '要写的 .tar 文件，或者放它的文件夹；含个人信息，请妥善保管')
    .action(async (given: string, options: DataOptions & CommonOptions) => {
      const [{ backUp }, { createFileStore }, { version }, { asOwner }, { keyFile }, { secondFolderOf }] =
        await Promise.all([
          import('#server/platform/backup/backup.ts'),
          import('#server/platform/files/fileStore.ts'),
          import('#server/open.ts'),
          import('./withDatabase.ts'),
          import('#server/ledger/keys.ts'),
          import('#server/ledger/secondFolder.ts'),
        ])
      const now = new Date()
      const target = targetOf(given, now)
      const dataDir = dataFolderOf(options)
      const progress = progressLine()
      const made = await asOwner(dataDir, async ({ adminUrl }) =>
        backUp({ adminUrl, files: await createFileStore(dataDir), target, version, now, onProgress: progress.tell }),
      )
      progress.end()
      if (options.json) answerJson({ target, bytes: statSync(target).size, ...made })
      else answer(`已备份到 ${target}（${megabytes(statSync(target).size)}）：${describeContents(made)}`)
      for (const line of describeLeftOut(keyFile(dataDir), secondFolderOf(dataDir))) say(line)
      const losses = describeLosses(made)
      for (const line of losses) say(line)
      if (losses.length > 0) process.exitCode = exitCode.failed
    })
}
