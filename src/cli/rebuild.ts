import type { Command } from 'commander'
import type { Rebuilt } from '#server/platform/rebuild/rebuild.ts'
import { type DataOptions, dataFolderOf, withDataFolder } from './dataFolder.ts'
import { exitCode } from './failure.ts'
import { type CommonOptions, leaf } from './leaf.ts'
import { progressLine } from './progressLine.ts'
import { answer, answerJson, say } from './say.ts'

type Options = DataOptions & CommonOptions & { readonly dryRun?: true }

/** What was found, table by table; rows that differ are named so that someone can look into why. */
export const describeRebuilt = ({ streams, tables, recounted, differences, applied }: Rebuilt): string => {
  const lines = tables.flatMap(({ table, rows, missing, extra, different, ...keys }) => [
    `${table}：${rows} 行，缺 ${missing}，多 ${extra}，不同 ${different}`,
    ...keys.missingKeys.map(({ tenantId, id }) => `  缺　 ${id}（单位 ${tenantId}）`),
    ...keys.extraKeys.map(({ tenantId, id }) => `  多　 ${id}（单位 ${tenantId}）`),
    ...keys.differentKeys.map(({ tenantId, id, columns }) => `  不同 ${id}（单位 ${tenantId}）：${columns.join('、')}`),
  ])
  const end =
    differences === 0
      ? `${streams} 条流重放完毕，与数据表完全一致`
      : `${streams} 条流重放完毕，${differences} 行与事件不符，${applied ? '已改正' : '没有改动'}`
  if (recounted > 0) lines.push(`由隐患数出来的合计和待办：${recounted} 行与重新数的不同`)
  return [...lines, end].join('\n')
}

export const addRebuild = (program: Command): void => {
  withDataFolder(
    leaf(program, {
      name: 'rebuild',
      summary: '按事件重算所有数据表，指出并改正不符的行；系统运行时也可以做',
      examples: ['bihuan rebuild --dry-run', 'bihuan rebuild --data /srv/bihuan --json'],
      failedMeans: '没有做完，数据表保持原样；或者 --dry-run 发现不符',
    }),
  )
    .option('--dry-run', '只检查，不改动')
    .action(async (options: Options) => {
      const [{ rebuild }, { capabilities }, { asOwner }] = await Promise.all([
        import('#server/platform/rebuild/rebuild.ts'),
        import('#server/open.ts'),
        import('./withDatabase.ts'),
      ])
      const dryRun = options.dryRun === true
      const progress = progressLine()
      const onProgress = (done: number, of: number) => progress.tell(`重放 ${done} / ${of} 条流`)
      const rebuilt = await asOwner(dataFolderOf(options), ({ adminUrl }) =>
        rebuild({ adminUrl, capabilities, dryRun, onProgress }),
      )
      progress.end()
      if (options.json) answerJson(rebuilt)
      else answer(describeRebuilt(rebuilt))
      if (dryRun && rebuilt.differences > 0) {
        say('去掉 --dry-run 再运行一次就会改正')
        process.exitCode = exitCode.failed
      }
    })
}
