import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { LedgerReport, Repaired } from '#server/ledger/fsck/report.ts'
import { readCheckpoint } from '#translog/checkpoint.ts'
import { type DataOptions, dataFolderOf, withDataFolder } from '../dataFolder.ts'
import { exitCode, Failed, Misused } from '../failure.ts'
import { type CommonOptions, leaf } from '../leaf.ts'
import { progressLine } from '../progressLine.ts'
import { answer, answerJson, say } from '../say.ts'

type Options = DataOptions &
  CommonOptions & {
    readonly repair?: true
    readonly dryRun?: true
    readonly second?: string
    readonly checkpoint?: string
  }

type Asked = { readonly second?: string | undefined; readonly checkpoint?: string | undefined }

/** Never made anew: where a stick or share is not there, an empty folder in its place would pass for a log that was lost. */
const secondFolderIn = (asked: string | undefined, kept: string): string => {
  const folder = asked === undefined ? kept : resolve(asked)
  if (!existsSync(folder)) throw new Failed(`没有第二存放处 ${folder}；插好 U 盘、接好共享再运行，或者用 --second 指明`)
  return folder
}

const checkpointIn = (path: string): string => {
  const text = readFileSync(path, 'utf8')
  if (!readCheckpoint(text)) throw new Misused(`${path} 不是存证快照；整个文件原样取来，一个字也不能少`)
  return text
}

/** Opens what a check needs: the database as its owner, the second folder, the keys of this installation. */
const prepared = async <T>(
  dataDir: string,
  { second, checkpoint }: Asked,
  work: (ground: import('#server/ledger/fsck/repairLedger.ts').RepairOptions) => Promise<T>,
): Promise<T> => {
  const [{ createPool }, { secondFolderOf }, { openKeys }, { vkeysIn }, { capabilities }, { asOwner }] =
    await Promise.all([
      import('#server/platform/database/pool.ts'),
      import('#server/ledger/secondFolder.ts'),
      import('#server/ledger/keys.ts'),
      import('#server/ledger/fsck/keyRing.ts'),
      import('#server/open.ts'),
      import('../withDatabase.ts'),
    ])
  const progress = progressLine()
  return asOwner(dataDir, async ({ adminUrl }) => {
    const db = createPool(adminUrl, { max: 4, statementTimeout: 0, applicationName: 'bihuan-fsck' })
    try {
      return await work({
        db,
        home: { folder: secondFolderIn(second, secondFolderOf(dataDir)) },
        vkeyOf: vkeysIn(openKeys(dataDir)),
        ...(checkpoint !== undefined && { checkpoint: checkpointIn(checkpoint) }),
        readTables: { adminUrl, capabilities },
        onProgress: (what, done, of) => progress.tell(`${what} ${done} / ${of}`),
        adminUrl,
        capabilities,
        dataDir,
        now: new Date(),
      })
    } finally {
      progress.end()
      await db.end()
    }
  })
}

/** Checks, and keeps for the page of the log what was found. */
export const runFsck = async (dataDir: string, asked: Asked): Promise<LedgerReport> => {
  const [{ checkLedger }, { recordVerification }] = await Promise.all([
    import('#server/ledger/fsck/checkLedger.ts'),
    import('#server/ledger/verification.ts'),
  ])
  return prepared(dataDir, asked, async (ground) => {
    const report = await checkLedger(ground)
    const findings = report.findings.slice(0, 50).map(({ kind, message, remedy }) => ({ code: kind, message, remedy }))
    await recordVerification(ground.db, { source: 'fsck', log: report.log, size: report.size, findings }, ground.now)
    return report
  })
}

export const fsckText = ({ log, size, signed, checked, findings, sound }: LedgerReport): string =>
  [
    sound
      ? `✓ 第 ${log} 套存证 ${size} 条，两边对得上${signed ? `；签名的快照 ${signed.size} 条` : ''}`
      : `✗ 第 ${log} 套存证 ${size} 条，查出 ${findings.length} 处不符`,
    ...findings.map(({ message, remedy, repairable }) => `  ${message}。${repairable ? '可以修复' : remedy}`),
    `核对了 事件 ${checked.events}、存证 ${checked.entries}、校验值文件 ${checked.tiles}、快照 ${checked.checkpoints}、第二存放处文件 ${checked.files}；依法删除 ${checked.erased} 条`,
  ].join('\n')

const repairText = ({ steps, quarantined, readRows, after, applied, before }: Repaired): string =>
  [
    before.sound ? '没有要修的' : `查出 ${before.findings.length} 处，${applied ? '已做' : '将做'}：`,
    ...steps.map((step) => `  ${step}`),
    ...(quarantined > 0 ? [`移到隔离表 ${quarantined} 行，没有删除`] : []),
    ...(readRows > 0 ? [`数据表改正 ${readRows} 行`] : []),
    ...(after ? [fsckText(after)] : []),
  ].join('\n')

export const addFsck = (parent: Command): void => {
  withDataFolder(
    leaf(parent, {
      name: 'fsck',
      summary: '记录、存证、校验值、第二存放处两边对照，指名不符的；运行时也可以做。--repair 从核得上的一边恢复',
      examples: ['bihuan ledger fsck', 'bihuan ledger fsck --repair --dry-run', 'bihuan ledger fsck --repair --json'],
      failedMeans: '查出不符，已逐条说明；或者没有修好，数据库保持原样',
    }),
  )
    .option('--repair', '恢复被改、被删的；多出来的移到隔离表，不删除')
    .option('--dry-run', '与 --repair 同用：只说明要做什么，不改动')
    .option('--second <文件夹>', '第二存放处；不写时用登记的')
    .option('--checkpoint <文件>', '另外保存的快照（浏览器、联署方、存证单），一并作准')
    .action(async (options: Options) => {
      const dataDir = dataFolderOf(options)
      if (!options.repair) {
        const report = await runFsck(dataDir, options)
        if (options.json) answerJson(report)
        else answer(fsckText(report))
        if (report.sound) return
        say('加 --repair --dry-run 看能恢复哪些')
        process.exitCode = exitCode.failed
        return
      }
      const { repairLedger } = await import('#server/ledger/fsck/repairLedger.ts')
      const dry = options.dryRun === true
      const repaired = await prepared(dataDir, options, (ground) => repairLedger({ ...ground, dry }))
      if (options.json) answerJson(repaired)
      else answer(repairText(repaired))
      if (!(repaired.after ?? repaired.before).sound) process.exitCode = exitCode.failed
    })
}
