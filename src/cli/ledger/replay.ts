import type { Command } from 'commander'
import type { BroughtBack } from '#server/ledger/replay/bringBack.ts'
import { type DataOptions, dataFolderOf, withDataFolder } from '../dataFolder.ts'
import { exitCode } from '../failure.ts'
import { type CommonOptions, leaf } from '../leaf.ts'
import { progressLine } from '../progressLine.ts'
import { answer, answerJson, say } from '../say.ts'
import { tellBroughtBack } from './tellBroughtBack.ts'

type Options = DataOptions & CommonOptions & { readonly dryRun?: true }

const inJson = (done: BroughtBack): unknown => {
  if (done.kind !== 'refused') return done
  const { code, message, remedy, detail } = done.trouble
  return { kind: done.kind, code, message, remedy, ...(detail !== undefined && { detail }) }
}

export const addReplay = (parent: Command): void => {
  withDataFolder(
    leaf(parent, {
      name: 'replay',
      summary: '数据库是旧的时，从第二存放处补回缺少的记录；先停止程序。启动时也会自动做',
      examples: ['bihuan ledger replay --dry-run', 'bihuan ledger replay --data /srv/bihuan --json'],
      failedMeans: '补不回来，什么也没有写，原因已列出',
    }),
  )
    .option('--dry-run', '只试做并说明，不改动')
    .action(async (options: Options) => {
      const [{ bringBack }, { capabilities }, { asOwner }] = await Promise.all([
        import('#server/ledger/replay/bringBack.ts'),
        import('#server/open.ts'),
        import('../withDatabase.ts'),
      ])
      const dataDir = dataFolderOf(options)
      const progress = progressLine()
      const done = await asOwner(dataDir, ({ adminUrl }) =>
        bringBack({
          adminUrl,
          dataDir,
          capabilities,
          dryRun: options.dryRun === true,
          now: () => new Date(),
          onProgress: (count, of) => progress.tell(`补回 ${count} / ${of} 条`),
        }),
      )
      progress.end()
      const lines = tellBroughtBack(done)
      if (options.json) answerJson(inJson(done))
      else answer(lines.length > 0 ? lines.join('\n') : '没有要补回的：数据库不比第二存放处旧')
      if (done.kind !== 'refused') return
      if (options.json) for (const line of lines) say(line)
      process.exitCode = exitCode.failed
    })
}
