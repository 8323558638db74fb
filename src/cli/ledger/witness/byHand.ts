import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { type DataOptions, withDataFolder } from '../../dataFolder.ts'
import { Failed, Misused } from '../../failure.ts'
import { type CommonOptions, leaf } from '../../leaf.ts'
import { answer, answerJson, say } from '../../say.ts'
import { granted } from '../granted.ts'
import { withLedger } from '../withLedger.ts'

type Options = DataOptions & CommonOptions

const oldIn = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined
  if (!/^(0|[1-9]\d{0,14})$/.test(text)) throw new Misused(`--old ${text} 不对；写对方说它联署到的条数`)
  return Number(text)
}

/** On a network without a way to the witness, three files go by USB stick or mail: this is the first. */
export const addRequest = (parent: Command): void => {
  withDataFolder(
    leaf(parent, {
      name: 'request',
      summary: '没有网络通到联署方时：写出请它联署的文件，用 U 盘或邮件送去',
      examples: [
        'bihuan ledger request bihuan/1a2b3c4d5e6f/witness > 请联署.txt',
        'bihuan ledger request bihuan/1a2b3c4d5e6f/witness --old 1200 > 请联署.txt',
      ],
      failedMeans: '没有登记这个联署方，或者还没有签过快照',
    }),
  )
    .argument('<名称>', '联署方的名称')
    .option('--old <条数>', '对方说它联署到多少条；不写时按我们收到的最后一份联署')
    .action(async (name: string, options: Options & { readonly old?: string }) => {
      const asked = oldIn(options.old)
      const [{ witnessNamed }, { lastSignedSize }, { submissionFor }] = await Promise.all([
        import('#server/ledger/witness/ourWitnesses.ts'),
        import('#server/ledger/witness/cosignatures.ts'),
        import('#server/ledger/witness/submissionFor.ts'),
      ])
      const written = await withLedger(options, async ({ pool, log }) => {
        const witness = granted(await witnessNamed(pool, name))
        const signed = await lastSignedSize(pool, log.number)
        if (!signed) throw new Failed('还没有签过快照；办过第一件事以后再来')
        if (asked !== undefined && asked > signed.size)
          throw new Failed(
            `对方联署到 ${asked} 条，我们只签到 ${signed.size} 条：存证被退回过，先运行 bihuan ledger fsck 查明`,
          )
        const known = (witness.size ?? 0) > signed.size ? 0 : (witness.size ?? 0)
        const oldSize = asked ?? known
        return { size: signed.size, oldSize, request: await submissionFor(pool, log.number, oldSize, signed) }
      })
      say(`请 ${name} 联署 ${written.size} 条的快照，从它联署过的 ${written.oldSize} 条接起`)
      if (options.json) answerJson(written)
      else answer(written.request.slice(0, -1))
    })
}

export const addCosign = (parent: Command): void => {
  withDataFolder(
    leaf(parent, {
      name: 'cosign',
      summary: '在联署方：核对送来的文件，接得上就联署，把结果写出来送回去',
      examples: ['bihuan ledger cosign 请联署.txt > 联署.txt'],
      failedMeans: '不联署，原因已说明',
    }),
  )
    .argument('<文件>', '对方 bihuan ledger request 写出的文件')
    .action(async (file: string, options: Options) => {
      const request = await readFile(file)
      const { cosignCheckpoint } = await import('#server/ledger/witness/cosignCheckpoint.ts')
      const { status, body, verdict } = await withLedger(options, ({ pool, keys, log }) =>
        cosignCheckpoint(
          {
            pool,
            witness: keys.witness,
            ownLog: log.number,
            log: { error: (_details: unknown, words?: string) => say(`!! ${words ?? ''}`) },
            now: () => new Date(),
          },
          request,
        ),
      )
      const words = body.trimEnd()
      if (verdict === 'forked') throw new Failed(`不联署：同样是 ${words} 条，它签了两个不同的根；两份快照已留底`)
      if (status === 409)
        throw new Failed(`不联署：这里联署到 ${words} 条；请对方运行 bihuan ledger request 名称 --old ${words} 再送来`)
      if (status !== 200) throw new Failed(`不联署：${words}`)
      if (options.json) answerJson({ lines: body })
      else answer(words)
    })
}

export const addAccept = (parent: Command): void => {
  withDataFolder(
    leaf(parent, {
      name: 'accept',
      summary: '收下联署方送回来的文件：核对是不是登记过的公钥签的，签的是哪一份快照',
      examples: ['bihuan ledger accept 联署.txt'],
      failedMeans: '没有收下，原因已说明',
    }),
  )
    .argument('<文件>', '联署方 bihuan ledger cosign 写出的文件')
    .action(async (file: string, options: Options) => {
      const text = await readFile(file, 'utf8')
      const { acceptLines } = await import('#server/ledger/witness/acceptLines.ts')
      const accepted = await withLedger(options, async ({ pool, log }) =>
        granted(await acceptLines(pool, log.number, text, new Date())),
      )
      if (options.json) return answerJson(accepted)
      answer(accepted.map(({ witness, size }) => `已收下 ${witness} 对 ${size} 条快照的联署`).join('\n'))
    })
}
