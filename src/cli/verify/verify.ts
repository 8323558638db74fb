import type { Command } from 'commander'
import { readVkey } from '#translog/signedNote.ts'
import { type DataOptions, dataFolderOf, withDataFolder } from '../dataFolder.ts'
import { exitCode, Misused } from '../failure.ts'
import { type CommonOptions, leaf } from '../leaf.ts'
import { fsckText, runFsck } from '../ledger/fsck.ts'
import { progressLine } from '../progressLine.ts'
import { answer, answerJson } from '../say.ts'

type Options = DataOptions &
  CommonOptions & {
    readonly log?: string
    readonly database?: true
    readonly key?: string
    readonly witness: readonly string[]
    readonly quorum?: string
    readonly leaf?: string
  }

const ownKey = async (options: Options): Promise<string | undefined> => {
  const { openKeys } = await import('#server/ledger/keys.ts')
  const { signatoryFor } = await import('#server/ledger/identity.ts')
  const key = openKeys(dataFolderOf(options)).lastLogKey()
  return key && signatoryFor(key).signer.vkey
}

const keyFor = async (options: Options): Promise<string> => {
  const key = options.key ?? (await ownKey(options))
  if (key === undefined) throw new Misused('要用日志的公钥；写 --key 公钥（在存证核验页或者 bihuan ledger keys 里）')
  if (!readVkey(key)) throw new Misused('--key 后面的不是一把公钥；整行复制，不要换行')
  return key
}

const verifyBundles = async (paths: readonly string[], options: Options): Promise<boolean> => {
  const { bundleReportText, verifyBundleFile } = await import('./bundle.ts')
  const trust = {
    log: await keyFor(options),
    witnesses: options.witness,
    quorum: options.quorum === undefined ? options.witness.length : Number(options.quorum),
  }
  const reports = []
  for (const path of paths) reports.push(await verifyBundleFile(path, trust, options.leaf))
  if (options.json) answerJson(reports)
  else answer(reports.map(bundleReportText).join('\n\n'))
  return reports.every(({ ok }) => ok)
}

const verifyFolder = async (folder: string, options: Options): Promise<boolean> => {
  const { verifyLogFolder } = await import('./logFolder.ts')
  const progress = progressLine()
  const report = verifyLogFolder(folder, await keyFor(options), (done, of) => progress.tell(`核对 ${done} / ${of} 条`))
  progress.end()
  if (options.json) answerJson(report)
  else if ('refused' in report) answer(`✗ ${report.refused}`)
  else
    answer(
      [
        report.sound
          ? `✓ ${report.origin}：${report.size} 条，一条不差；根 ${report.root}`
          : `✗ ${report.origin}：${report.size} 条，有 ${report.faults.length} 处不符`,
        ...report.faults.map(({ path, message }) => `  ${message}（${path}）`),
      ].join('\n'),
    )
  return 'sound' in report && report.sound
}

const verifyDatabase = async (options: Options): Promise<boolean> => {
  const report = await runFsck(dataFolderOf(options), {})
  if (options.json) answerJson(report)
  else answer(fsckText(report))
  return report.sound
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value]

export const addVerify = (program: Command): void => {
  withDataFolder(
    leaf(program, {
      name: 'verify',
      summary: '核验：一份存证文件、一个文件夹里的整套存证，或者数据库；不联网',
      examples: [
        'bihuan verify 证明.tlog-proof --key bihuan/…+…',
        'bihuan verify --log /mnt/usb/bihuan --key bihuan/…+…',
        'bihuan verify --database',
      ],
      failedMeans: '有不符的，已逐条说明是哪一条、哪个校验值',
    }),
  )
    .argument('[存证文件...]', '下载的 .tlog-proof')
    .option('--log <文件夹>', '整套存证的文件夹（第二存放处，或者从 /log 下载的）')
    .option('--database', '数据库里的记录与存证两边对照')
    .option('--key <公钥>', '日志的公钥；不写时用数据文件夹里的')
    .option('--witness <公钥>', '联署方的公钥，可以写几次', collect, [])
    .option('--quorum <个数>', '至少要几个联署方签过；不写时要全部')
    .option('--leaf <校验值>', '回执或者存证单上印的存证编号，一并核对')
    .action(async (paths: readonly string[], options: Options) => {
      const asked = [paths.length > 0, options.log !== undefined, options.database === true].filter(Boolean).length
      if (asked !== 1) throw new Misused('写明核验什么：存证文件、--log 文件夹、--database，三样里的一样')
      const sound =
        options.log !== undefined
          ? await verifyFolder(options.log, options)
          : options.database
            ? await verifyDatabase(options)
            : await verifyBundles(paths, options)
      if (!sound) process.exitCode = exitCode.failed
    })
}
