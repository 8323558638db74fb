import type { Command } from 'commander'
import type { WitnessedLog } from '#server/ledger/witness/witnessedLogs.ts'
import { type DataOptions, withDataFolder } from '../../dataFolder.ts'
import { type CommonOptions, leaf } from '../../leaf.ts'
import { answer, answerJson, say } from '../../say.ts'
import { granted } from '../granted.ts'
import { withLedger } from '../withLedger.ts'

type Options = DataOptions & CommonOptions

const server = () => import('#server/ledger/witness/witnessedLogs.ts')

const describe = ({ origin, size, cosignedAt }: WitnessedLog): string =>
  size === null
    ? `${origin}　还没有联署过`
    : `${origin}　联署到 ${size} 条${cosignedAt === null ? '' : `（${cosignedAt.toISOString()}）`}`

const addAdd = (parent: Command): void => {
  withDataFolder(
    leaf(parent, {
      name: 'add',
      summary: '登记一份存证，由我们给它的快照联署',
      examples: ['bihuan ledger witness-for add bihuan/0f1e2d3c4b5a/1+9a8b7c6d+AT…'],
      failedMeans: '没有登记，原因已说明',
    }),
  )
    .argument('<存证公钥>', '对方 bihuan ledger keys 显示的“存证公钥”那一行')
    .action(async (vkey: string, options: Options) => {
      const { addWitnessed } = await server()
      const { fingerprintOf } = await import('#translog/trust.ts')
      const added = await withLedger(options, async ({ pool }) => granted(await addWitnessed(pool, vkey, new Date())))
      if (options.json) return answerJson({ ...added, fingerprint: fingerprintOf(vkey) })
      answer(`已登记，今后给它联署：${describe(added)}\n指纹 ${fingerprintOf(vkey)}，请打电话与对方核对`)
    })
}

const addList = (parent: Command): void => {
  withDataFolder(
    leaf(parent, {
      name: 'list',
      summary: '列出我们给谁联署、联署到哪里',
      examples: ['bihuan ledger witness-for list'],
    }),
  ).action(async (options: Options) => {
    const { listWitnessed } = await server()
    const found = await withLedger(options, ({ pool }) => listWitnessed(pool))
    if (options.json) return answerJson(found)
    answer(found.length === 0 ? '还没有给谁联署' : found.map(describe).join('\n'))
  })
}

const addRemove = (parent: Command): void => {
  withDataFolder(
    leaf(parent, {
      name: 'remove',
      summary: '不再给这份存证联署，并忘掉联署到哪里；最后联署的那一份打印出来，请留底',
      examples: ['bihuan ledger witness-for remove bihuan/0f1e2d3c4b5a/1 > 留底.txt'],
      failedMeans: '没有登记过这份存证',
    }),
  )
    .argument('<名称>', '存证的名称')
    .action(async (origin: string, options: Options) => {
      const { removeWitnessed } = await server()
      const gone = await withLedger(options, async ({ pool }) => granted(await removeWitnessed(pool, origin)))
      say(`已撤下 ${describe(gone)}；以后再登记，就从头记起，分不出它有没有退回过`)
      if (options.json) answerJson(gone)
      else if (gone.note !== null) answer(gone.note.trimEnd())
    })
}

export const addWitnessFor = (parent: Command): void => {
  const group = parent.command('witness-for').description('我们给谁联署')
  addAdd(group)
  addList(group)
  addRemove(group)
}
