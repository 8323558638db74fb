import type { Command } from 'commander'
import { type DataOptions, withDataFolder } from '../dataFolder.ts'
import { type CommonOptions, leaf } from '../leaf.ts'
import { answer, answerJson } from '../say.ts'
import { withLedger } from './withLedger.ts'

export const addKeys = (parent: Command): void => {
  withDataFolder(
    leaf(parent, {
      name: 'keys',
      summary: '显示存证公钥和联署公钥，附指纹：抄给对方登记，再打电话对一遍指纹',
      examples: ['bihuan ledger keys', 'bihuan ledger keys --data /srv/bihuan --json'],
      failedMeans: '密钥或者数据库不在',
    }),
  ).action(async (options: DataOptions & CommonOptions) => {
    const [{ fingerprintOf }, { witnessVkey }] = await Promise.all([
      import('#translog/trust.ts'),
      import('#server/ledger/witness/vkeys.ts'),
    ])
    const shown = await withLedger(options, async ({ keys, log }) => {
      const own = witnessVkey(keys)
      return {
        log: { vkey: log.vkey, fingerprint: fingerprintOf(log.vkey) },
        witness: { vkey: own, fingerprint: fingerprintOf(own) },
      }
    })
    if (options.json) return answerJson(shown)
    answer(
      [
        '存证公钥（请别人给我们联署时，由对方登记；核验我们记录的人也用它）',
        `  ${shown.log.vkey}`,
        `  指纹 ${shown.log.fingerprint}`,
        '联署公钥（我们给别人联署时，由对方登记）',
        `  ${shown.witness.vkey}`,
        `  指纹 ${shown.witness.fingerprint}`,
      ].join('\n'),
    )
  })
}
