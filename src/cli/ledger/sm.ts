import type { Command } from 'commander'
import type { TwinState } from '#server/ledger/twin.ts'
import { type DataOptions, dataFolderOf, withDataFolder } from '../dataFolder.ts'
import { Misused } from '../failure.ts'
import { type CommonOptions, leaf } from '../leaf.ts'
import { answer, answerJson } from '../say.ts'

const asked = (given: string | undefined): boolean | undefined => {
  if (given === undefined) return undefined
  if (given !== 'on' && given !== 'off') throw new Misused(`不认识 ${given}；写 on 开启，写 off 停下，不写只看现状`)
  return given === 'on'
}

const progress = ({ on, size, logSize }: TwinState): string => {
  if (on && size === logSize) return `已开启，与存证一样到第 ${size} 条`
  if (on) return `已开启，到第 ${size} 条，存证到第 ${logSize} 条；程序运行时自动补齐`
  return size > 0 ? `没有开启；停在第 ${size} 条，再开启时从那里接上` : '没有开启'
}

const describe = (state: TwinState): string =>
  [`国密存证（SM3、SM2）${progress(state)}`, ...(state.vkey ? [`公钥 ${state.vkey}`] : [])].join('\n')

export const addSm = (parent: Command): void => {
  withDataFolder(
    leaf(parent, {
      name: 'sm',
      summary: '国密存证：同样的条目、同样的次序，另用 SM3 成树、SM2 签名；不写 on、off 时只说明现状',
      examples: ['bihuan ledger sm', 'bihuan ledger sm on', 'bihuan ledger sm off --data /srv/bihuan'],
      failedMeans: '没有改动',
    }),
  )
    .argument('[on|off]', '开启，或者停下；系统运行时也可以做，立即生效，以后每次启动都照此')
    .action(async (given: string | undefined, options: DataOptions & CommonOptions) => {
      const on = asked(given)
      const [{ readTwin, switchTwin }, { createPool }, { asOwner }] = await Promise.all([
        import('#server/ledger/twin.ts'),
        import('#server/platform/database/pool.ts'),
        import('../withDatabase.ts'),
      ])
      const state = await asOwner(dataFolderOf(options), async ({ adminUrl }) => {
        const db = createPool(adminUrl, { max: 1 })
        try {
          if (on !== undefined) await switchTwin(db, on)
          return await readTwin(db)
        } finally {
          await db.end()
        }
      })
      if (options.json) answerJson(state)
      else answer(describe(state))
    })
}
