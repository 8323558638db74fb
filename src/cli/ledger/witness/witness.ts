import type { Command } from 'commander'
import type { OurWitness } from '#server/ledger/witness/ourWitnesses.ts'
import { type DataOptions, withDataFolder } from '../../dataFolder.ts'
import { Misused } from '../../failure.ts'
import { type CommonOptions, leaf } from '../../leaf.ts'
import { answer, answerJson, say } from '../../say.ts'
import { granted } from '../granted.ts'
import { withLedger } from '../withLedger.ts'

type Options = DataOptions & CommonOptions

const server = () => import('#server/ledger/witness/ourWitnesses.ts')

const describe = ({ name, url, size, trouble }: OurWitness): string =>
  [
    name,
    url ?? '没有地址，靠文件来回（bihuan ledger request、accept）',
    size === null ? '还没有联署过' : `联署到 ${size} 条`,
    ...(trouble === null ? [] : [`！${trouble}`]),
  ].join('　')

const addAdd = (parent: Command): void => {
  withDataFolder(
    leaf(parent, {
      name: 'add',
      summary: '登记一个联署方，由它给我们的快照联署；已登记的再写一次可以改地址',
      examples: ['bihuan ledger witness add bihuan/1a2b3c4d5e6f/witness+0a1b2c3d+BA… --url http://10.0.0.8:8600/log'],
      failedMeans: '没有登记，原因已说明',
    }),
  )
    .argument('<联署公钥>', '对方 bihuan ledger keys 显示的“联署公钥”那一行')
    .option('--url <网址>', '对方的联署地址，以 /log 结尾；不写时靠文件来回')
    .action(async (vkey: string, options: Options & { readonly url?: string }) => {
      const { addWitness } = await server()
      const { fingerprintOf } = await import('#translog/trust.ts')
      const added = await withLedger(options, async ({ pool, keys }) =>
        granted(await addWitness(pool, { vkey, url: options.url, ownWitnessName: keys.witness.name }, new Date())),
      )
      if (options.json) return answerJson({ ...added, fingerprint: fingerprintOf(vkey) })
      answer(`已登记联署方 ${describe(added)}\n指纹 ${fingerprintOf(vkey)}，请打电话与对方核对`)
      if (added.url !== null && !added.url.endsWith('/log')) say('提醒：本系统的联署地址以 /log 结尾，请核对网址')
    })
}

const addList = (parent: Command): void => {
  withDataFolder(
    leaf(parent, {
      name: 'list',
      summary: '列出联署方：地址、联署到哪里、上次有什么不顺',
      examples: ['bihuan ledger witness list'],
    }),
  ).action(async (options: Options) => {
    const { listWitnesses } = await server()
    const found = await withLedger(options, ({ pool }) => listWitnesses(pool))
    if (options.json) return answerJson(found)
    answer(found.length === 0 ? '还没有联署方' : found.map(describe).join('\n'))
  })
}

const addRemove = (parent: Command): void => {
  withDataFolder(
    leaf(parent, {
      name: 'remove',
      summary: '不再请这个联署方联署；它已经签过的都留着',
      examples: ['bihuan ledger witness remove bihuan/1a2b3c4d5e6f/witness'],
      failedMeans: '没有登记过这个名称',
    }),
  )
    .argument('<名称>', '联署方的名称')
    .action(async (name: string, options: Options) => {
      const { removeWitness } = await server()
      await withLedger(options, async ({ pool }) => granted(await removeWitness(pool, name)))
      if (options.json) answerJson({ removed: name })
      else answer(`已撤下联署方 ${name}`)
    })
}

const addSettle = (parent: Command): void => {
  withDataFolder(
    leaf(parent, {
      name: 'settle',
      summary: '联署方面的警报查清以后撤下来；原来的记录和撤下的理由都留着',
      examples: ['bihuan ledger witness settle bihuan/0f1e2d3c4b5a/1 --reason "对方承认是测试时交错的文件"'],
      failedMeans: '没有这样的警报',
    }),
  )
    .argument('<名称>', '联署方的名称，或者我们联署的存证的名称')
    .option('--reason <理由>', '查明了什么')
    .action(async (about: string, options: Options & { readonly reason?: string }) => {
      const why = options.reason?.trim() ?? ''
      if (why.length < 4 || why.length > 500) throw new Misused('--reason 写明查清了什么，4 到 500 个字')
      const { settleFindings } = await import('#server/ledger/witness/settleFindings.ts')
      const settled = await withLedger(options, async ({ pool, log }) =>
        granted(await settleFindings(pool, { about, why, log: log.number }, new Date())),
      )
      if (options.json) answerJson({ about, settled })
      else answer(`已撤下关于 ${about} 的 ${settled} 条警报`)
    })
}

export const addWitnessGroup = (parent: Command): void => {
  const group = parent.command('witness').description('联署方：谁给我们的快照联署')
  addAdd(group)
  addList(group)
  addRemove(group)
  addSettle(group)
}
